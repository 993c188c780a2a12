#!/usr/bin/env python3
"""Judges .refundlog files by the published specification alone: joserfc for the signatures, nothing of the app.

Prints one JSON line per file: what is wrong, how many records, their refund numbers, the tree's root.
"""
import base64
import hashlib
import json
import sys

from joserfc import jws
from joserfc.jwk import ECKey

N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Bad(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Bad(what)


def b64u(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64u(text):
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    need(b64u(data) == text, "base64url")
    return data


def digest(text):
    return b64u(hashlib.sha256(text if isinstance(text, bytes) else text.encode()).digest())


def refuse_float(_):
    raise Bad("a number that is no integer")


def strict(text):
    value = json.loads(text, parse_float=refuse_float, parse_constant=refuse_float)
    need(canonical(value) == text, "not canonical")
    return value


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thumbprint(jwk):
    return digest(canonical({name: jwk[name] for name in ("crv", "kty", "x", "y")}))


def token(text, typ, keys):
    head, body, signature = text.split(".")
    header = strict(unb64u(head).decode())
    need(list(header) == ["alg", "kid", "typ"], "header")
    need(header["alg"] == "ES256" and header["typ"] == typ, "header values")
    need(header["kid"] in keys, "unknown key")
    raw = unb64u(signature)
    need(len(raw) == 64 and 1 <= int.from_bytes(raw[32:], "big") <= N // 2, "signature form")
    registry = jws.JWSRegistry(algorithms=["ES256"])
    jws.deserialize_compact(text, ECKey.import_key(keys[header["kid"]]), registry=registry)
    return strict(unb64u(body).decode()), header["kid"]


def tree(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0].encode()).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + tree(leaves[:k]) + tree(leaves[k:])).digest()


def disclosures(claims, texts):
    top, below, seen = set(claims["_sd"]), set(), {}
    for text in texts:
        salt, name, value = strict(unb64u(text).decode())
        need(len(unb64u(salt)) >= 16 and name in ("det", "ctx", "cust"), "disclosure")
        need(digest(text) in (top if name == "det" else below), "a disclosure nobody signed")
        if name == "det":
            below = set(value["_sd"])
        seen[name] = value
    return seen, len(top | below) - len(texts)


def ring_of(lines, roots):
    keys, known = {}, {digest(canonical(jwk)): jwk for jwk in roots}
    for line in lines:
        if line["t"] == "key":
            claims, _ = token(line["cert"], "refund-enrol+jwt", known)
            need(claims["sub"] == thumbprint(line["jwk"]), "certificate of another key")
            keys[claims["sub"]] = line["jwk"]
    return keys


def records_of(lines, head, keys):
    records, erased, absent, previous = [], set(), 0, None
    for seq, line in enumerate((x for x in lines if x["t"] == "rec"), head["from"]):
        claims, kid = token(line["j"], "refund+sd-jwt", keys)
        need(kid == head["dev"] and claims["seq"] == seq, "place")
        need(previous is None or claims["prev"] == previous, "prev")
        need(seq > 0 or claims["prev"] == head["dev"], "first prev")
        absent += disclosures(claims, line["d"])[1]
        if claims["kind"] == "erase" and "dev" not in claims:
            erased.update(claims.get("d", []))
        previous = digest(line["j"])
        records.append((claims, line["j"]))
    need(records and records[-1][0]["seq"] == head["to"], "records missing")
    need(absent == len(erased) or head["omit"], "a disclosure is missing")
    return records, previous


def manifest_of(data, lines, keys):
    last = data.rstrip(b"\n").rsplit(b"\n", 1)[1]
    claims, _ = token(lines[-1]["j"], "refund-export+jwt", keys)
    before = data[: len(data) - len(last) - 1]
    need(claims["bytes"] == len(before) and claims["sha256"] == digest(before), "bytes")
    return claims


def judge(data, roots):
    need(data.endswith(b"\n") and b"\r" not in data, "line endings")
    lines = [strict(line) for line in data.decode("utf-8").rstrip("\n").split("\n")]
    head = lines[0]
    need(head["t"] == "head" and head["fmt"] == "refundlog/1" and lines[-1]["t"] == "end", "frame")
    keys = ring_of(lines, roots)
    records, newest = records_of(lines, head, keys)
    claims = manifest_of(data, lines, keys)
    need(claims["head"] == newest and claims["rec"] == len(records), "manifest")
    if head["from"] == 0:
        need(claims["root"] == b64u(tree([j for _, j in records])), "root")
    for line in lines:
        if line["t"] == "att":
            need(digest(unb64u(line["b64"])) == line["sha256"], "attachment")
    numbers = [c["no"] for c, _ in records if c["kind"] == "refund"]
    return {"faults": [], "records": len(records), "refunds": numbers, "root": claims["root"]}


def main():
    with open(sys.argv[1], encoding="utf-8") as trust:
        roots = list(json.load(trust)["roots"].values())
    for path in sys.argv[2:]:
        with open(path, "rb") as file:
            data = file.read()
        try:
            told = judge(data, roots)
        except Exception as fault:  # whatever a damaged file makes of the parser is a fault of the file
            told = {"faults": [f"{type(fault).__name__}: {fault}"]}
        print(json.dumps(told))


main()
