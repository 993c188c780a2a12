import type { Jwk, Verify } from "../ledger/record.ts";
import { inRoom, newRoom } from "../ledger/room.ts";

const algorithm = { name: "ECDSA", hash: "SHA-256" } as const;
const curve = { name: "ECDSA", namedCurve: "P-256" } as const;
const rooms = { signature: newRoom(), signed: newRoom() };

const imported = new Map<string, Promise<CryptoKey>>();

const importOnce = (jwk: Jwk): Promise<CryptoKey> => {
  const id = `${jwk.x} ${jwk.y}`;
  const key = imported.get(id) ?? crypto.subtle.importKey("jwk", jwk, curve, false, ["verify"]);
  imported.set(id, key);
  return key;
};

/** Plain ES256 of the browser, in pages and workers; a key that is no point of the curve verifies nothing. */
export const verify: Verify = async (jwk, signature, bytes) => {
  const key = await importOnce(jwk).catch(() => undefined);
  if (key === undefined) return false;
  const copies = [inRoom(rooms.signature, signature), inRoom(rooms.signed, bytes)] as const;
  return crypto.subtle.verify(algorithm, key, ...copies); // which takes its own copies at once
};
