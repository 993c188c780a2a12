import type { DeviceId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Database } from "./database.ts";
import { writing } from "./writing.ts";

/** Another till's filter as it is kept; `bits` in base64url. */
export type KeptFilter = {
  readonly device: DeviceId;
  readonly at: Instant;
  readonly count: number;
  readonly bits: string;
};

const prefix = "filter:";

/** Keeps the filter of a till in the place of its older one. */
export const saveSaleFilter = async (db: Database, filter: KeptFilter): Promise<void> => {
  await writing(db, [db.envelopes], () =>
    db.envelopes.put({ name: `${prefix}${filter.device}`, content: filter }),
  );
};

/** One of each till that was scanned. */
export const listSaleFilters = async (db: Database): Promise<readonly KeptFilter[]> => {
  const rows = await db.envelopes.where("name").startsWith(prefix).toArray();
  return rows.map(({ content }) => content as KeptFilter);
};
