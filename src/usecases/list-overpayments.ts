import { isSettled, type OverpayClaim } from "../domain/claim.ts";
import { standingClaim } from "../domain/claim-fault.ts";
import { given } from "../domain/given.ts";
import type { PaymentId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { money, type Money } from "../domain/money.ts";
import { newOverpaidFinder, type Sale } from "../domain/overpay/find-overpaid.ts";
import type { OddRow } from "../domain/overpay/odd-rows.ts";
import type { Suspicion } from "../domain/overpay/suspicion.ts";
import { salesKept } from "../domain/overpay/usual.ts";
import type { Payment } from "../domain/payment.ts";
import { counts } from "../domain/payment-claim.ts";
import { numbersNamed, tellsOf } from "../domain/same-payment.ts";
import { givesBack } from "../domain/statements/statement-block.ts";
import type { StatementRow } from "../domain/statements/statement-row.ts";
import {
  claimOf,
  endedClaims,
  isExcessRefunded,
  openClaims,
  readExcess,
} from "../storage/claims.ts";
import type { Database } from "../storage/database.ts";
import { rowsWithNumbers } from "../storage/find-in-statements.ts";
import { oddRows, usualSales } from "../storage/odd-sales.ts";
import { getPayment, listPayments, pageSize, paymentsBearing } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import { idOfRow } from "./find-payment.ts";
import type { Overpaid } from "./move-claim.ts";

/** A payment that the register shows. */
export type OverpayLine = Overpaid & {
  readonly paid: Money;
  readonly at: Instant;
  readonly channel: string;
  /** What a person has registered of it; without that it is a suggestion. */
  readonly claim?: OverpayClaim;
};

/** The register: what is open, what only looks like it, and what came to an end last. */
export type Overpayments = {
  readonly open: readonly OverpayLine[];
  readonly suggested: readonly OverpayLine[];
  readonly ended: readonly OverpayLine[];
};

const lineOf = (payment: Payment, { factor, likelyMinor }: Omit<Overpaid, "paymentId">) => ({
  paymentId: payment.paymentId,
  paid: payment.amount,
  at: payment.paidAt ?? payment.recordedAt,
  channel: payment.channel,
  factor,
  ...given("likelyMinor", likelyMinor),
});

/** What was meant: the rest, where the claim is not about all of it. */
const meantBy = ({ amount }: Payment, claim: OverpayClaim): number | undefined =>
  amount.minor > claim.amount.minor ? amount.minor - claim.amount.minor : undefined;

type ClaimLine = OverpayLine & Required<Pick<OverpayLine, "claim">>;

const claimLine = async (db: Database, claim: OverpayClaim): Promise<ClaimLine> => {
  const payment = await getPayment(db, claim.paymentId);
  if (payment === undefined) throw new Error("a claim is of a recorded payment");
  const { factor } = claim;
  const refunded = await isExcessRefunded(db, payment);
  return {
    ...lineOf(payment, { factor, ...given("likelyMinor", meantBy(payment, claim)) }),
    claim: standingClaim(claim, payment, refunded),
  };
};

/** Nobody has looked at it yet, and nothing went back. */
const isUntouched = async (db: Database, payment: Payment): Promise<boolean> => {
  const { claims, external, state } = payment;
  if (state !== "paid" || external > 0 || claims.some(counts)) return false;
  const claim = await claimOf(db, payment);
  return claim === undefined || claim.state === "refund_case"; // the refund came to nothing
};

const placesOf = (row: StatementRow): readonly string[] =>
  numbersNamed(row).map((number) => `${row.acquirer} ${number}`);

/** What the statements say went back, looked up for all of some rows at once. */
const returnedOf = async (db: Database, odd: readonly OddRow[]): Promise<ReadonlySet<string>> => {
  const numbers = odd.flatMap(({ row }) => numbersNamed(row));
  const told = await rowsWithNumbers(db, numbers);
  return new Set(told.flatMap(({ row }) => (givesBack(row) ? placesOf(row) : [])));
};

/** A payment that only a statement shows, or has been recorded since. */
const rowLine = async (
  db: Database,
  { row, ...suspicion }: OddRow,
): Promise<OverpayLine | undefined> => {
  const [number = ""] = numbersNamed(row);
  const own = await getPayment(db, idOfRow(row));
  const bearing = own === undefined ? await paymentsBearing(db, number) : [own];
  const known = bearing.find((payment) => payment === own || tellsOf(payment, row));
  if (known !== undefined)
    return (await isUntouched(db, known)) ? { ...lineOf(known, suspicion), number } : undefined;
  return {
    ...suspicion,
    number,
    paymentId: idOfRow(row),
    paid: money(row.minor, row.currency),
    at: row.at,
    channel: row.channel,
  };
};

const newest = (one: { readonly at: Instant }, other: { readonly at: Instant }): number =>
  one.at < other.at ? 1 : -1;

/** What of a page of rows nobody has looked at, and of which no statement says that it went back. */
const linesOfRows = async (
  db: Database,
  page: readonly OddRow[],
): Promise<readonly OverpayLine[]> => {
  const returned = await returnedOf(db, page);
  const kept = page.filter(({ row }) => !placesOf(row).some((place) => returned.has(place)));
  const lines = await Promise.all(kept.map((odd) => rowLine(db, odd)));
  return lines.filter((line) => line !== undefined);
};

const fromStatements = async (db: Database): Promise<readonly OverpayLine[]> => {
  const rows = (await oddRows(db))
    .filter(({ row }) => numbersNamed(row).length > 0)
    .sort((one, other) => newest(one.row, other.row));
  const lines: OverpayLine[] = [];
  for (let from = 0; from < rows.length && lines.length < pageSize; from += pageSize)
    lines.push(...(await linesOfRows(db, rows.slice(from, from + pageSize))));
  return lines;
};

type PaymentSale = Sale & { readonly payment: Payment };

const saleOf = (payment: Payment): PaymentSale => ({
  payment,
  minor: payment.amount.minor,
  currency: payment.amount.currency,
  at: payment.paidAt ?? payment.recordedAt,
  ...given("payer", payment.payer),
  ...given("termNo", payment.terminalNo),
});

type FoundByHand = { readonly payment: Payment; readonly suspicion: Suspicion };

/** What looks like a mistake among the last payments that somebody wrote down. */
const oddPayments = async (db: Database): Promise<readonly FoundByHand[]> => {
  const payments = await listPayments(db, { limit: salesKept });
  const finder = newOverpaidFinder<PaymentSale>(await usualSales(db));
  [...payments].reverse().map(saleOf).forEach(finder.take);
  return finder
    .finish()
    .filter(({ sale }) => sale.payment.source !== "import")
    .map(({ sale: { payment }, suspicion }) => ({ payment, suspicion }));
};

const fromHand = async (db: Database): Promise<readonly OverpayLine[]> => {
  const found = await oddPayments(db);
  const lines = await Promise.all(
    found.map(async ({ payment, suspicion }) =>
      (await isUntouched(db, payment)) ? lineOf(payment, suspicion) : undefined,
    ),
  );
  return lines.filter((line) => line !== undefined);
};

/** A refund that was to end it came to nothing: it is looked at again. */
const freedAgain = async (
  db: Database,
  ended: readonly OverpayLine[],
): Promise<readonly PaymentId[]> => {
  const freed = await Promise.all(
    ended.map(async ({ claim, paymentId }) => {
      const payment = claim?.state === "refund_case" ? await getPayment(db, paymentId) : undefined;
      return payment !== undefined && (await isUntouched(db, payment)) ? [paymentId] : [];
    }),
  );
  return freed.flat();
};

/** What the register holds of a payment, or why it looks like a mistake beside the last ones. */
export const readOverpaid = async (
  { journal: { db } }: Deps,
  payment: Payment,
): Promise<{ readonly claim?: OverpayClaim; readonly suspicion?: Suspicion }> => {
  const { claim: told, refunded } = await readExcess(db, payment);
  const claim = told && standingClaim(told, payment, refunded);
  if (claim !== undefined && (!isSettled(claim) || claim.state === "handed_back")) return { claim };
  if (!(await isUntouched(db, payment))) return {};
  const row = (await oddRows(db)).find((one) => tellsOf(payment, one.row));
  if (row !== undefined) return { suspicion: row };
  const hand = await oddPayments(db);
  const found = hand.find((one) => one.payment.paymentId === payment.paymentId);
  return { ...given("suspicion", found?.suspicion) };
};

const withoutClaim = (ended: OverpayLine): OverpayLine => {
  const { claim: _, ...line } = ended;
  return line;
};

/**
 * The register of over-payments: what people have registered stands in the journal, what only looks like a mistake is found
 * anew each time and signed by nobody until somebody entitled has looked at it. What is open stands there whole, the oldest
 * first: its day to hand back comes first. Of the others at most a page.
 */
export const listOverpayments = async (deps: Deps): Promise<Overpayments> => {
  const { db } = deps.journal;
  const linesOf = (claims: readonly OverpayClaim[]): Promise<readonly ClaimLine[]> =>
    Promise.all(claims.map((claim) => claimLine(db, claim)));
  const registered = await linesOf(await openClaims(db));
  const open = registered.filter(({ claim }) => !isSettled(claim));
  const ended = [
    ...registered.filter(({ claim }) => isSettled(claim)),
    ...(await linesOf(await endedClaims(db, pageSize))),
  ];
  const again = new Set(await freedAgain(db, ended));
  const anew = ended.filter(({ paymentId }) => again.has(paymentId)).map(withoutClaim);
  const found = [...anew, ...(await fromHand(db)), ...(await fromStatements(db))];
  const suggested = [...new Map(found.map((line) => [line.paymentId, line])).values()];
  return {
    open,
    suggested: suggested.sort(newest).slice(0, pageSize),
    ended: ended.filter(({ paymentId }) => !again.has(paymentId)),
  };
};

/** How many of them want somebody; bounded like the lists. */
export const countOverpayments = async (deps: Deps): Promise<number> => {
  const { open, suggested } = await listOverpayments(deps);
  return open.length + suggested.length;
};
