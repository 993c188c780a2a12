import type { ProfileFault } from "../domain/acquirers/profile-fault.ts";
import { CNY } from "../domain/currency.ts";
import type { Hash, RecordRef } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { ImportEvent, MoneyResult } from "../domain/journal-event.ts";
import { withdrawNewer } from "../domain/refund/decide-result.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { resultClass } from "../domain/refund/money-track.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { SentRefund } from "../domain/results/match-results.ts";
import type { ResultRow } from "../domain/results/read-results.ts";
import { resultFormat } from "../domain/results/result-format.ts";
import type { ResultMapping } from "../domain/results/result-mapping.ts";
import { resultEvent, type ResultProof } from "../domain/results/told-result.ts";
import { hashBytes, hashText } from "../ledger/base64url.ts";
import { getCase, getImport } from "../storage/queries.ts";
import { saveAttachment } from "../storage/save-attachment.ts";
import { planResultMapping } from "./change-profile.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { recordEvents, type Plan, type RecordFault } from "./record-event.ts";
import {
  reviewResults,
  type ResultChoice,
  type ResultReview,
  type ResultSource,
  type ReviewFault,
} from "./review-results.ts";

export type ImportResultsFault =
  | ReviewFault
  | LockedFault
  | NotEntitled
  | RecordFault
  | ProfileFault;

type Telling = {
  readonly refund: SentRefund;
  readonly row: ResultRow;
  readonly result: MoneyResult;
};

/** One word for each refund: the one that says most, of equals the last of the file. */
const tellings = ({ results }: ResultReview, withOrders: boolean): readonly Telling[] => {
  const best = new Map<string, Telling>();
  for (const { match, meaning } of results) {
    const { by, refunds, row } = match;
    if (meaning.kind !== "result" || (by === "order" && !withOrders)) continue;
    for (const refund of refunds) {
      const key = `${refund.caseId} ${refund.number}`;
      const known = best.get(key);
      if (known === undefined || resultClass(meaning.result) >= resultClass(known.result))
        best.set(key, { refund, row, result: meaning.result });
    }
  }
  return [...best.values()];
};

const importEvent = ({ file, acquirer }: ResultReview, digest: Hash): ImportEvent => ({
  kind: "import",
  file: digest,
  rows: file.rows.length,
  acquirer,
  format: resultFormat,
  sums: { [CNY]: [0, file.rows.reduce((sum, { minor }) => sum + minor, 0)] },
});

type Imported = { readonly record: RecordRef; readonly at: Instant };

/** The record of the file, once however often it comes, with what was said of its columns. */
const recordFile = async (
  deps: Deps,
  review: ResultReview,
  { digest, mapping }: { readonly digest: Hash; readonly mapping: ResultMapping | undefined },
): Promise<Result<Imported, RecordFault | ProfileFault>> => {
  const { db } = deps.journal;
  const saved = await recordEvents<ProfileFault>(deps, async () => {
    const named: Result<Plan, ProfileFault> =
      mapping === undefined
        ? ok({ events: [] })
        : await planResultMapping(deps, review.acquirer, mapping);
    if (!named.ok || (await getImport(db, digest)) !== undefined) return named;
    return ok({ events: [...named.value.events, { event: importEvent(review, digest) }] });
  });
  if (!saved.ok) return saved;
  const known = await getImport(db, digest);
  if (known === undefined) throw new Error("a recorded import is known");
  return ok(known);
};

const tellOne = async (
  deps: Deps,
  { refund, row, result }: Telling,
  { record, at }: Imported,
): Promise<Result<number, RecordFault>> => {
  const proof: ResultProof = { record, at, row: hashText(row.text) };
  const saved = await recordEvents<never>(deps, async () => {
    const refundCase = await getCase(deps.journal.db, refund.caseId);
    const attempt = refundCase?.attempts.find(({ number }) => number === refund.number);
    const event = refundCase && attempt && resultEvent(refundCase, attempt, { row, result, proof });
    if (refundCase === undefined || event === undefined) return ok({ events: [] });
    const newer = withdrawNewer(refundCase, { state: result, attempt: refund.number });
    return ok({ events: [...newer, event].map((one) => ({ event: one })) });
  });
  if (!saved.ok) return saved;
  return ok(saved.value.records.length > 0 ? 1 : 0);
};

/**
 * Takes the results of a file: each refund moves once with its row as the proof (S2), and the same file again changes
 * nothing. Rows that name their refund only by order and amount count when somebody has confirmed them.
 */
export const importResults = async (
  deps: Deps,
  source: ResultSource,
  choice: ResultChoice & { readonly withOrders: boolean },
): Promise<Result<{ readonly moved: number }, ImportResultsFault>> => {
  const staff = whoMay(deps, "import_file");
  if (!staff.ok) return staff;
  const owner = choice.mapping === undefined ? staff : whoMay(deps, "manage_policy");
  if (!owner.ok) return owner;
  const review = await reviewResults(deps, source, choice);
  if (!review.ok) return review;
  const digest = hashBytes(source.bytes);
  await saveAttachment(deps.journal.db, digest, source.bytes);
  const file = await recordFile(deps, review.value, { digest, mapping: choice.mapping });
  if (!file.ok) return file;
  let moved = 0;
  for (const telling of tellings(review.value, choice.withOrders)) {
    const told = await tellOne(deps, telling, file.value);
    if (!told.ok) return fail(told.fault);
    moved += told.value;
    await deps.pause();
  }
  return ok({ moved });
};
