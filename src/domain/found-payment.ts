import { given } from "./given.ts";
import { system, type DeviceId, type Hash, type PaymentId, type RecordRef } from "./ids.ts";
import type { Instant, Zone } from "./instant.ts";
import type { GoodsLine, Numbers, PaymentEvent, PaymentState } from "./journal-event.ts";
import { money, type MinorUnits, type Money } from "./money.ts";
import type { OutsideRefund } from "./outside-refund.ts";
import { refundsElsewhere } from "./own-version.ts";
import { joinSame, takePayment, type Payment } from "./payment.ts";
import { joinOutside } from "./payment-version.ts";
import { paymentKey } from "./payment-key.ts";
import { cutText } from "./typed-text.ts";
import type { StatementRow } from "./statements/statement-row.ts";

/** A row of an imported statement with the signed record of its import. */
export type ImportedRow = { readonly row: StatementRow; readonly imported: RecordRef };

/** A payment that may be refunded, with the version of its record that must be written first, if any. */
export type FoundPayment = {
  readonly payment: Payment;
  readonly version?: PaymentEvent;
  /** The statement rows it was found in, so that it can be joined again on the newest state. */
  readonly rows: readonly ImportedRow[];
  /** Payments written down twice that those rows show to be this one; the version says so. */
  readonly others: readonly Payment[];
};

/** A number as records take it: printable ASCII, at most 64 characters; anything else is left out. */
export const asId = (text: string | undefined): string | undefined =>
  text !== undefined && /^[!-~]{1,64}$/.test(text) ? text : undefined;

/** A name as records take it, cut between characters. */
const asText = (text: string | undefined): string | undefined =>
  cutText(text ?? "", 200) || undefined;

const numbersOf = (row: StatementRow): Numbers => ({
  ...given("transaction_id", asId(row.transactionId)),
  ...given("out_trade_no", asId(row.outTradeNo)),
});

/** What tells refunds of one payment apart: two statements may show the same one. */
const refundOf = ({ row }: ImportedRow): string =>
  `${row.kind}/${row.channelRefundNo ?? row.refundNo ?? row.digest}`;

/** Movements of a fund bill return nothing by themselves: only a refund with its numbers does. */
const isReturn = ({ kind }: StatementRow): boolean => kind === "refund" || kind === "revoked";

/** Under which a refund made elsewhere is counted: the merchant's own number for it, else the acquirer's. */
export const outsideNumber = (row: StatementRow): string =>
  asId(row.refundNo) ?? asId(row.channelRefundNo) ?? row.digest;

/** One attempt of a refund recorded here, as far as a statement could show it. */
export type OurRefund = {
  readonly refundNo: string;
  readonly amount: Money;
  /** The acquirer's number for it, where a result named one: who refunds at the portal gets another than ours there. */
  readonly channelRefundNo?: string;
};

const isOf = (row: StatementRow, { refundNo, channelRefundNo, amount }: OurRefund): boolean =>
  row.refundNo === refundNo ||
  (channelRefundNo !== undefined &&
    [row.channelRefundNo, row.refundNo].includes(channelRefundNo) &&
    row.minor === amount.minor);

/**
 * Refunds of the statement that none of the attempts known here made: terminal, portal, devices not merged (X11).
 * The one that two statements show counts once, with the larger of its amounts, whichever was imported first.
 */
const outsideOf = (
  rows: readonly ImportedRow[],
  ours: readonly OurRefund[],
): readonly OutsideRefund[] => {
  const each = new Map<string, StatementRow>();
  for (const one of rows) {
    if (!isReturn(one.row) || ours.some((refund) => isOf(one.row, refund))) continue;
    const before = each.get(refundOf(one));
    if (before === undefined || before.minor < one.row.minor) each.set(refundOf(one), one.row);
  }
  return [...each.values()].map((row) => ({
    number: outsideNumber(row),
    minor: money(row.minor, row.currency).minor,
  }));
};

/** Those that earlier records of the payment name and these rows do not: a statement may be gone, the refund is not. */
const saidBefore = (
  known: Payment | undefined,
  rows: readonly ImportedRow[],
): readonly OutsideRefund[] => {
  const told = new Set(rows.flatMap(({ row }) => [row.refundNo, row.channelRefundNo, row.digest]));
  return known === undefined
    ? []
    : refundsElsewhere(known).filter(({ number }) => !told.has(number));
};

const sumOf = (refunds: readonly OutsideRefund[]): MinorUnits | undefined => {
  const total = refunds.reduce((sum, { minor }) => sum + minor, 0);
  return total === 0 ? undefined : (total as MinorUnits);
};

/** A statement names goods without prices: what somebody has written down of them says more. */
const linesOf = (
  row: StatementRow,
  known: Payment | undefined,
): readonly GoodsLine[] | undefined => {
  if (known?.lines !== undefined) return undefined;
  const name = asText(row.name);
  return name === undefined ? undefined : [{ index: 1, quantity: "1", name }];
};

/** The key of a row's payment: every device derives the same paymentId from it. */
export const keyOfRow = (row: StatementRow): PaymentEvent["key"] =>
  paymentKey(numbersOf(row), asId(row.merchantNo));

/** A row shows that money came in; that it was voided or is a transfer is something only people know (X8). */
const stateAfterRow = ({ state }: Payment): PaymentState =>
  state === "voided" || state === "transfer" ? state : "paid";

type VersionFacts = {
  readonly paymentId: PaymentId;
  readonly outside: readonly OutsideRefund[];
  /** Other ids that the rows show to be this payment. */
  readonly same: readonly PaymentId[];
};

/** The payment record that a statement row is worth. */
const eventOf = (
  { row, imported }: ImportedRow,
  known: Payment | undefined,
  { paymentId, outside, same }: VersionFacts,
): PaymentEvent => {
  const key = known === undefined ? keyOfRow(row) : known.key;
  return {
    kind: "payment",
    paymentId,
    amount: money(row.minor, row.currency),
    source: "import",
    state: known === undefined ? "paid" : stateAfterRow(known),
    acquirer: row.acquirer,
    channel: row.channel,
    grade: "A",
    numbers: numbersOf(row),
    paidAt: row.at,
    imported: { record: imported, row: row.digest as Hash },
    ...given("external", sumOf(outside)),
    ...given("outside", outside.length === 0 ? undefined : outside),
    ...given("same", same.length === 0 ? undefined : same),
    ...given("replaces", known?.record),
    ...given("key", key),
    ...given("merchantNo", asId(row.merchantNo)),
    ...given("terminalNo", asId(row.termNo)),
    ...given("lines", linesOf(row, known)),
  };
};

/** The record of a payment of which the statements show refunds only: they lower its balance and prove nothing else. */
const restated = (known: Payment, outside: readonly OutsideRefund[]): PaymentEvent => ({
  kind: "payment",
  paymentId: known.paymentId,
  amount: known.recordedAmount,
  source: known.source === "scan" ? "scan" : "manual",
  state: known.state,
  acquirer: known.acquirer,
  channel: known.channel,
  grade: known.grade,
  ...given("external", sumOf(outside)),
  outside,
  replaces: known.record,
  ...given("key", known.key),
  ...given("numbers", Object.keys(known.numbers).length === 0 ? undefined : known.numbers),
  ...given("merchantNo", known.merchantNo),
  ...given("terminalNo", known.terminalNo),
  ...given("paidAt", known.paidAt),
  ...given("lines", known.lines),
});

const nobody = "" as DeviceId;

/** Newer than anything that is written. */
const ahead = (known: Payment | undefined): RecordRef => ({
  device: known?.home ?? nobody,
  seq: Number.MAX_SAFE_INTEGER,
});

/** What the payment will look like once the version stands in the journal. */
export const previewPayment = (
  known: Payment | undefined,
  { version, others }: { readonly version: PaymentEvent; readonly others: readonly Payment[] },
  at: Instant,
  ref: RecordRef = ahead(known),
): Payment => {
  const taken = takePayment(known, {
    ref,
    hash: "" as Hash,
    at,
    staff: system,
    zone: "UTC" as Zone,
    training: known?.training ?? false,
    clockBack: false,
    event: version,
  });
  return joinSame(taken, others);
};

const saysNoMore = (known: Payment, { external }: PaymentEvent): boolean =>
  (external ?? 0) <= (known.own?.external ?? known.external);

const addsNothing = (known: Payment, event: PaymentEvent): boolean =>
  known.source === "import" &&
  known.record.device === known.home &&
  (event.same ?? []).every((id) => known.same.includes(id)) &&
  known.amount.minor === event.amount.minor &&
  saysNoMore(known, event);

/** A payment whose own row no statement shows. */
const joinRefunds = (
  known: Payment,
  rows: readonly ImportedRow[],
  outside: readonly OutsideRefund[],
): FoundPayment => {
  const version = restated(known, outside);
  if (saysNoMore(known, version)) return { payment: known, rows, others: [] };
  const payment = previewPayment(known, { version, others: [] }, known.recordedAt);
  return { payment, version, rows, others: [] };
};

/**
 * Joins what the journal and the statements say of one payment: a statement row raises the proof to grade A, its foreign
 * refund rows lower the balance, and what was written down twice becomes one (refundlog.md §5.1); the result names the
 * record that has to be written before a refund.
 */
export const joinPayment = (
  known: Payment | undefined,
  rows: readonly ImportedRow[],
  facts: {
    readonly ours: readonly OurRefund[];
    readonly paymentId: PaymentId;
    readonly others: readonly Payment[];
  },
): FoundPayment | undefined => {
  const fits = ({ row }: ImportedRow): boolean =>
    row.kind === "payment" && (known === undefined || row.currency === known.amount.currency);
  const outside = joinOutside([...outsideOf(rows, facts.ours), ...saidBefore(known, rows)]);
  const paid = rows.find(fits);
  if (paid === undefined)
    return known === undefined ? undefined : joinRefunds(known, rows, outside);
  const { currency } = paid.row;
  const others = facts.others.filter(({ amount }) => amount.currency === currency);
  const version = eventOf(paid, known, {
    paymentId: known?.paymentId ?? facts.paymentId,
    outside,
    same: others.map((other) => other.paymentId),
  });
  if (known !== undefined && addsNothing(known, version)) return { payment: known, rows, others };
  const payment = previewPayment(known, { version, others }, paid.row.at);
  return { payment, version, rows, others };
};
