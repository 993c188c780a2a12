import { given } from "./given.ts";
import { system, type DeviceId, type Hash, type PaymentId, type RecordRef } from "./ids.ts";
import type { Instant, Zone } from "./instant.ts";
import type { GoodsLine, Numbers, PaymentEvent, PaymentState } from "./journal-event.ts";
import { money, type MinorUnits } from "./money.ts";
import { joinSame, takePayment, type Payment } from "./payment.ts";
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
const asId = (text: string | undefined): string | undefined =>
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

/** Refunds of the statement that none of our own attempts made: terminal, portal, other devices (X11). */
const externalOf = (
  rows: readonly ImportedRow[],
  ours: ReadonlySet<string>,
): MinorUnits | undefined => {
  const foreign = rows.filter(({ row }) => row.kind !== "payment" && !ours.has(row.refundNo ?? ""));
  const each = new Map(foreign.map((one) => [refundOf(one), one.row]));
  const total = [...each.values()].reduce((sum, row) => sum + row.minor, 0);
  const currency = foreign[0]?.row.currency;
  return currency === undefined || total === 0 ? undefined : money(total, currency).minor;
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
  readonly external: MinorUnits | undefined;
  /** Other ids that the rows show to be this payment. */
  readonly same: readonly PaymentId[];
};

/** The payment record that a statement row is worth. */
const eventOf = (
  { row, imported }: ImportedRow,
  known: Payment | undefined,
  { paymentId, external, same }: VersionFacts,
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
    ...given("external", external),
    ...given("same", same.length === 0 ? undefined : same),
    ...given("replaces", known?.record),
    ...given("key", key),
    ...given("merchantNo", asId(row.merchantNo)),
    ...given("terminalNo", asId(row.termNo)),
    ...given("lines", linesOf(row, known)),
  };
};

const nowhere = { device: "" as DeviceId, seq: -1 };

/** What the payment will look like once the version stands in the journal. */
export const previewPayment = (
  known: Payment | undefined,
  { version, others }: { readonly version: PaymentEvent; readonly others: readonly Payment[] },
  at: Instant,
  ref: RecordRef = nowhere,
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

const addsNothing = (known: Payment, event: PaymentEvent): boolean =>
  known.source === "import" &&
  (event.same ?? []).every((id) => known.same.includes(id)) &&
  known.amount.minor === event.amount.minor &&
  (event.external ?? 0) <= known.external;

/**
 * Joins what the journal and the statements say of one payment: a statement row raises the proof to grade A, its foreign
 * refund rows lower the balance, and what was written down twice becomes one (refundlog.md §5.1); the result names the
 * record that has to be written before a refund.
 */
export const joinPayment = (
  known: Payment | undefined,
  rows: readonly ImportedRow[],
  facts: {
    readonly ourNumbers: ReadonlySet<string>;
    readonly paymentId: PaymentId;
    readonly others: readonly Payment[];
  },
): FoundPayment | undefined => {
  const fits = ({ row }: ImportedRow): boolean =>
    row.kind === "payment" && (known === undefined || row.currency === known.amount.currency);
  const paid = rows.find(fits);
  if (paid === undefined)
    return known === undefined ? undefined : { payment: known, rows, others: [] };
  const { currency } = paid.row;
  const others = facts.others.filter(({ amount }) => amount.currency === currency);
  const version = eventOf(paid, known, {
    paymentId: known?.paymentId ?? facts.paymentId,
    external: externalOf(rows, facts.ourNumbers),
    same: others.map((other) => other.paymentId),
  });
  if (known !== undefined && addsNothing(known, version)) return { payment: known, rows, others };
  const payment = previewPayment(known, { version, others }, paid.row.at);
  return { payment, version, rows, others };
};
