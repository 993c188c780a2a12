import type { AcquirerProfile } from "../domain/acquirers/profile.ts";
import { formatOf } from "../domain/batches/batch-formats.ts";
import { tellsNumber } from "../domain/batches/export-format.ts";
import { confusableKey } from "../domain/codes/number-key.ts";
import { outsideNumber } from "../domain/found-payment.ts";
import { given } from "../domain/given.ts";
import { writeRef, type CaseId } from "../domain/ids.ts";
import { addDays, addSeconds, instantFromMs, startOfDay, type Instant } from "../domain/instant.ts";
import type { Payment } from "../domain/payment.ts";
import { reconcileRefunds, resolvedTag, type ReconMatch } from "../domain/reconcile/difference.ts";
import type { OurAttempt } from "../domain/reconcile/our-attempt.ts";
import { theirRefunds, type TheirRefund } from "../domain/reconcile/their-refund.ts";
import { parseRefundNumber } from "../domain/refund-number.ts";
import type { Attempt } from "../domain/refund/attempt.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { channelDay } from "../domain/statements/channel-clock.ts";
import type { StatementRow } from "../domain/statements/statement-row.ts";
import type { Database } from "../storage/database.ts";
import { findProfile } from "../storage/profiles.ts";
import { findCaseByRefundNo } from "../storage/queries.ts";
import {
  batchFormatsOf,
  casesSince,
  getPayments,
  importsHere,
  paymentRows,
  paymentsCounting,
  returnsSince,
} from "../storage/reconcile-facts.ts";
import type { Deps } from "./deps.ts";

/** What is compared: about as far back as the platforms give their statements out. */
const daysCompared = 92;

/** A refund may be older than its row: so long before the first day its record is looked for too. */
const daysBefore = 31;

/** One line, whether a person or the journal has settled it already, and the case it belongs to. */
export type ReconLine = ReconMatch & {
  readonly settled: boolean;
  readonly refundCase?: RefundCase;
};

const isResolved = (match: ReconMatch, { history }: RefundCase): boolean =>
  history.some(({ told }) => told.kind === "contact" && told.tags.includes(resolvedTag(match)));

/** Payments that count refunds made elsewhere, by the numbers of those. */
type Counting = ReadonlyMap<string, readonly Payment[]>;

/** Whether a payment here counts a refund made elsewhere. */
const isCounted = (counting: Counting, { theirs: [one] }: ReconMatch): boolean => {
  const row = one?.rows[0]?.row;
  if (row === undefined) return false;
  const number = row.transactionId === "" ? row.outTradeNo : row.transactionId;
  const payments = counting.get(outsideNumber(row)) ?? [];
  return payments.some(({ numbers }) => Object.values(numbers).some((own) => agree(own, number)));
};

const agree = (own: string, number: string): boolean =>
  number !== "" && confusableKey(own) === confusableKey(number);

const lineOf = (
  match: ReconMatch,
  cases: ReadonlyMap<CaseId, RefundCase>,
  counting: Counting,
): ReconLine => {
  const refundCase = match.ours && cases.get(match.ours.caseId);
  const settled =
    refundCase === undefined ? isCounted(counting, match) : isResolved(match, refundCase);
  return { ...match, settled, ...given("refundCase", refundCase) };
};

/** Rows with a number of this app whose refund was recorded long before. */
const olderCases = async (
  db: Database,
  theirs: readonly TheirRefund[],
  known: readonly RefundCase[],
): Promise<readonly RefundCase[]> => {
  const numbers = new Set(known.flatMap(({ attempts }) => attempts.map((one) => one.refundNo)));
  const found: RefundCase[] = [];
  for (const { refundNo = "" } of theirs) {
    const number = parseRefundNumber(refundNo);
    if (!number.ok || numbers.has(number.value)) continue;
    const refundCase = await findCaseByRefundNo(db, number.value);
    const isIts = refundCase?.attempts.some((attempt) => attempt.refundNo === number.value);
    if (refundCase === undefined || isIts !== true) continue;
    for (const attempt of refundCase.attempts) numbers.add(attempt.refundNo);
    found.push(refundCase);
  }
  return found;
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
  const profiles = new Map<string, AcquirerProfile>();
  for (const { acquirer } of cases)
    if (!profiles.has(acquirer)) profiles.set(acquirer, (await findProfile(db, acquirer)).profile);
  return cases.flatMap((refundCase) => {
    const payment = refundCase.paymentId && payments.get(refundCase.paymentId);
    const profile = profiles.get(refundCase.acquirer);
    if (profile === undefined) throw new Error("every acquirer has a profile");
    const facts = { payment, formats, paid, profile };
    return refundCase.attempts.map((attempt) => ourAttempt(refundCase, attempt, facts));
  });
};

const isWithin = ({ ours, theirs }: ReconMatch, since: Instant): boolean =>
  (ours !== undefined && ours.recordedAt >= since) || theirs.some(({ at }) => at >= since);

/**
 * Compares the refunds of the last three months, this device's and those merged, with every statement that is here; where
 * only what is recorded counts, no statement is opened before there is anything.
 */
export const readReconciliation = async (
  { journal: { db }, calendar, now }: Pick<Deps, "journal" | "calendar" | "now">,
  about: "all" | "recorded",
): Promise<readonly ReconLine[]> => {
  if (about === "recorded" && (await db.cases.limit(1).count()) === 0) return [];
  const firstDay = addDays(channelDay(instantFromMs(now())), -daysCompared);
  const since = startOfDay(firstDay, calendar);
  const recent = await casesSince(db, startOfDay(addDays(firstDay, -daysBefore), calendar));
  const { rows, merchants } = await returnsSince(db, addDays(firstDay, -daysBefore));
  const theirs = theirRefunds(rows);
  const cases = [...recent, ...(await olderCases(db, theirs, recent))].filter(isTheirs);
  const facts = { imports: await importsHere(db), theirs, merchants };
  const matches = reconcileRefunds(await attemptsOf(db, cases), facts);
  const byId = new Map(cases.map((refundCase) => [refundCase.caseId, refundCase]));
  const counting = await paymentsCounting(db);
  return matches
    .filter((match) => isWithin(match, since))
    .map((match) => lineOf(match, byId, counting));
};
