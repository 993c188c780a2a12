import type { DeviceId } from "../domain/ids.ts";
import type { PublicJwk } from "../domain/journal-event.ts";
import type { Database } from "./database.ts";
import { writing } from "./writing.ts";

/** A device's key: the private half can be used and never read, the public half is text. */
export type StoredKey = { readonly jwk: PublicJwk; readonly privateKey: CryptoKey };

export type KeyStore = {
  readonly put: (device: DeviceId, key: StoredKey) => Promise<void>;
  readonly get: (device: DeviceId) => Promise<StoredKey | undefined>;
};

/** Keys in a table of their own, asked for by primary key only: index queries beside a CryptoKey fail in Safari. */
export const keyStore = (db: Database): KeyStore => ({
  put: async (device, { jwk, privateKey }) => {
    await writing(db, [db.keys], () => db.keys.put({ id: device, jwk, privateKey }));
    db.close(); // what is read back comes through a new connection
    await db.open();
  },
  get: async (device) => {
    const row = await db.keys.get(device);
    return row && { jwk: row.jwk, privateKey: row.privateKey };
  },
});

/** Forgets a key that never came into use. */
export const dropKey = async (db: Database, device: DeviceId): Promise<void> => {
  await writing(db, [db.keys], () => db.keys.delete(device));
};
