import type { DeviceId } from "../domain/ids.ts";
import { hashText } from "../ledger/base64url.ts";
import type { Database } from "./database.ts";
import { highest, lowest } from "./paging.ts";
import type { TokenRow } from "./rows.ts";
import { writing } from "./writing.ts";

/** Keeps signed texts beside the journal; a text that lies here already changes nothing. */
export const saveTokens = async (
  db: Database,
  tokens: readonly Omit<TokenRow, "hash">[],
): Promise<void> => {
  const rows = tokens.map((row) => ({ ...row, hash: hashText(row.token) }));
  await writing(db, [db.tokens], () => db.tokens.bulkPut(rows));
};

/** The texts of one kind, ascending by the chain and the record that they speak of. */
export const tokensOfKind = async (
  db: Database,
  kind: TokenRow["kind"],
  device?: DeviceId,
): Promise<readonly TokenRow[]> =>
  db.tokens
    .where("[kind+device+seq]")
    .between([kind, device ?? lowest, lowest], [kind, device ?? highest, highest], true, true)
    .toArray();
