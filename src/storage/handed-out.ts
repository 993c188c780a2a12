import type { ChainHead } from "../ledger/seal.ts";
import type { Database } from "./database.ts";
import { writing } from "./writing.ts";

/** How far the chain is known to have left this device: the next file begins after it. */
export type HandedOut = Pick<ChainHead, "seq" | "hash" | "edge"> & { readonly exportId: string };

/** Under which name it lies. */
export const handedOutName = "handed_out";

export const findHandedOut = async (db: Database): Promise<HandedOut | undefined> =>
  (await db.envelopes.get(handedOutName))?.content as HandedOut | undefined;

export const saveHandedOut = async (db: Database, handedOut: HandedOut): Promise<void> => {
  await writing(db, [db.envelopes], () =>
    db.envelopes.put({ name: handedOutName, content: handedOut }),
  );
};
