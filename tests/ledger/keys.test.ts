import { existsSync, readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { encodeBase64url } from "../../src/ledger/base64url.ts";
import {
  fingerprint,
  parseJwk,
  shortCode,
  thumbprint,
  thumbprintOf,
} from "../../src/ledger/keys.ts";
import { enrolment, manifest, statusList } from "../../src/ledger/tokens.ts";
import { aKey } from "../support/crypto.ts";

const vectors = "../shared/data/vectors";
const jwk = {
  crv: "P-256",
  kty: "EC",
  x: "iGoJU2G9KExOLYLt3rjf6dK1iwN4keZWyOPy1R6Dv50",
  y: "_d3MpCJZiKVV8eO13MbP3ZYunqRO9EczYJmqLHLCQas",
} as const;
const kid = "QMho3W6ryjm6jJ_84s7iN0E14hD2RZwiZ_dzGceRUcE";

describe("keys", () => {
  it.skipIf(!existsSync(vectors))("has the thumbprint of RFC 7638 (needs ../shared/data)", () => {
    const { e, kty, n } = JSON.parse(
      readFileSync(`${vectors}/rfc7638/rfc7638_3.1.jwk`, "utf8"),
    ) as Record<"e" | "kty" | "n", string>;
    const expected = readFileSync(`${vectors}/rfc7638/rfc7638_3.1.thp`, "utf8").trim();
    expect(thumbprintOf({ e, kty, n })).toBe(expected);
  });

  it("has the kid of the specification's example key", () => {
    expect(thumbprint(jwk)).toBe(kid);
  });

  it("reads a public key, and refuses another member, curve, spelling or a point beside the curve", () => {
    expect(parseJwk(jwk)).toEqual({ ok: true, value: jwk });
    const bad: unknown[] = [
      { ...jwk, d: jwk.x },
      { ...jwk, kid },
      { ...jwk, crv: "P-384" },
      { ...jwk, kty: "RSA" },
      { ...jwk, x: jwk.y },
      { ...jwk, x: `${jwk.x}=` },
      { ...jwk, x: `${jwk.x.slice(0, -1)}1` },
      { ...jwk, y: encodeBase64url(new Uint8Array(32)) },
      { ...jwk, x: encodeBase64url(new Uint8Array(32).fill(255)) },
      { crv: jwk.crv, kty: jwk.kty, x: jwk.x },
      [jwk],
      null,
      "key",
    ];
    for (const value of bad)
      expect(parseJwk(value)).toEqual({ ok: false, fault: { kind: "E_KEY_FORMAT" } });
  });

  it("reads every key that WebCrypto makes", async () => {
    for (let n = 0; n < 20; n++) expect(parseJwk((await aKey()).jwk).ok).toBe(true);
  });

  it("shows 8 groups of 4 for a key and 2 for a record", () => {
    expect(fingerprint(kid)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}( [0-9A-HJKMNP-TV-Z]{4}){7}$/);
    expect(shortCode(kid)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const zeros = encodeBase64url(new Uint8Array(32));
    expect(fingerprint(zeros)).toBe("0000 0000 0000 0000 0000 0000 0000 0000");
    const ones = encodeBase64url(new Uint8Array(32).fill(255));
    expect(shortCode(ones)).toBe("ZZZZ-ZZZZ");
    expect(shortCode("_____wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).toBe("ZZZZ-ZZR0");
    const counting = encodeBase64url(Uint8Array.from({ length: 32 }, (_, n) => n));
    expect(shortCode(counting)).toBe("000G-40R4");
  });
});

const statusOf = (seq: number) => ({ iat: 1, list: [{ h: kid, kid, seq, why: "lost" }], v: 1 });

describe("token shapes", () => {
  const device = { exp: 2, iat: 1, label: "T7", role: "device", sub: kid, v: 1, pre: "R7K2Q4" };

  it("gives a prefix to devices only, and a limit only with its currency", () => {
    expect(v.is(enrolment, device)).toBe(true);
    expect(v.is(enrolment, { ...device, role: "office" })).toBe(false);
    expect(v.is(enrolment, { ...device, pre: undefined })).toBe(false);
    const { pre: _, ...approver } = { ...device, role: "approver" };
    expect(v.is(enrolment, approver)).toBe(true);
    expect(v.is(enrolment, { ...approver, max: 5000 })).toBe(false);
    expect(v.is(enrolment, { ...approver, max: 5000, cur: "CNY", sid: "s1" })).toBe(true);
    expect(v.is(enrolment, { ...approver, admin: true })).toBe(false);
  });

  it("cuts a key that recorded nothing at -1, and no lower", () => {
    expect(v.is(statusList, statusOf(-1))).toBe(true);
    expect(v.is(statusList, statusOf(-2))).toBe(false);
  });

  it("refuses a manifest with a member too many or a fraction", () => {
    const good = {
      att: 0,
      bytes: 10,
      edge: [],
      from: 0,
      head: kid,
      iat: 1,
      rec: 1,
      root: kid,
      sha256: kid,
      to: 0,
      v: 1,
      xid: "KLba6s7ilXERDUH7OLbMqg",
    };
    expect(v.is(manifest, good)).toBe(true);
    expect(v.is(manifest, { ...good, bytes: 1.5 })).toBe(false);
    expect(v.is(manifest, { ...good, note: "" })).toBe(false);
  });
});
