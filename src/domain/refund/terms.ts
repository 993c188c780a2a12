import { chooseLines, restOf, worthOfLines, writeFreeLines } from "../goods-lines.ts";
import type { GoodsLine } from "../journal-event.ts";
import { compare, isZero, subtract, zero, type Money } from "../money.ts";
import type { Payment } from "../payment.ts";
import { fail, ok, type Result } from "../result.ts";
import type { AmountDraft, ExchangeDraft, RefundDraft } from "./draft.ts";
import type { RefundFault } from "./faults.ts";

/** Amount and goods of a refund as its record will name them. */
export type Terms = {
  readonly amount: Money;
  readonly lines?: readonly GoodsLine[];
  readonly replacement?: readonly GoodsLine[];
  readonly due?: Money;
};

const withinLeft = (amount: Money, left: Money): Result<Money, RefundFault> => {
  if (amount.currency !== left.currency)
    return fail({ kind: "amount_currency", currency: left.currency });
  if (isZero(amount) || amount.minor < 0) return fail({ kind: "amount_zero" });
  return compare(amount, left) > 0 ? fail({ kind: "over_remaining", remaining: left }) : ok(amount);
};

/** Goods that the payment does not list are numbered after those that it lists, so that they take nothing of them. */
const firstFree = ({ lines = [] }: Payment): number =>
  1 + Math.max(0, ...lines.map(({ index }) => index));

const linesOf = (
  amount: Extract<AmountDraft, { kind: "lines" | "free_lines" }>,
  payment: Payment,
): Result<readonly GoodsLine[], RefundFault> =>
  amount.kind === "lines"
    ? chooseLines(payment, amount.lines)
    : writeFreeLines(amount.lines, firstFree(payment));

/** The goods that are left, when the money that is left is theirs and all of it goes back. */
const wholeLines = (payment: Payment, amount: Money, left: Money): Terms["lines"] => {
  const rest = restOf(payment);
  if (rest === undefined || compare(amount, left) !== 0) return undefined;
  return compare(worthOfLines(rest, payment), amount) === 0 ? rest : undefined;
};

const plainTerms = (
  draft: RefundDraft,
  payment: Payment,
  left: Money,
): Result<Terms, RefundFault> => {
  const { amount } = draft;
  if (amount.kind === "none") return fail({ kind: "amount_zero" });
  if (amount.kind === "full" || amount.kind === "partial") {
    const wanted = withinLeft(amount.kind === "full" ? left : amount.amount, left);
    if (!wanted.ok) return wanted;
    const lines = wholeLines(payment, wanted.value, left);
    return ok({ amount: wanted.value, ...(lines === undefined ? {} : { lines }) });
  }
  const lines = linesOf(amount, payment);
  if (!lines.ok) return lines;
  const worth = withinLeft(worthOfLines(lines.value, payment), left);
  return worth.ok ? ok({ amount: worth.value, lines: lines.value }) : worth;
};

const hasPrices = (lines: readonly GoodsLine[]): boolean =>
  lines.length > 0 && lines.every(({ amount }) => amount !== undefined);

/** The difference that the goods themselves say; undefined while one side has no prices. */
const differenceOf = (
  returned: readonly GoodsLine[],
  replacement: readonly GoodsLine[],
  payment: Payment,
): Money | undefined =>
  hasPrices(returned) && hasPrices(replacement)
    ? subtract(worthOfLines(returned, payment), worthOfLines(replacement, payment))
    : undefined;

type Goods = Pick<Terms, "lines" | "replacement">;

const exchangedGoods = (
  { returned, replacement }: ExchangeDraft,
  payment: Payment,
): Result<Goods, RefundFault> => {
  const back = returned.length === 0 ? ok(undefined) : chooseLines(payment, returned);
  if (!back.ok) return back;
  const given = replacement.length === 0 ? ok(undefined) : writeFreeLines(replacement);
  if (!given.ok) return given;
  return ok({
    ...(back.value === undefined ? {} : { lines: back.value }),
    ...(given.value === undefined ? {} : { replacement: given.value }),
  });
};

const noExchange: ExchangeDraft = { returned: [], replacement: [] };

type Sides = { readonly refunded: Money; readonly due: Money };

/** Money goes one way or the other, never both, and no more back than is left. */
const sidesOf = ({ amount, exchange }: RefundDraft, left: Money): Result<Sides, RefundFault> => {
  const refunded = amount.kind === "partial" ? amount.amount : zero(left.currency);
  const due = exchange?.due ?? zero(left.currency);
  if (due.currency !== left.currency)
    return fail({ kind: "amount_currency", currency: left.currency });
  if (due.minor < 0 || (!isZero(refunded) && !isZero(due))) return fail({ kind: "amount_zero" });
  if (isZero(refunded)) return ok({ refunded, due });
  const wanted = withinLeft(refunded, left);
  return wanted.ok ? ok({ refunded, due }) : wanted;
};

/** What is typed must be what the goods say, where they say it (R18). */
const exchangeTerms = (
  draft: RefundDraft,
  payment: Payment,
  left: Money,
): Result<Terms, RefundFault> => {
  const goods = exchangedGoods(draft.exchange ?? noExchange, payment);
  if (!goods.ok) return goods;
  const sides = sidesOf(draft, left);
  if (!sides.ok) return sides;
  const { refunded, due } = sides.value;
  const { lines = [], replacement = [] } = goods.value;
  const difference = differenceOf(lines, replacement, payment);
  if (difference !== undefined && compare(difference, subtract(refunded, due)) !== 0)
    return fail({ kind: "difference_wrong", difference });
  return ok({ amount: refunded, ...goods.value, ...(isZero(due) ? {} : { due }) });
};

/** What a draft comes to on a payment of which so much is left; one unit too much is refused. */
export const termsOf = (
  draft: RefundDraft,
  payment: Payment,
  left: Money,
): Result<Terms, RefundFault> => {
  if (draft.type === "exchange") return exchangeTerms(draft, payment, left);
  if (draft.type === "void" && draft.amount.kind !== "full")
    return fail({ kind: "void_not_possible" });
  return plainTerms(draft, payment, left);
};
