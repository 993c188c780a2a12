import type { PublicJwk } from "../domain/journal-event.ts";
import type { Database } from "./database.ts";
import { writing } from "./writing.ts";

/** A key pair whose private half the browser never gives out, with its public half as text. */
export type StoredKey = { readonly pair: CryptoKeyPair; readonly jwk: PublicJwk };

export type KeyStore = {
  readonly put: (id: string, key: StoredKey) => Promise<void>;
  readonly find: (id: string) => Promise<StoredKey | undefined>;
};

/** Keys in a table of their own, asked for by primary key only: index queries beside a CryptoKey fail in Safari. */
export const keyStore = (db: Database): KeyStore => ({
  put: async (id, { pair, jwk }) => {
    await writing(db, [db.keys], () => db.keys.put({ id, pair, jwk }));
  },
  find: async (id) => {
    const row = await db.keys.get(id);
    return row && { pair: row.pair, jwk: row.jwk };
  },
});
