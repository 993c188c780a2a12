import { existsSync, readFileSync } from "node:fs";
import { compactVerify } from "jose";
import { describe, expect, it } from "vitest";
import { decodeBase64url, encodeBase64url, toBytes } from "../../src/ledger/base64url.ts";
import { canonicalize } from "../../src/ledger/canonical.ts";
import {
  isStrictSignature,
  makeJws,
  order,
  parseJws,
  verifyJws,
  withLowS,
} from "../../src/ledger/jws.ts";
import type { Bytes, Jwk } from "../../src/ledger/record.ts";
import { aKey, verify } from "../support/crypto.ts";

const vectors = "../shared/data/vectors";
const read = (path: string) => readFileSync(`${vectors}/${path}`, "utf8");
const fromHex = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, "hex"));
const pickKey = ({ crv, kty, x, y }: Jwk): Jwk => ({ crv, kty, x, y });
const partsOf = (token: string) => token.split(".") as [string, string, string];

/** Plain RFC 7515 verification, without our strict rules. */
const verifyRaw = (token: string, jwk: Jwk): Promise<boolean> => {
  const [header, payload, signature] = partsOf(token);
  const bytes = decodeBase64url(signature) ?? new Uint8Array();
  return verify(jwk, bytes, toBytes(`${header}.${payload}`));
};

const coordinate = (hex: string) => encodeBase64url(fromHex(hex.padStart(66, "0").slice(-64)));
const sha256Hex = async (text: string) =>
  Buffer.from(await crypto.subtle.digest("SHA-256", toBytes(text))).toString("hex");

type Wycheproof = {
  testGroups: {
    publicKey: { wx: string; wy: string };
    tests: { tcId: number; msg: string; sig: string; result: string }[];
  }[];
};

describe.skipIf(!existsSync(vectors))("published signatures (needs ../shared/data)", () => {
  it("judges 89 of 89 Wycheproof signatures as labelled, and strictly accepts 34", async () => {
    const { testGroups } = JSON.parse(
      read("wycheproof/ecdsa_secp256r1_sha256_p1363_test.json"),
    ) as Wycheproof;
    let asLabelled = 0;
    let strict = 0;
    let highS = 0;
    for (const { publicKey, tests } of testGroups) {
      const { wx, wy } = publicKey;
      const jwk: Jwk = { crv: "P-256", kty: "EC", x: coordinate(wx), y: coordinate(wy) };
      for (const { msg, sig, result } of tests) {
        const good = await verify(jwk, fromHex(sig), fromHex(msg));
        if (good === (result === "valid")) asLabelled += 1;
        if (good && isStrictSignature(fromHex(sig))) strict += 1;
        if (good && !isStrictSignature(fromHex(sig))) highS += 1;
      }
    }
    expect([asLabelled, strict, highS]).toEqual([89, 34, 25]);
  });

  it("RFC 7515 A.3 verifies plainly and is refused strictly: no kid, no typ, and a high s", async () => {
    const token = read("rfc7515/rfc7515_A.3.jwsc");
    const jwk = pickKey(JSON.parse(read("rfc7515/rfc7515_A.3.jwk")) as Jwk);
    expect(await verifyRaw(token, jwk)).toBe(true);
    const strict = await verifyJws(token, "refund+sd-jwt", () => jwk, verify);
    expect(strict).toEqual({ ok: false, fault: { kind: "E_HEADER" } });
    expect(isStrictSignature(decodeBase64url(partsOf(token)[2]) ?? new Uint8Array())).toBe(false);
  });

  it("verifies 3 of 3 SD-JWTs of RFC 9901 plainly, two of them high-S", async () => {
    const { issuer_jwk, tokens } = JSON.parse(read("sd-jwt/examples.json")) as {
      issuer_jwk: Jwk;
      tokens: { sd_jwt: string }[];
    };
    const jwts = tokens.map(({ sd_jwt }) => sd_jwt.split("~")[0] ?? "");
    const good = await Promise.all(jwts.map((jwt) => verifyRaw(jwt, pickKey(issuer_jwk))));
    expect(good).toEqual([true, true, true]);
    const strict = jwts.filter((jwt) =>
      isStrictSignature(decodeBase64url(partsOf(jwt)[2]) ?? new Uint8Array()),
    );
    expect(strict.length).toBe(1);
  });

  it("verifies the W3C document signature over its JCS bytes", async () => {
    const of = (name: string) => read(`vc-di-ecdsa/ecdsa-jcs-2019-p256/${name}`).trim();
    const document = canonicalize(JSON.parse(read("vc-di-ecdsa/unsigned.json")));
    expect(document).toBe(of("canonDocJCSECDSAP256.txt"));
    const options = canonicalize(JSON.parse(of("proofConfigJCSECDSAP256.json")));
    expect(options).toBe(of("proofCanonJCSECDSAP256.txt"));
    const combined = (await sha256Hex(options)) + (await sha256Hex(document));
    expect(combined).toBe(of("combinedHashJCSECDSAP256.txt"));
    const { publicKeyMultibase } = JSON.parse(read("vc-di-ecdsa/p256PublicKey.json")) as {
      publicKeyMultibase: string;
    };
    const jwk = jwkOfMultibase(publicKeyMultibase);
    expect(await verify(jwk, fromHex(of("sigHexJCSECDSAP256.txt")), fromHex(combined))).toBe(true);
  });
});

const textOf = (value: bigint) => encodeBase64url(fromHex(value.toString(16).padStart(64, "0")));

/** Multibase base58btc of a compressed P-256 point, prefix 0x8024. */
const jwkOfMultibase = (multibase: string): Jwk => {
  const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  let number = 0n;
  for (const character of multibase.slice(1))
    number = number * 58n + BigInt(alphabet.indexOf(character));
  const hex = number.toString(16);
  const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
  const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
  const x = BigInt(`0x${hex.slice(-64)}`);
  let root = 1n;
  const square = (((x * x * x - 3n * x + b) % p) + p) % p;
  for (let power = (p + 1n) / 4n, base = square; power > 0n; power /= 2n) {
    if (power % 2n === 1n) root = (root * base) % p;
    base = (base * base) % p;
  }
  const odd = hex.slice(-66, -64) === "03";
  const y = (root % 2n === 1n) === odd ? root : p - root;
  return { crv: "P-256", kty: "EC", x: textOf(x), y: textOf(y) };
};

const make = async () => {
  const key = await aKey();
  const token = await makeJws("refund-cp+jwt", { seq: 1, v: 1 }, key);
  const check = (text: string, typ: "refund-cp+jwt" | "refund-wit+jwt" = "refund-cp+jwt") =>
    verifyJws(text, typ, (kid) => (kid === key.kid ? key.jwk : undefined), verify);
  return { key, token, check };
};

const faultOf = (result: Awaited<ReturnType<typeof verifyJws>>) =>
  result.ok ? "accepted" : result.fault.kind;

const signatureOf = (r: bigint, s: bigint) =>
  fromHex(r.toString(16).padStart(64, "0") + s.toString(16).padStart(64, "0"));

describe("tokens", () => {
  it("verifies what it makes, and jose agrees", async () => {
    const { key, token, check } = await make();
    const result = await check(token);
    expect(result.ok && result.value.payload).toEqual({ seq: 1, v: 1 });
    const { protectedHeader } = await compactVerify(token, { ...key.jwk });
    expect(protectedHeader).toEqual({ alg: "ES256", kid: key.kid, typ: "refund-cp+jwt" });
  });

  it("always signs with a low s", async () => {
    const { key } = await make();
    for (let n = 0; n < 40; n++) {
      const [, , signature] = partsOf(await makeJws("refund-cp+jwt", { n }, key));
      expect(isStrictSignature(decodeBase64url(signature) ?? new Uint8Array())).toBe(true);
    }
  });

  it("refuses the high-s twin that jose accepts", async () => {
    const { key, token, check } = await make();
    const [header, payload, signature] = partsOf(token);
    const bytes = decodeBase64url(signature) ?? new Uint8Array();
    const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).toString("hex")}`);
    const twin = new Uint8Array(bytes);
    twin.set(fromHex((order - s).toString(16).padStart(64, "0")), 32);
    const text = `${header}.${payload}.${encodeBase64url(twin)}`;
    expect(faultOf(await check(text))).toBe("E_SIG");
    await expect(compactVerify(text, { ...key.jwk })).resolves.toBeDefined();
    expect(withLowS(twin)).toEqual(bytes);
  });

  it("refuses every other spelling of the last signature character", async () => {
    const { token, check } = await make();
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(token.at(-1) ?? "");
    for (let low = 1; low < 16; low++) {
      const other = token.slice(0, -1) + alphabet.charAt((last & 48) | low);
      expect(faultOf(await check(other))).toBe("E_B64");
    }
    for (const other of [`${token}=`, `${token}\n`, `\ufeff${token}`, ` ${token}`])
      expect(faultOf(await check(other))).toBe("E_B64");
  });

  it("names each kind of refusal by its code", async () => {
    const { key, token, check } = await make();
    const [header, payload, signature] = partsOf(token);
    const withHeader = (text: string) =>
      check(`${encodeBase64url(toBytes(text))}.${payload}.${signature}`);
    const { kid } = key;
    const typ = "refund-cp+jwt";
    expect(faultOf(await check(`${header}.${payload}`))).toBe("E_JWS");
    expect(faultOf(await check(`${token}.${signature}`))).toBe("E_JWS");
    expect(faultOf(await check(token, "refund-wit+jwt"))).toBe("E_TYP");
    expect(faultOf(await withHeader(canonicalize({ alg: "none", kid, typ })))).toBe("E_ALG");
    expect(faultOf(await withHeader(canonicalize({ alg: "ES256", kid, typ, crit: [] })))).toBe(
      "E_HEADER",
    );
    expect(faultOf(await withHeader(canonicalize({ alg: "ES256", kid: "x", typ })))).toBe(
      "E_HEADER",
    );
    expect(faultOf(await withHeader(`{"alg":"ES256", "kid":"${kid}","typ":"${typ}"}`))).toBe(
      "E_CANON",
    );
    expect(faultOf(await check(`${header}.${payload}.AAAA`))).toBe("E_SIG");
    expect(faultOf(await check(`${header}.${payload}x.${signature}`))).toBe("E_B64");
    const other = await aKey();
    expect(faultOf(await check(await makeJws(typ, {}, other)))).toBe("E_KEY_UNKNOWN");
  });

  it("reads a payload only after its signature: a forged one is E_SIG, a signed odd one is not", async () => {
    const { key, token, check } = await make();
    const [header, , signature] = partsOf(token);
    const bad = encodeBase64url(toBytes('{"b":1,"a":2}'));
    expect(faultOf(await check(`${header}.${bad}.${signature}`))).toBe("E_SIG");
    const sign = async (text: string) => {
      const signed = `${header}.${encodeBase64url(toBytes(text))}`;
      return `${signed}.${encodeBase64url(withLowS(await key.sign(toBytes(signed))))}`;
    };
    expect(faultOf(await check(await sign('{"b":1,"a":2}')))).toBe("E_CANON");
    expect(faultOf(await check(await sign("[]")))).toBe("E_SCHEMA");
  });

  it("finds every changed character of a token", async () => {
    const { token, check } = await make();
    for (let at = 0; at < token.length; at++) {
      const other = token.charAt(at) === "A" ? "B" : "A";
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect([at, (await check(changed)).ok]).toEqual([at, false]);
    }
  });

  it("refuses r and s of zero or of the group's order", () => {
    expect(isStrictSignature(signatureOf(1n, 1n))).toBe(true);
    expect(isStrictSignature(signatureOf(order - 1n, order / 2n))).toBe(true);
    for (const [r, s] of [
      [0n, 1n],
      [1n, 0n],
      [order, 1n],
      [1n, order / 2n + 1n],
    ] as const)
      expect(isStrictSignature(signatureOf(r, s))).toBe(false);
    expect(isStrictSignature(new Uint8Array(63).fill(1))).toBe(false);
    expect(isStrictSignature(new Uint8Array(65).fill(1))).toBe(false);
  });

  it("takes a token apart without believing it", async () => {
    const { token, key } = await make();
    const parsed = parseJws(token, "refund-cp+jwt");
    expect(parsed.ok && parsed.value.kid).toBe(key.kid);
  });
});
