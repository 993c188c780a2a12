import { guardCell, writeTime } from "../batches/batch-cell.ts";
import type { Instant, Zone } from "../instant.ts";
import { writeAmount } from "../money.ts";
import type { MoneyState } from "../refund/money-track.ts";
import type { ComparedLine, ReconMatch } from "./difference.ts";
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

/** States that a refund may have here or in a file. */
export const statesTold = [
  "pending_approval",
  "ready",
  "exported",
  "submitted",
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
  "conflict",
  "succeeded",
  "failed",
  "closed",
  "reversed",
  "withdrawn",
] as const satisfies readonly MoneyState[];

/** The words of the file, in the language of whoever reads it. */
export type DifferenceWords = {
  readonly columns: Readonly<Record<Column, string>>;
  readonly class: Readonly<Record<ReconMatch["class"], string>>;
  readonly state: Readonly<Record<(typeof statesTold)[number], string>>;
  /** Names of acquirers by their id; without one the id is written. */
  readonly acquirer: ReadonlyMap<string, string>;
  readonly settled: string;
};

/** What a file is written with: the reader's words, and the zone of the till's clock. */
export type Reader = { readonly words: DifferenceWords; readonly zone: Zone };

const firstOf = (...texts: readonly (string | undefined)[]): string =>
  texts.find((text) => text !== undefined && text !== "") ?? "";

type Side = Partial<Readonly<Record<Column, string>>>;

const timeOf = (at: Instant, zone: Zone): string =>
  guardCell(writeTime(at, "yyyy-MM-dd HH:mm:ss", zone));

const ourSide = (ours: OurAttempt, { words, zone }: Reader): Side => ({
  acquirer: guardCell(words.acquirer.get(ours.acquirer) ?? ours.acquirer),
  refund_no: guardCell(ours.refundNo),
  channel_no: guardCell(ours.channelRefundNo ?? ""),
  order_no: guardCell(firstOf(ours.numbers["transaction_id"], ours.numbers["out_trade_no"])),
  amount: writeAmount(ours.amount),
  currency: guardCell(ours.amount.currency),
  state: guardCell(words.state[ours.money]),
  time: timeOf(ours.recordedAt, zone),
});

const theirSide = (
  one: TheirRefund,
  all: readonly TheirRefund[],
  { words, zone }: Reader,
): Side => ({
  acquirer: guardCell(words.acquirer.get(one.acquirer) ?? one.acquirer),
  their_refund_no: guardCell(one.refundNo ?? ""),
  channel_no: guardCell(all.flatMap(({ channelRefundNo }) => channelRefundNo ?? []).join(" ")),
  order_no: guardCell(firstOf(one.transactionId, one.outTradeNo)),
  their_amount: writeAmount(one.amount),
  currency: guardCell(one.amount.currency),
  their_state: guardCell(one.said === undefined ? "" : words.state[one.said]),
  their_time: timeOf(one.at, zone),
});

const cellsOf = (line: ComparedLine, reader: Reader): readonly string[] => {
  const { words } = reader;
  const { ours, theirs, settled } = line;
  const [one] = theirs;
  const cells: Side = {
    ...(ours && ourSide(ours, reader)),
    ...(one && theirSide(one, theirs, reader)),
    class: guardCell(words.class[line.class]),
    settled: guardCell(settled ? words.settled : ""),
  };
  return differenceColumns.map((column) => cells[column] ?? "");
};

/** The lines as CSV with a byte order mark: no cell starts a formula, ids stay text, amounts are numbers (R55). */
export const writeDifferences = (lines: readonly ComparedLine[], reader: Reader): string => {
  const head = differenceColumns.map((column) => guardCell(reader.words.columns[column]));
  const rows = [head, ...lines.map((line) => cellsOf(line, reader))];
  return `\uFEFF${rows.map((cells) => cells.join(",")).join("\r\n")}\r\n`;
};
