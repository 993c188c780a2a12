import { given } from "./given.ts";
import type { GoodsLine } from "./journal-event.ts";
import {
  add,
  allocate,
  isZero,
  money,
  portion,
  subtract,
  sum,
  times,
  zero,
  type Money,
} from "./money.ts";
import { countedClaims, type Payment } from "./payment.ts";
import {
  addQuantities,
  compareQuantities,
  noQuantity,
  one,
  subtractQuantity,
  tenThousandths,
  type Quantity,
} from "./quantity.ts";
import { fail, ok, type Result } from "./result.ts";

/** A line of a payment with its share of what was paid: discounts are spread over all lines (X21). */
export type PricedLine = {
  readonly index: number;
  readonly name?: string;
  readonly sku?: string;
  readonly quantity: Quantity;
  readonly amount: Money;
};

/** A line as far as it was not refunded yet; `refunded` is the money that refunds of it have taken. */
export type OpenLine = PricedLine & { readonly left: Quantity; readonly refunded: Money };

/** So much of one line of the payment. */
export type LineChoice = { readonly index: number; readonly quantity: Quantity };

/** Goods that no payment here lists: a name, a price of one and how many. */
export type FreeLine = {
  readonly name: string;
  readonly price: Money;
  readonly quantity: Quantity;
};

export type LineFault =
  | { readonly kind: "line_unknown" }
  | { readonly kind: "line_over"; readonly left: string }
  | { readonly kind: "lines_empty" }
  | { readonly kind: "line_amount_too_large" };

const weightsOf = ({ lines = [] }: Payment): readonly number[] | undefined => {
  if (lines.length === 1) return [lines[0]?.amount ?? 1];
  const amounts = lines.flatMap(({ amount }) => (amount === undefined ? [] : [amount]));
  return amounts.length === lines.length ? amounts : undefined;
};

/** The payment's lines with their shares of the amount paid, which they add up to; none where prices are not known. */
export const pricedLines = (payment: Payment): readonly PricedLine[] => {
  const weights = weightsOf(payment);
  if (weights === undefined || weights.every((weight) => weight === 0)) return [];
  const amounts = allocate(payment.amount, weights);
  const priced = ({ index, quantity, name, sku }: GoodsLine, at: number): PricedLine => ({
    index,
    quantity: quantity as Quantity,
    amount: amounts[at] ?? money(0, payment.amount.currency),
    ...given("name", name),
    ...given("sku", sku),
  });
  return (payment.lines ?? []).map(priced);
};

const refundedOf = (payment: Payment, index: number): readonly GoodsLine[] =>
  countedClaims(payment).flatMap(({ lines = [] }) => lines.filter((line) => line.index === index));

const refundedQuantity = (payment: Payment, index: number): Quantity =>
  refundedOf(payment, index).reduce(
    (total, line) => addQuantities(total, line.quantity),
    noQuantity,
  );

/** A share of a line for so many of it; a line of nothing is worth nothing. */
const shareOf = ({ amount, quantity }: PricedLine, part: bigint): Money => {
  const all = tenThousandths(quantity);
  return all === 0n ? zero(amount.currency) : portion(amount, part < all ? part : all, all);
};

/** Money of one line that refunds on their way or arrived have taken. */
const refundedOnLine = (payment: Payment, line: PricedLine): Money =>
  sum(
    refundedOf(payment, line.index).map(({ quantity, amount }) =>
      amount === undefined
        ? shareOf(line, tenThousandths(quantity))
        : money(amount, line.amount.currency),
    ),
    line.amount.currency,
  );

/** Every priced line with the quantity that can still be refunded. */
export const openLines = (payment: Payment): readonly OpenLine[] => {
  const open = (line: PricedLine): OpenLine => ({
    ...line,
    left: subtractQuantity(line.quantity, refundedQuantity(payment, line.index)),
    refunded: refundedOnLine(payment, line),
  });
  return pricedLines(payment).map(open);
};

/**
 * What the next so many of a line are worth: its share up to there less what refunds of it took before, so that parts
 * add up to the whole in whatever order they are refunded, even after one of them was closed without money
 * (refund-model.md §12, invariant 7).
 */
export const worthOf = (line: OpenLine, quantity: Quantity): Money => {
  const before = tenThousandths(line.quantity) - tenThousandths(line.left);
  const worth = subtract(shareOf(line, before + tenThousandths(quantity)), line.refunded);
  return worth.minor < 0 ? zero(worth.currency) : worth;
};

const chosenLine = (payment: Payment, choice: LineChoice): Result<GoodsLine, LineFault> => {
  const line = openLines(payment).find(({ index }) => index === choice.index);
  if (line === undefined) return fail({ kind: "line_unknown" });
  if (compareQuantities(choice.quantity, line.left) > 0)
    return fail({ kind: "line_over", left: line.left });
  const { index, name, sku } = line;
  return ok({
    index,
    quantity: choice.quantity,
    amount: worthOf(line, choice.quantity).minor,
    ...given("name", name),
    ...given("sku", sku),
  });
};

const isRepeated = (choices: readonly LineChoice[]): boolean =>
  new Set(choices.map(({ index }) => index)).size !== choices.length;

/** The lines of a refund, each with its money; every line at most once and never above what is left of it. */
export const chooseLines = (
  payment: Payment,
  choices: readonly LineChoice[],
): Result<readonly GoodsLine[], LineFault> => {
  const wanted = choices.filter(({ quantity }) => tenThousandths(quantity) > 0n);
  if (wanted.length === 0) return fail({ kind: "lines_empty" });
  if (isRepeated(wanted)) return fail({ kind: "line_unknown" });
  const lines: GoodsLine[] = [];
  for (const choice of wanted) {
    const line = chosenLine(payment, choice);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  return ok(lines);
};

/**
 * Why these lines of an earlier request can no longer be refunded: meanwhile others took of them. Lines that the
 * payment does not list take nothing of it.
 */
export const findLineFault = (
  payment: Payment,
  lines: readonly GoodsLine[] = [],
): LineFault | undefined => {
  const open = openLines(payment);
  for (const { index, quantity, amount = 0 } of lines) {
    const line = open.find((other) => other.index === index);
    if (line === undefined) continue;
    const isOver = compareQuantities(quantity, line.left) > 0;
    if (isOver || amount + line.refunded.minor > line.amount.minor)
      return { kind: "line_over", left: line.left };
  }
  return undefined;
};

/** Price times quantity; undefined beyond what a record can say. */
export const worthOfFree = ({ price, quantity }: FreeLine): Money | undefined =>
  times(price, tenThousandths(quantity), one);

/** Lines typed by hand as records name them, numbered from `first`. */
export const writeFreeLines = (
  free: readonly FreeLine[],
  first = 1,
): Result<readonly GoodsLine[], LineFault> => {
  if (free.length === 0) return fail({ kind: "lines_empty" });
  const lines: GoodsLine[] = [];
  for (const [at, line] of free.entries()) {
    const worth = worthOfFree(line);
    if (worth === undefined) return fail({ kind: "line_amount_too_large" });
    lines.push({
      index: first + at,
      quantity: line.quantity,
      amount: worth.minor,
      ...given("name", line.name === "" ? undefined : line.name),
    });
  }
  return ok(lines);
};

/** Everything of a payment that was not refunded yet, by lines; undefined where its lines have no prices. */
export const restOf = (payment: Payment): readonly GoodsLine[] | undefined => {
  const choices = openLines(payment).map(({ index, left }) => ({ index, quantity: left }));
  const rest = chooseLines(payment, choices);
  return rest.ok ? rest.value : undefined;
};

/** Money of some lines together. */
export const worthOfLines = (
  lines: readonly GoodsLine[],
  payment: Pick<Payment, "amount">,
): Money =>
  lines.reduce(
    (total, line) => add(total, money(line.amount ?? 0, total.currency)),
    money(0, payment.amount.currency),
  );

/** Whether lines carry money at all; a statement names goods without prices. */
export const havePrices = (payment: Payment): boolean =>
  pricedLines(payment).some(({ amount }) => !isZero(amount));
