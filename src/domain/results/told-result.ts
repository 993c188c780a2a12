import { adviceFor } from "../acquirers/advice.ts";
import type { AcquirerError } from "../acquirers/error-catalogue.ts";
import type { AcquirerProfile } from "../acquirers/profile.ts";
import { asId } from "../found-payment.ts";
import { given } from "../given.ts";
import type { Hash, RecordRef } from "../ids.ts";
import { addSeconds, clockSeconds, type Instant } from "../instant.ts";
import type { MoneyEvent, MoneyResult } from "../journal-event.ts";
import type { Attempt } from "../refund/attempt.ts";
import type { RefundCase } from "../refund/case.ts";
import { resultsFrom, type MoneyState } from "../refund/money-track.ts";
import type { ResultMapping } from "./result-mapping.ts";
import type { ResultRow } from "./read-results.ts";
import { readStatus } from "./status-word.ts";

/** What a row says became of its refunds; `unlisted` is a word that the owner has to explain first. */
export type RowMeaning =
  | { readonly kind: "result"; readonly result: MoneyResult; readonly advice?: AcquirerError }
  | { readonly kind: "nothing"; readonly advice?: AcquirerError }
  | { readonly kind: "unlisted"; readonly word: string };

/** A refusal is what its reason says; without one that is listed nobody knows, unless the owner does. */
const refusal = ({ reason }: ResultRow, profile: AcquirerProfile, ownWord: boolean): RowMeaning => {
  const advice = adviceFor(profile, reason);
  if (advice.state === "exported") return { kind: "nothing", advice };
  const final = ownWord && advice.meaning === "unlisted";
  return { kind: "result", result: final ? "failed" : advice.state, advice };
};

/** Reads the status and the reason of a row, and nothing else: a free text is never a status. */
export const meaningOf = (
  row: ResultRow,
  { columns, words }: ResultMapping,
  profile: AcquirerProfile,
): RowMeaning => {
  const said = readStatus(row.status, { column: columns.status ?? "", words });
  switch (said) {
    case undefined:
      return { kind: "unlisted", word: row.status };
    case "nothing":
      return { kind: "nothing" };
    case "refused":
    case "failed":
      return refusal(row, profile, said === "failed");
    case "succeeded":
    case "processing":
    case "closed":
    case "abnormal":
      return { kind: "result", result: said };
  }
};

/** Where a weaker word still is news: one that is further does not go back. */
const before: Readonly<Partial<Record<MoneyResult, readonly MoneyState[]>>> = {
  processing: ["exported", "submitted", "unknown"],
  unknown: ["exported", "submitted", "processing"],
  needs_action: ["exported", "submitted", "processing", "unknown"],
  abnormal: ["exported", "submitted", "processing", "unknown", "needs_action"],
  failed: ["exported", "submitted", "processing", "unknown", "needs_action", "abnormal"],
  closed: ["exported", "submitted", "processing", "unknown", "needs_action", "abnormal"],
};

/** Whether a result moves an attempt that stands so. */
export const isNews = ({ money }: Pick<Attempt, "money">, result: MoneyResult): boolean =>
  before[result]?.includes(money) ??
  (resultsFrom(money).includes(result) && money !== "succeeded" && money !== "reversed");

/** A result that was taken back does not come again with the same file. */
const wasTold = ({ history }: RefundCase, result: MoneyResult, at: Instant): boolean =>
  history.some(
    ({ told }) =>
      told.kind === "money" && told.by === "row" && told.state === result && told.at === at,
  );

/** The row's own time where it can be one of this refund's; else when the file came. */
const timeOf = ({ at }: ResultRow, { createdAt }: RefundCase, came: Instant): Instant =>
  at !== undefined && at < came && at >= addSeconds(createdAt, -clockSeconds) ? at : came;

export type ResultProof = {
  readonly record: RecordRef;
  /** Digest of the file's line. */
  readonly row: Hash;
  /** When the file came here first, for a row that names no time. */
  readonly at: Instant;
};

/** The event by which a row of a result file moves one attempt (S2); undefined when it is no news. */
export const resultEvent = (
  refundCase: RefundCase,
  attempt: Attempt,
  {
    row,
    result,
    proof,
  }: { readonly row: ResultRow; readonly result: MoneyResult; readonly proof: ResultProof },
): MoneyEvent | undefined => {
  const at = timeOf(row, refundCase, proof.at);
  if (!isNews(attempt, result) || wasTold(refundCase, result, at)) return undefined;
  return {
    kind: "money",
    state: result,
    by: "row",
    refunds: [attempt.record],
    at,
    raw: { st: row.status, code: row.reason === "" ? row.status : row.reason },
    imported: { record: proof.record, row: proof.row },
    ...given("channelRefundNo", asId(row.channelRefundNo)),
  };
};
