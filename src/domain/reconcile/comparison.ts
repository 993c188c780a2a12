import type { StatementImport } from "../books.ts";
import { confusableKey } from "../codes/number-key.ts";
import { outsideNumber, type ImportedRow } from "../found-payment.ts";
import type { RecordRef } from "../ids.ts";
import type { Instant } from "../instant.ts";
import { add, zero, type Money } from "../money.ts";
import { parseRefundNumber } from "../refund-number.ts";
import { givesBack, readBlock, type StatementBlock } from "../statements/statement-block.ts";
import { reconcileRefunds, resolvedTag, type ComparedLine, type ReconMatch } from "./difference.ts";
import type { Reader } from "./differences-csv.ts";
import type { OurAttempt } from "./our-attempt.ts";
import type { TheirRefund } from "./their-refund.ts";

/** An attempt, and the tags under which a person settled differences of its refund. */
export type AskedAttempt = { readonly ours: OurAttempt; readonly tags: readonly string[] };

/** A block of rows as it is stored, with the record of its import. */
export type PackedReturns = { readonly imported: RecordRef; readonly block: StatementBlock };

/** All that a comparison needs; what may be much is packed, so that no thread is kept by handing it over. */
export type Comparison = {
  /** Lines of which nothing is as late are left out. */
  readonly since: Instant;
  readonly returns: readonly PackedReturns[];
  readonly attempts: readonly ArrayBuffer[];
  readonly imports: readonly StatementImport[];
  /** Merchant numbers that the rows of each acquirer name. */
  readonly merchants: ReadonlyMap<string, ReadonlySet<string>>;
  /** Refunds made elsewhere that payments here count, by their number: the numbers of those payments. */
  readonly counted: ReadonlyMap<string, readonly string[]>;
  /** Where everything is to be written into a table instead of shown. */
  readonly table?: Reader;
};

/** Lines that are counted and not shown: how many, how many of them nobody has settled, and what they add up to. */
export type LinesLeft = {
  readonly count: number;
  readonly open: number;
  readonly sums: readonly Money[];
};

/** What a comparison tells while it works; older attempts are asked for by the numbers that rows bear. */
export type ComparisonTold =
  | { readonly kind: "opened"; readonly blocks: number }
  | { readonly kind: "numbers"; readonly numbers: readonly string[] }
  | { readonly kind: "lines"; readonly lines: readonly ComparedLine[] };

/** What it found besides the lines: those left out, or the table. */
export type Compared =
  | { readonly kind: "lines"; readonly left: LinesLeft }
  | { readonly kind: "table"; readonly bytes: ArrayBuffer };

/** Attempts as they are handed over. */
export const packAttempts = (attempts: readonly AskedAttempt[]): ArrayBuffer =>
  new TextEncoder().encode(JSON.stringify(attempts)).buffer;

/** Attempts that were handed over. */
export const readAttempts = (packed: ArrayBuffer): readonly AskedAttempt[] =>
  JSON.parse(new TextDecoder().decode(packed)) as readonly AskedAttempt[];

/** The rows of a block that give money back. */
export const openReturns = ({ imported, block }: PackedReturns): readonly ImportedRow[] =>
  readBlock(block)
    .filter(givesBack)
    .map((row) => ({ row, imported }));

/** Refund numbers of this app that rows bear and no attempt here does: their refunds may be older. */
export const numbersElsewhere = (
  theirs: readonly TheirRefund[],
  attempts: readonly AskedAttempt[],
): readonly string[] => {
  const known = new Set<string>(attempts.map(({ ours }) => ours.refundNo));
  const found = new Set<string>();
  for (const { refundNo = "" } of theirs) {
    const number = parseRefundNumber(refundNo);
    if (number.ok && !known.has(number.value)) found.add(number.value);
  }
  return [...found];
};

const agree = (own: string, number: string): boolean =>
  number !== "" && confusableKey(own) === confusableKey(number);

/** Whether a payment here counts a refund made elsewhere. */
const isCounted = ({ theirs: [one] }: ReconMatch, counted: Comparison["counted"]): boolean => {
  const row = one?.rows[0]?.row;
  if (row === undefined) return false;
  const number = row.transactionId === "" ? row.outTradeNo : row.transactionId;
  return (counted.get(outsideNumber(row)) ?? []).some((own) => agree(own, number));
};

const isWithin = ({ ours, theirs }: ReconMatch, since: Instant): boolean =>
  (ours !== undefined && ours.recordedAt >= since) || theirs.some(({ at }) => at >= since);

/** Every line of a comparison: those of our attempts first. */
export const compareLines = (
  attempts: readonly AskedAttempt[],
  theirs: readonly TheirRefund[],
  { since, imports, merchants, counted }: Comparison,
): readonly ComparedLine[] => {
  const tags = new Map(attempts.map((asked) => [asked.ours, asked.tags]));
  const matches = reconcileRefunds([...tags.keys()], { imports, theirs, merchants });
  return matches
    .filter((match) => isWithin(match, since))
    .map((match) => {
      const own = match.ours && tags.get(match.ours);
      const settled = own?.includes(resolvedTag(match)) ?? isCounted(match, counted);
      return Object.assign(match, { settled });
    });
};

/** What a line is about in money: our amount, else theirs. */
export const amountOf = ({ ours, theirs }: ReconMatch): Money | undefined =>
  ours?.amount ?? theirs[0]?.amount;

/** What lines add up to in each currency. */
export const sumsOf = (lines: readonly ReconMatch[]): readonly Money[] =>
  sumUp(lines.flatMap((line) => amountOf(line) ?? []));

/** The sum of amounts in each currency. */
export const sumUp = (amounts: readonly Money[]): readonly Money[] => {
  const byCurrency = new Map<string, Money>();
  for (const amount of amounts) {
    const known = byCurrency.get(amount.currency) ?? zero(amount.currency);
    byCurrency.set(amount.currency, add(known, amount));
  }
  return [...byCurrency.values()];
};

/** More refunds that nobody recorded here are not shown. */
const mostOutside = 50;

/** Lines of our refunds are as many as those; of the others the first that nobody has settled are shown, the rest is counted. */
export const shownLines = (
  lines: readonly ComparedLine[],
): { readonly shown: readonly ComparedLine[]; readonly left: LinesLeft } => {
  const outside = lines.filter(({ ours }) => ours === undefined);
  const ordered = [
    ...outside.filter(({ settled }) => !settled),
    ...outside.filter(({ settled }) => settled),
  ];
  const rest = ordered.slice(mostOutside);
  const open = rest.filter(({ settled }) => !settled).length;
  return {
    shown: [...lines.filter(({ ours }) => ours !== undefined), ...ordered.slice(0, mostOutside)],
    left: { count: rest.length, open, sums: sumsOf(rest) },
  };
};
