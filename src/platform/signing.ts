import type { Bytes, Jwk, Random, Sign } from "../ledger/record.ts";

/** ECDSA over P-256, the only curve of the record format. */
export const curve = { name: "ECDSA", namedCurve: "P-256" } as const;
const algorithm = { name: "ECDSA", hash: "SHA-256" } as const;

/** The four public members only, whatever else the browser exports. */
export const publicJwk = async (key: CryptoKey): Promise<Jwk> => {
  const { x, y } = await crypto.subtle.exportKey("jwk", key);
  if (x === undefined || y === undefined) throw new TypeError("not a key of an elliptic curve");
  return { crv: "P-256", kty: "EC", x, y };
};

/** Plain ES256; ledger turns a high s low. */
export const signer =
  (privateKey: CryptoKey): Sign =>
  async (bytes) =>
    new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, bytes));

export const random: Random = (length): Bytes => crypto.getRandomValues(new Uint8Array(length));
