import type { AcquirerProfile } from "../domain/acquirers/profile.ts";
import { formatOf } from "../domain/batches/batch-formats.ts";
import { tellsNumber } from "../domain/batches/export-format.ts";
import { given } from "../domain/given.ts";
import { writeRef, type CaseId } from "../domain/ids.ts";
import { addDays, addSeconds, instantFromMs, startOfDay } from "../domain/instant.ts";
import type { Payment } from "../domain/payment.ts";
import {
  packAttempts,
  type Compared,
  type Comparison,
  type ComparisonTold,
  type LinesLeft,
  type PackedReturns,
} from "../domain/reconcile/comparison.ts";
import type { ComparedLine } from "../domain/reconcile/difference.ts";
import type { DifferenceWords } from "../domain/reconcile/differences-csv.ts";
import type { OurAttempt } from "../domain/reconcile/our-attempt.ts";
import type { Attempt } from "../domain/refund/attempt.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { channelDay } from "../domain/statements/channel-clock.ts";
import type { StatementRow } from "../domain/statements/statement-row.ts";
import type { Database } from "../storage/database.ts";
import { profilesOf } from "../storage/profiles.ts";
import { findCaseByRefundNo } from "../storage/queries.ts";
import {
  batchFormatsOf,
  pagesOfCases,
  getPayments,
  getReturns,
  importsHere,
  paymentRows,
  paymentsCounting,
  returnsSince,
  type ReturnBlocks,
} from "../storage/reconcile-facts.ts";
import type { Deps } from "./deps.ts";

/** What is compared: about as far back as the platforms give their statements out. */
const daysCompared = 92;

/** A refund may be older than its row: so long before the first day its record is looked for too. */
const daysBefore = 31;

/** One line, and the refund it belongs to. */
export type ReconLine = ComparedLine & { readonly refundCase?: RefundCase };

/** What was compared: the lines that are shown, and what is only counted. */
export type Reconciliation = { readonly lines: readonly ReconLine[]; readonly left: LinesLeft };

export type CompareFault =
  | { readonly kind: "aborted" }
  | { readonly kind: "worker_failed"; readonly message: string };

/** Compares in a worker; what it tells is awaited, and what that gives goes back to it. */
export type Compare = (
  comparison: Comparison,
  job: {
    readonly onTold: (told: ComparisonTold) => void | Promise<unknown>;
    readonly signal: AbortSignal;
  },
) => Promise<Result<Compared, CompareFault>>;

/** What a comparison is done with, how far it is, and the way to stop it: it changes nothing. */
export type CompareJob = {
  readonly compare: Compare;
  readonly onProgress: (done: number, of: number) => void;
  readonly signal: AbortSignal;
};

type Cases = Map<CaseId, RefundCase>;

/** Rows with a number of this app whose refund was recorded long before. */
const olderCases = async (
  db: Database,
  numbers: readonly string[],
  known: Cases,
): Promise<readonly RefundCase[]> => {
  const found: Cases = new Map();
  for (const number of numbers) {
    const refundCase = await findCaseByRefundNo(db, number);
    const isIts = refundCase?.attempts.some(({ refundNo }) => refundNo === number);
    if (refundCase !== undefined && isIts === true && !known.has(refundCase.caseId))
      found.set(refundCase.caseId, refundCase);
  }
  return [...found.values()];
};

/** Without a date of the acquirer's, it has done it or closed it after seven days (payments-cn.md §2.2). */
const closesAfterSeconds = 7 * 86_400;

type Facts = {
  readonly payment: Payment | undefined;
  readonly formats: ReadonlyMap<string, string>;
  readonly paid: ReadonlyMap<string, StatementRow>;
  readonly profile: AcquirerProfile;
};

/** The part of the fee that comes back with a refund where the acquirer gives it back pro rata, or keeps it. */
const feeBackOf = (
  { amount }: Attempt,
  { payment, paid, profile: { feeRule } }: Facts,
): number | undefined => {
  const row = paid.get(payment?.numbers["transaction_id"] ?? "");
  if (feeRule === "kept") return 0;
  if (feeRule !== "pro_rata" || row?.fee === undefined || row.minor === 0) return undefined;
  return Math.round((row.fee * amount.minor) / row.minor);
};

/** Whether the file that an attempt left in told its acquirer our number. */
const isNumbered = ({ batchId }: Attempt, { formats, profile }: Facts): boolean => {
  const format = formatOf((batchId && formats.get(batchId)) ?? "", profile);
  return format !== undefined && tellsNumber(format);
};

const ourAttempt = (refundCase: RefundCase, attempt: Attempt, facts: Facts): OurAttempt => {
  const { caseId, acquirer, history, createdAt } = refundCase;
  const { number, record, refundNo, amount, mode, money, expectedBy } = attempt;
  const opened = history.find(({ ref }) => writeRef(ref) === writeRef(record));
  const recordedAt = opened?.at ?? createdAt;
  return {
    caseId,
    number,
    record,
    refundNo,
    amount,
    mode,
    acquirer,
    money,
    recordedAt,
    numbers: facts.payment?.numbers ?? {},
    until: expectedBy ?? addSeconds(recordedAt, closesAfterSeconds),
    prefix: facts.profile.refundNoPrefix ?? "",
    numbered: isNumbered(attempt, facts),
    ...given("channelRefundNo", attempt.channelRefundNo),
    ...given("merchantNo", facts.payment?.merchantNo),
    ...given("feeBack", feeBackOf(attempt, facts)),
  };
};

/** What goes back another way than it came, or is practice, no file of an acquirer shows. */
const isTheirs = ({ destination, training }: RefundCase): boolean =>
  destination === "original" && !training;

const attemptsOf = async (
  db: Database,
  cases: readonly RefundCase[],
): Promise<readonly OurAttempt[]> => {
  const payments = await getPayments(
    db,
    cases.flatMap(({ paymentId }) => paymentId ?? []),
  );
  const batches = cases.flatMap(({ attempts }) => attempts.flatMap((one) => one.batchId ?? []));
  const formats = await batchFormatsOf(db, batches);
  const transactions = [...payments.values()].flatMap(
    ({ numbers }) => numbers["transaction_id"] ?? [],
  );
  const paid = await paymentRows(db, new Set(transactions));
  const profiles = await profilesOf(
    db,
    cases.map(({ acquirer }) => acquirer),
  );
  return cases.flatMap((refundCase) => {
    const payment = refundCase.paymentId && payments.get(refundCase.paymentId);
    const profile = profiles.get(refundCase.acquirer);
    if (profile === undefined) throw new Error("every acquirer has a profile");
    const facts = { payment, formats, paid, profile };
    return refundCase.attempts.map((attempt) => ourAttempt(refundCase, attempt, facts));
  });
};

const tagsOf = ({ history }: RefundCase): readonly string[] =>
  history.flatMap(({ told }) => (told.kind === "contact" ? told.tags : []));

/** Packs what is asked about some refunds, and keeps them for the lines. */
const packCases = async (
  db: Database,
  cases: readonly RefundCase[],
  known: Cases,
): Promise<ArrayBuffer> => {
  const own = cases.filter(isTheirs);
  for (const refundCase of own) known.set(refundCase.caseId, refundCase);
  const tags = new Map(own.map((refundCase) => [refundCase.caseId, tagsOf(refundCase)]));
  const attempts = await attemptsOf(db, own);
  return packAttempts(attempts.map((ours) => ({ ours, tags: tags.get(ours.caseId) ?? [] })));
};

const blocksAtOnce = 16;

/** The blocks with their rows still packed; this thread opens none. */
const gatherReturns = async (
  db: Database,
  places: ReturnBlocks["places"],
  { onProgress, signal }: CompareJob,
): Promise<readonly PackedReturns[]> => {
  const returns: PackedReturns[] = [];
  for (let at = 0; at < places.length && !signal.aborted; at += blocksAtOnce) {
    onProgress(at, 2 * places.length);
    returns.push(...(await getReturns(db, places.slice(at, at + blocksAtOnce))));
  }
  return returns;
};

const numbersCounting = async (db: Database): Promise<Comparison["counted"]> => {
  const counting = [...(await paymentsCounting(db))];
  return new Map(
    counting.map(([number, payments]) => [
      number,
      payments.flatMap(({ numbers }) => Object.values(numbers)),
    ]),
  );
};

const gather = async (
  { journal: { db }, calendar, now }: Asking,
  job: CompareJob,
  known: Cases,
): Promise<Comparison> => {
  const firstDay = addDays(channelDay(instantFromMs(now())), -daysCompared);
  const firstAsked = addDays(firstDay, -daysBefore);
  const attempts: ArrayBuffer[] = [];
  for await (const cases of pagesOfCases(db, startOfDay(firstAsked, calendar))) {
    if (job.signal.aborted) break;
    attempts.push(await packCases(db, cases, known));
  }
  const { places, merchants } = await returnsSince(db, firstAsked);
  return {
    since: startOfDay(firstDay, calendar),
    attempts,
    returns: await gatherReturns(db, places, job),
    imports: await importsHere(db),
    merchants,
    counted: await numbersCounting(db),
  };
};

type Asking = Pick<Deps, "journal" | "calendar" | "now">;

/** Compares, with what the worker still asks for on its way. */
const compareAll = async (
  deps: Asking,
  job: CompareJob,
  words?: WordsOf,
): Promise<Result<Found, CompareFault>> => {
  const { db } = deps.journal;
  const cases: Cases = new Map();
  const lines: ComparedLine[] = [];
  const gathered = await gather(deps, job, cases);
  if (job.signal.aborted) return fail({ kind: "aborted" });
  const of = gathered.returns.length;
  const onTold = (told: ComparisonTold): void | Promise<unknown> => {
    if (told.kind === "opened") return job.onProgress(of + told.blocks, 2 * of);
    if (told.kind === "lines") return void lines.push(...told.lines);
    return olderCases(db, told.numbers, cases).then(async (older) => [
      await packCases(db, older, cases),
    ]);
  };
  const table = words && {
    words: words([...acquirersOf(gathered, cases)]),
    zone: deps.calendar.zone,
  };
  const compared = await job.compare(
    { ...gathered, ...given("table", table) },
    { onTold, signal: job.signal },
  );
  return compared.ok ? ok({ compared: compared.value, lines, cases }) : compared;
};

type Found = {
  readonly compared: Compared;
  readonly lines: readonly ComparedLine[];
  readonly cases: Cases;
};

/** Names of the columns, states and these acquirers in the reader's language. */
export type WordsOf = (acquirers: readonly string[]) => DifferenceWords;

const acquirersOf = ({ imports }: Comparison, cases: Cases): ReadonlySet<string> =>
  new Set([
    ...imports.map(({ event }) => event.acquirer),
    ...[...cases.values()].map(({ acquirer }) => acquirer),
  ]);

const nothingLeft: LinesLeft = { count: 0, open: 0, sums: [] };

/**
 * Compares the refunds of the last three months, this device's and those merged, with every statement that is here; where
 * only what is recorded counts, no statement is opened before there is anything.
 */
export const readReconciliation = async (
  deps: Asking,
  about: "all" | "recorded",
  job: CompareJob,
): Promise<Result<Reconciliation, CompareFault>> => {
  const { db } = deps.journal;
  if (about === "recorded" && (await db.cases.limit(1).count()) === 0)
    return ok({ lines: [], left: nothingLeft });
  const found = await compareAll(deps, job);
  if (!found.ok) return found;
  const { compared, lines, cases } = found.value;
  return ok({
    lines: lines.map((line) =>
      Object.assign(line, given("refundCase", line.ours && cases.get(line.ours.caseId))),
    ),
    left: compared.kind === "lines" ? compared.left : nothingLeft,
  });
};

/** Everything that was compared, as a table for a spreadsheet. */
export const readDifferenceTable = async (
  deps: Asking,
  words: WordsOf,
  job: CompareJob,
): Promise<Result<ArrayBuffer, CompareFault>> => {
  const found = await compareAll(deps, job, words);
  if (!found.ok) return found;
  const { compared } = found.value;
  return compared.kind === "table"
    ? ok(compared.bytes)
    : fail({ kind: "worker_failed", message: "no table" });
};

/** Other than before when a comparison may find something else. */
export const comparisonMark = async ({
  journal: { db },
}: Pick<Deps, "journal">): Promise<string> => {
  const heads = await db.heads.toArray();
  const imports = await db.statementImports.toArray();
  return JSON.stringify([
    heads.map(({ device, revision }) => [device, revision]),
    imports.map(({ importId, record }) => [importId, record]),
  ]);
};
