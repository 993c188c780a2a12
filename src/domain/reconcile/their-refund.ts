import type { ImportedRow } from "../found-payment.ts";
import { given } from "../given.ts";
import type { Instant } from "../instant.ts";
import { money, type Money } from "../money.ts";
import { saidOf } from "../statements/refund-said.ts";
import type { StatementRow } from "../statements/statement-row.ts";

/** One refund or void as the acquirer's files show it: every row of it, in whichever file it stands. */
export type TheirRefund = {
  readonly key: string;
  readonly kind: "refund" | "revoked";
  readonly rows: readonly ImportedRow[];
  readonly acquirer: StatementRow["acquirer"];
  readonly merchantNo: string;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly refundNo?: string;
  readonly channelRefundNo?: string;
  readonly amount: Money;
  /** Part of the fee that came back with it, minor units. */
  readonly fee?: number;
  readonly at: Instant;
  /** The most that its rows say became of it. */
  readonly said?: ReturnType<typeof saidOf>;
};

/** A number of the merchant's own may be used again for another payment; the channel's never is. */
const keyOf = (row: StatementRow): string => {
  const order = row.transactionId === "" ? row.outTradeNo : row.transactionId;
  const own = `${order}/${row.refundNo ?? `${row.at}/${row.minor}`}`;
  return `${row.acquirer}/${row.kind}/${row.channelRefundNo ?? own}`;
};

const placeOf = ({ row }: ImportedRow): string => `${row.at} ${row.digest}`;

const byTime = (one: ImportedRow, other: ImportedRow): number =>
  placeOf(one) < placeOf(other) ? -1 : 1;

const weakestFirst = [undefined, "processing", "abnormal", "closed", "failed", "succeeded"];

const rankOf = ({ row }: ImportedRow): number => weakestFirst.indexOf(saidOf(row));

/** The row that says most of it; of several the last. */
export const strongestRow = (rows: readonly ImportedRow[]): ImportedRow | undefined =>
  rows.reduce<ImportedRow | undefined>(
    (best, one) => (best === undefined || rankOf(one) >= rankOf(best) ? one : best),
    undefined,
  );

/** A trade bill says what was asked for, a fund bill what moved: maybe less, as a part of the fee came back. */
const mostOf = (rows: readonly ImportedRow[]): number => {
  const trades = rows.filter(({ row }) => row.flowNo === undefined);
  return Math.max(...(trades.length > 0 ? trades : rows).map(({ row }) => row.minor));
};

const first = (rows: readonly ImportedRow[], of: (row: StatementRow) => string | undefined) =>
  rows.map(({ row }) => of(row)).find((text) => text !== undefined && text !== "");

const theirRefund = (key: string, unsorted: readonly ImportedRow[]): TheirRefund => {
  const rows = unsorted.length === 1 ? unsorted : [...unsorted].sort(byTime);
  const one = rows[0]?.row;
  if (one === undefined) throw new Error("a refund has a row");
  const strongest = strongestRow(rows);
  return {
    key,
    kind: one.kind === "revoked" ? "revoked" : "refund",
    rows,
    acquirer: one.acquirer,
    merchantNo: first(rows, (row) => row.merchantNo) ?? "",
    transactionId: first(rows, (row) => row.transactionId) ?? "",
    outTradeNo: first(rows, (row) => row.outTradeNo) ?? "",
    ...given(
      "refundNo",
      first(rows, (row) => row.refundNo),
    ),
    ...given(
      "channelRefundNo",
      first(rows, (row) => row.channelRefundNo),
    ),
    amount: money(mostOf(rows), one.currency),
    ...given("fee", rows.find(({ row }) => row.fee !== undefined)?.row.fee),
    at: one.at,
    ...given("said", strongest && saidOf(strongest.row)),
  };
};

/** Puts the rows of each refund and void together, the earliest first; the order of rows and files makes no difference. */
export const theirRefunds = (rows: readonly ImportedRow[]): readonly TheirRefund[] => {
  const byKey = new Map<string, ImportedRow[]>();
  for (const one of rows) {
    if (one.row.kind !== "refund" && one.row.kind !== "revoked") continue;
    const key = keyOf(one.row);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [one]);
    else known.push(one);
  }
  return Array.from(byKey, ([key, group]) => theirRefund(key, group)).sort(earliestFirst);
};

/** A year has a hundred thousand of them: the times are compared first, and nothing is put together for it. */
const earliestFirst = (one: TheirRefund, other: TheirRefund): number => {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  return one.key < other.key ? -1 : 1;
};
