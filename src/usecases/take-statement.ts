import { instantFromSeconds, type Instant } from "../domain/instant.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { tokenReaders } from "../ledger/open-tokens.ts";
import { saveTokens } from "../storage/tokens.ts";
import { compareOwn, type OwnChainFault } from "./compare-own.ts";
import type { Deps } from "./deps.ts";
import { knownKeys, type Known } from "./known-keys.ts";
import { openSigned, type SignedFault } from "./open-signed.ts";

/** Another till bears out this till's chain up to a record. */
export type TakenStatement = { readonly by: Known; readonly seq: number; readonly at: Instant };

export type StatementFault =
  | SignedFault
  | OwnChainFault
  /** It speaks of another device. */
  | { readonly kind: "statement_not_ours" };

/** Takes the statement of a till that scanned this one's checkpoint, and keeps it for every file to come. */
export const takeStatement = async (
  deps: Deps,
  token: string,
): Promise<Result<TakenStatement, StatementFault>> => {
  const keys = await knownKeys(deps);
  const opened = await openSigned(keys, token, tokenReaders.statement, ["device", "approver"]);
  if (!opened.ok) return opened;
  const { by, claims } = opened.value;
  const { k, s, head, iat } = claims;
  if (k !== deps.device || by.kid === deps.device) return fail({ kind: "statement_not_ours" });
  const compared = await compareOwn(deps, { seq: s, head });
  if (!compared.ok) return compared;
  await saveTokens(deps.journal.db, [{ kind: "wit", device: k, seq: s, head, token }]);
  return ok({ by, seq: s, at: instantFromSeconds(iat) });
};
