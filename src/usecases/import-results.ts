import { resultFormat } from "../domain/results/result-format.ts";
import type { AcquirerProfile } from "../domain/acquirers/profile.ts";
import type { ProfileFault } from "../domain/acquirers/profile-fault.ts";
import { CNY } from "../domain/currency.ts";
import type { Hash, RecordRef } from "../domain/ids.ts";
import { addSeconds, instantFromMs, type Instant } from "../domain/instant.ts";
import type { ImportEvent, MoneyResult } from "../domain/journal-event.ts";
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
  type ResultRow,
} from "../domain/results/read-results.ts";
import { unknownWords, type ResultMapping } from "../domain/results/result-mapping.ts";
import {
  isNews,
  meaningOf,
  resultEvent,
  type ResultProof,
  type RowMeaning,
} from "../domain/results/told-result.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { withdrawNewer } from "../domain/refund/decide-result.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { resultClass, standingOf } from "../domain/refund/money-track.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { PackedReason } from "../domain/statements/statement-row.ts";
import { hashBytes, hashText } from "../ledger/base64url.ts";
import { casesSince, getPayments } from "../storage/reconcile-facts.ts";
import { getCase, getImport } from "../storage/queries.ts";
import { saveAttachment } from "../storage/save-attachment.ts";
import { listProfiles, planResultMapping } from "./change-profile.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { recordEvents, type Plan, type RecordFault } from "./record-event.ts";

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

/** Takes the lines out of a result file, packed or not. */
export type ReadResultFile = (file: File) => Promise<Result<ResultSource, ResultSourceFault>>;

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

export type ImportResultsFault =
  | ResultFileFault
  | LockedFault
  | NotEntitled
  | RecordFault
  | ProfileFault;

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

const readLines = async (
  { pause }: Deps,
  lines: readonly string[],
  mappings: readonly ResultMapping[],
): Promise<Result<ResultFile, ResultFileFault>> => {
  const reader = openResults(lines, mappings);
  if (!reader.ok) return reader;
  for (let at = 0; at < lines.length; at += atOnce) {
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
};

const judgeRows = async (
  { pause }: Deps,
  { rows, mapping }: ResultFile,
  { facts, acquirer, profile }: Judging,
): Promise<Pick<ResultReview, "results" | "unmatched">> => {
  const match = openMatching(facts.sent, acquirer);
  const [results, unmatched]: [ReviewedResult[], UnmatchedRow[]] = [[], []];
  for (const row of rows) {
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
  return { results, unmatched };
};

/** Reads a portal's answer and says what would move, without recording anything. */
export const reviewResults = async (
  deps: Deps,
  { lines }: Pick<ResultSource, "lines">,
  choice: ResultChoice,
): Promise<Result<ResultReview, ResultFileFault>> => {
  const facts = await readFacts(deps);
  const file = await readLines(deps, lines, mappingsFor(facts, choice));
  if (!file.ok) return file;
  const acquirer = acquirerOf(file.value, facts, choice);
  const profile = facts.profiles.find(({ id }) => id === acquirer) ?? facts.profiles[0];
  if (profile === undefined) throw new Error("there are shipped profiles");
  const { rows, mapping } = file.value;
  const judged = await judgeRows(deps, file.value, { facts, acquirer, profile });
  const unknown = unknownWords(
    rows.map(({ status }) => status),
    mapping,
  );
  return ok({ file: file.value, acquirer, ...judged, unknown });
};

const moves = (
  { caseId, number }: SentRefund,
  meaning: RowMeaning,
  { cases }: Pick<Facts, "cases">,
): boolean => {
  const attempt = cases.get(caseId)?.attempts.find((one) => one.number === number);
  return attempt !== undefined && meaning.kind === "result" && isNews(attempt, meaning.result);
};

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
