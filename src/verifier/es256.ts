import type { Jwk, Verify } from "../ledger/record.ts";

const algorithm = { name: "ECDSA", hash: "SHA-256" } as const;
const curve = { name: "ECDSA", namedCurve: "P-256" } as const;

/** ES256 of this browser or node; each key is imported once. */
export const newVerify = (): Verify => {
  const keys = new Map<string, Promise<CryptoKey>>();
  const importKey = (jwk: Jwk): Promise<CryptoKey> => {
    const id = jwk.x + jwk.y;
    const key = keys.get(id) ?? crypto.subtle.importKey("jwk", jwk, curve, false, ["verify"]);
    keys.set(id, key);
    return key;
  };
  return async (jwk, signature, bytes) =>
    await crypto.subtle.verify(algorithm, await importKey(jwk), signature, bytes);
};
