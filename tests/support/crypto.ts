import { webcrypto } from "node:crypto";
import { thumbprint } from "../../src/ledger/keys.ts";
import type { DeviceId } from "../../src/domain/ids.ts";
import type { Bytes, Jwk, Random, Sign, Verify } from "../../src/ledger/record.ts";

const algorithm = { name: "ECDSA", hash: "SHA-256" } as const;
const curve = { name: "ECDSA", namedCurve: "P-256" } as const;

const imported = new Map<string, Promise<webcrypto.CryptoKey>>();

const importJwk = (jwk: Jwk): Promise<webcrypto.CryptoKey> => {
  const id = jwk.x + jwk.y;
  const known = imported.get(id);
  if (known !== undefined) return known;
  const key = webcrypto.subtle.importKey("jwk", jwk, curve, false, ["verify"]);
  imported.set(id, key);
  return key;
};

/** Plain ES256 of node; a key that cannot be imported verifies nothing. */
export const verify: Verify = async (jwk, signature, bytes) => {
  try {
    return await webcrypto.subtle.verify(algorithm, await importJwk(jwk), signature, bytes);
  } catch {
    return false;
  }
};

export const random: Random = (length) => webcrypto.getRandomValues(new Uint8Array(length));

/** The same bytes for the same seed: 1, 2, 3 … */
export const countingRandom = (seed = 0): Random => {
  let next = seed;
  return (length) => Uint8Array.from({ length }, () => (next = (next + 1) % 256));
};

export type TestKey = { readonly jwk: Jwk; readonly kid: DeviceId; readonly sign: Sign };

/** A fresh P-256 key pair with the ports that use it. */
export const aKey = async (): Promise<TestKey> => {
  const pair = await webcrypto.subtle.generateKey(curve, false, ["sign", "verify"]);
  const { x, y } = await webcrypto.subtle.exportKey("jwk", pair.publicKey);
  const jwk: Jwk = { crv: "P-256", kty: "EC", x: String(x), y: String(y) };
  const sign = async (bytes: Bytes) =>
    new Uint8Array(await webcrypto.subtle.sign(algorithm, pair.privateKey, bytes));
  return { jwk, kid: thumbprint(jwk), sign };
};
