import { guardCell } from "../batches/batch-cell.ts";
import { writeAmount } from "../money.ts";
import type { MoneyState } from "../refund/money-track.ts";
import type { ReconMatch } from "./difference.ts";
import type { OurAttempt } from "./our-attempt.ts";
import type { TheirRefund } from "./their-refund.ts";

/** What stands in each column, in this order; their names are the reader's words. */
export const differenceColumns = [
  "class",
  "settled",
  "acquirer",
  "refund_no",
  "their_refund_no",
  "channel_no",
  "order_no",
  "amount",
  "their_amount",
  "currency",
  "state",
  "their_state",
  "time",
  "their_time",
] as const;

type Column = (typeof differenceColumns)[number];

/** The words of the file, in the language of whoever reads it. */
export type DifferenceWords = {
  readonly columns: Readonly<Record<Column, string>>;
  readonly class: (kind: ReconMatch["class"]) => string;
  readonly state: (state: MoneyState) => string;
  readonly acquirer: (acquirer: string) => string;
  readonly settled: string;
};

type Line = ReconMatch & { readonly settled: boolean };

const firstOf = (...texts: readonly (string | undefined)[]): string =>
  texts.find((text) => text !== undefined && text !== "") ?? "";

type Side = Partial<Readonly<Record<Column, string>>>;

const ourSide = (ours: OurAttempt, words: DifferenceWords): Side => ({
  acquirer: guardCell(words.acquirer(ours.acquirer)),
  refund_no: guardCell(ours.refundNo),
  channel_no: guardCell(ours.channelRefundNo ?? ""),
  order_no: guardCell(firstOf(ours.numbers["transaction_id"], ours.numbers["out_trade_no"])),
  amount: writeAmount(ours.amount),
  currency: guardCell(ours.amount.currency),
  state: guardCell(words.state(ours.money)),
  time: guardCell(ours.recordedAt),
});

const theirSide = (
  one: TheirRefund,
  all: readonly TheirRefund[],
  words: DifferenceWords,
): Side => ({
  acquirer: guardCell(words.acquirer(one.acquirer)),
  their_refund_no: guardCell(one.refundNo ?? ""),
  channel_no: guardCell(all.flatMap(({ channelRefundNo }) => channelRefundNo ?? []).join(" ")),
  order_no: guardCell(firstOf(one.transactionId, one.outTradeNo)),
  their_amount: writeAmount(one.amount),
  currency: guardCell(one.amount.currency),
  their_state: guardCell(one.said === undefined ? "" : words.state(one.said)),
  their_time: guardCell(one.at),
});

const cellsOf = (line: Line, words: DifferenceWords): readonly string[] => {
  const { ours, theirs, settled } = line;
  const [one] = theirs;
  const cells: Side = {
    ...(ours && ourSide(ours, words)),
    ...(one && theirSide(one, theirs, words)),
    class: guardCell(words.class(line.class)),
    settled: guardCell(settled ? words.settled : ""),
  };
  return differenceColumns.map((column) => cells[column] ?? "");
};

/** The lines as CSV with a byte order mark: no cell starts a formula, ids stay text, amounts are numbers (R55). */
export const writeDifferences = (lines: readonly Line[], words: DifferenceWords): string => {
  const head = differenceColumns.map((column) => guardCell(words.columns[column]));
  const rows = [head, ...lines.map((line) => cellsOf(line, words))];
  return `\uFEFF${rows.map((cells) => cells.join(",")).join("\r\n")}\r\n`;
};
