import type { Jwk, Verify } from "../ledger/record.ts";
import { inRoom, newRoom } from "../ledger/room.ts";

const algorithm = { name: "ECDSA", hash: "SHA-256" } as const;
const curve = { name: "ECDSA", namedCurve: "P-256" } as const;
const rooms = { signature: newRoom(), signed: newRoom() };

/** ES256 of this browser or node; each key is imported once. */
export const newVerify = (): Verify => {
  const keys = new Map<string, Promise<CryptoKey>>();
  const importKey = (jwk: Jwk): Promise<CryptoKey> => {
    const id = jwk.x + jwk.y;
    const key = keys.get(id) ?? crypto.subtle.importKey("jwk", jwk, curve, false, ["verify"]);
    keys.set(id, key);
    return key;
  };
  return async (jwk, signature, bytes) => {
    const key = await importKey(jwk);
    const copies = [inRoom(rooms.signature, signature), inRoom(rooms.signed, bytes)] as const;
    return await crypto.subtle.verify(algorithm, key, ...copies); // which takes its own copies at once
  };
};
