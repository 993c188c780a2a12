import type { AcquirerProfile } from "../domain/acquirers/profile.ts";
import { addSeconds, instantFromMs } from "../domain/instant.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { standingOf } from "../domain/refund/money-track.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import {
  openMatching,
  type ResultMatch,
  type SentRefund,
  type UnmatchedRow,
} from "../domain/results/match-results.ts";
import {
  openResults,
  type ResultFile,
  type ResultFileFault,
} from "../domain/results/read-results.ts";
import { unknownWords, type ResultMapping } from "../domain/results/result-mapping.ts";
import { isNews, meaningOf, type RowMeaning } from "../domain/results/told-result.ts";
import type { PackedReason } from "../domain/statements/statement-row.ts";
import { casesSince, getPayments } from "../storage/reconcile-facts.ts";
import { listProfiles } from "./change-profile.ts";
import type { Deps } from "./deps.ts";
import type { ChainJob } from "./walk-chain.ts";

/** A result file as the platform read it. */
export type ResultSource = {
  readonly lines: readonly string[];
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** Why a file gives no lines at all. */
export type ResultSourceFault =
  | { readonly kind: "packed_file"; readonly reason: PackedReason; readonly files: number }
  | { readonly kind: "result_too_large"; readonly megabytes: number }
  | { readonly kind: "file_unreadable" };

type Stopped = { readonly kind: "aborted" };

/** Takes the lines out of a result file, packed or not. */
export type ReadResultFile = (
  file: File,
  signal: AbortSignal,
) => Promise<Result<ResultSource, ResultSourceFault | Stopped>>;

export type ResultChoice = {
  /** Whose portal it comes from; found out by itself where it is not said. */
  readonly acquirer?: string | undefined;
  /** What the owner has just said of its columns and words. */
  readonly mapping?: ResultMapping | undefined;
};

/** A row with its refunds, what it says of them, and whether that is news. */
export type ReviewedResult = {
  readonly match: ResultMatch;
  readonly meaning: RowMeaning;
  readonly isNew: boolean;
};

/** Everything that a person looks at before results count. */
export type ResultReview = {
  readonly file: ResultFile;
  readonly acquirer: string;
  readonly results: readonly ReviewedResult[];
  readonly unmatched: readonly UnmatchedRow[];
  /** Status words that the owner has to explain before they move anything. */
  readonly unknown: readonly string[];
};

export type ReviewFault = ResultFileFault | Stopped;

const daysBack = 400;

const sentOf = (
  refundCase: RefundCase,
  profile: AcquirerProfile | undefined,
  numbers: SentRefund["numbers"],
): readonly SentRefund[] =>
  refundCase.attempts
    .filter(({ mode, money }) => mode !== "void" && money !== "pending_approval")
    .map((attempt): SentRefund => ({
      caseId: refundCase.caseId,
      number: attempt.number,
      acquirer: refundCase.acquirer,
      refundNo: attempt.refundNo,
      prefix: profile?.refundNoPrefix ?? "",
      amount: attempt.amount,
      numbers,
      recordedAt: refundCase.createdAt,
      channelRefundNo: attempt.channelRefundNo,
      batchId: attempt.batchId,
      isOver: standingOf(attempt.money) === "frees",
    }));

type Facts = {
  readonly cases: ReadonlyMap<string, RefundCase>;
  readonly sent: readonly SentRefund[];
  readonly profiles: readonly AcquirerProfile[];
};

/** This device's own refunds of the last year with what their payments are known by. */
const readFacts = async (deps: Deps): Promise<Facts> => {
  const { db } = deps.journal;
  const since = addSeconds(instantFromMs(deps.now()), -daysBack * 86_400);
  const cases = (await casesSince(db, since)).filter(
    ({ elsewhere, destination }) => !elsewhere && destination === "original",
  );
  const payments = await getPayments(
    db,
    cases.flatMap(({ paymentId }) => paymentId ?? []),
  );
  const profiles = await listProfiles(deps);
  const sent = cases.flatMap((refundCase) => {
    const payment = refundCase.paymentId && payments.get(refundCase.paymentId);
    const profile = profiles.find(({ id }) => id === refundCase.acquirer);
    return sentOf(refundCase, profile, payment?.numbers ?? {});
  });
  return { cases: new Map(cases.map((one) => [one.caseId, one])), sent, profiles };
};

/** Whose file it is: as said, as its header is known, else as the first of our numbers in it. */
const acquirerOf = (
  file: ResultFile,
  { sent, profiles }: Facts,
  { acquirer }: ResultChoice,
): string => {
  const known = profiles.find(({ results = [] }) =>
    results.some(({ header }) => header === file.mapping.header),
  );
  const told = acquirer ?? known?.id;
  if (told !== undefined) return told;
  const named = new Set(file.rows.map(({ refundNo }) => refundNo));
  const orders = new Set(file.rows.flatMap(({ orderNo }) => orderNo ?? []));
  const byNumber = sent.find(
    ({ refundNo, prefix }) => named.has(refundNo) || named.has(prefix + refundNo),
  );
  const byOrder = sent.find(({ numbers }) => orders.has(numbers["out_trade_no"] ?? ""));
  return (byNumber ?? byOrder)?.acquirer ?? "custom";
};

const mappingsFor = ({ profiles }: Facts, { mapping }: ResultChoice): readonly ResultMapping[] => [
  ...(mapping === undefined ? [] : [mapping]),
  ...profiles.flatMap(({ results = [] }) => results),
];

/** So many lines keep the page for no longer than a drawing. */
const atOnce = 50;

/** Tells how far a review is; false once it was stopped. */
type GoOn = (done: number, of: number) => boolean;

const goOnWith =
  ({ signal, onProgress }: Partial<ChainJob>): GoOn =>
  (done, of) => {
    onProgress?.(done, of);
    return signal?.aborted !== true;
  };

const stopped = fail({ kind: "aborted" } as const);

const readLines = async (
  { pause }: Deps,
  lines: readonly string[],
  { mappings, goOn }: { readonly mappings: readonly ResultMapping[]; readonly goOn: GoOn },
): Promise<Result<ResultFile, ReviewFault>> => {
  const reader = openResults(lines, mappings);
  if (!reader.ok) return reader;
  for (let at = 0; at < lines.length; at += atOnce) {
    if (!goOn(at, 2 * lines.length)) return stopped;
    const broken = reader.value.take(at, atOnce);
    if (broken !== undefined) return fail(broken);
    await pause();
  }
  return reader.value.finish();
};

type Judging = {
  readonly facts: Facts;
  readonly acquirer: string;
  readonly profile: AcquirerProfile;
  readonly goOn: GoOn;
};

const judgeRows = async (
  { pause }: Deps,
  { rows, mapping }: ResultFile,
  { facts, acquirer, profile, goOn }: Judging,
): Promise<Result<Pick<ResultReview, "results" | "unmatched">, Stopped>> => {
  const match = openMatching(facts.sent, acquirer);
  const [results, unmatched]: [ReviewedResult[], UnmatchedRow[]] = [[], []];
  for (const [at, row] of rows.entries()) {
    if (at % atOnce === 0 && !goOn(rows.length + at, 2 * rows.length)) return stopped;
    await pause();
    const found = match(row);
    if ("why" in found) {
      unmatched.push(found);
      continue;
    }
    const meaning = meaningOf(row, mapping, profile);
    const isNew = found.refunds.some((one) => moves(one, meaning, facts));
    results.push({ match: found, meaning, isNew });
  }
  return ok({ results, unmatched });
};

/** Reads a portal's answer and says what would move, without recording anything; who watches it can stop it. */
export const reviewResults = async (
  deps: Deps,
  { lines }: Pick<ResultSource, "lines">,
  choice: ResultChoice,
  job: Partial<ChainJob> = {},
): Promise<Result<ResultReview, ReviewFault>> => {
  const goOn = goOnWith(job);
  const facts = await readFacts(deps);
  const file = await readLines(deps, lines, { mappings: mappingsFor(facts, choice), goOn });
  if (!file.ok) return file;
  const acquirer = acquirerOf(file.value, facts, choice);
  const profile = facts.profiles.find(({ id }) => id === acquirer) ?? facts.profiles[0];
  if (profile === undefined) throw new Error("there are shipped profiles");
  const { rows, mapping } = file.value;
  const judged = await judgeRows(deps, file.value, { facts, acquirer, profile, goOn });
  if (!judged.ok) return judged;
  const unknown = unknownWords(
    rows.map(({ status }) => status),
    mapping,
  );
  return ok({ file: file.value, acquirer, ...judged.value, unknown });
};

const moves = (
  { caseId, number }: SentRefund,
  meaning: RowMeaning,
  { cases }: Pick<Facts, "cases">,
): boolean => {
  const attempt = cases.get(caseId)?.attempts.find((one) => one.number === number);
  return attempt !== undefined && meaning.kind === "result" && isNews(attempt, meaning.result);
};
