import { findCurrency } from "../../../src/domain/currency.ts";
import { given } from "../../../src/domain/given.ts";
import { chooseLines, worthOfLines, type FreeLine } from "../../../src/domain/goods-lines.ts";
import { addSeconds } from "../../../src/domain/instant.ts";
import type { Destination, EvidenceFile } from "../../../src/domain/journal-event.ts";
import type { Books } from "../../../src/domain/books.ts";
import { half, money, type Money } from "../../../src/domain/money.ts";
import { remaining, type Payment } from "../../../src/domain/payment.ts";
import type { Quantity } from "../../../src/domain/quantity.ts";
import { reasonCodes } from "../../../src/domain/reasons.ts";
import { nextRefundNumber } from "../../../src/domain/refund-number.ts";
import { decideRefund, personalEvidence } from "../../../src/domain/refund/decide-refund.ts";
import { decideRetry } from "../../../src/domain/refund/decide-retry.ts";
import {
  newDraft,
  type AmountDraft,
  type DraftType,
  type ExchangeDraft,
  type RefundContext,
  type RefundDraft,
} from "../../../src/domain/refund/draft.ts";
import { voidUntil } from "../../../src/domain/refund/void-rule.ts";
import { fail, ok } from "../../../src/domain/result.ts";
import type { Staff } from "../../../src/domain/staff.ts";
import { anEvidenceFile, aHash, cny } from "../../support/a.ts";
import { pick, type Act } from "./act.ts";
import { calendarOf, nextRef, policyOf, profileOf, type Choice, type Walk } from "./walk.ts";

export const nothingThere: Choice = fail({ kind: "nothing_there" });

const types: readonly DraftType[] = [
  ...(["refund", "refund", "refund", "refund", "refund", "refund", "refund", "refund"] as const),
  "return",
  "return",
  "exchange",
  "exchange",
  "void",
  "unreferenced",
];

const elsewhere: readonly Destination[] = ["cash", "store_credit", "other"];

/** By the original route five times out of six, but for what has no payment. */
const destinationFor = ({ more }: Act, type: DraftType): Destination => {
  const detour = pick(elsewhere, more) ?? "cash";
  const straight = type === "unreferenced" ? more % 8 === 0 : more % 6 > 0;
  return straight ? "original" : detour;
};

const quantities = ["1", "0.5", "2", "1.5", "3", "0.3333"] as readonly string[] as Quantity[];

const fileKinds: readonly EvidenceFile["kind"][] = ["voucher", "photo", "form", "id", "screenshot"];

const filesFor = ({ more }: Act): readonly EvidenceFile[] =>
  fileKinds.flatMap((kind, place) =>
    ((more >> place) & 1) === 1 ? [anEvidenceFile({ kind, sha256: aHash(place) })] : [],
  );

/** Mostly something that is left to give, now and then nothing, one unit too much, or another currency. */
const typed = ({ minor, how, more }: Act, left: Money): Money => {
  if (how % 97 === 0) return money(minor, findCurrency("HKD") ?? left.currency);
  if (more % 7 === 0) return cny(left.minor + 1);
  return left.minor === 0 || more % 6 === 0 ? cny(minor) : cny(1 + (Math.abs(minor) % left.minor));
};

/** One or two of the payment's lines, so much of each. */
const choicesFor = (payment: Payment, { how, more }: Act): ExchangeDraft["returned"] => {
  const indexes = (payment.lines ?? []).map(({ index }) => index);
  const wanted = indexes.filter((index) => more % 3 !== index % 3 || indexes.length === 1);
  return wanted
    .map((index) => ({ index, quantity: pick(quantities, how + index) ?? quantities[0] }))
    .filter((choice): choice is ExchangeDraft["returned"][number] => choice.quantity !== undefined);
};

const goodsFor = (price: Money, quantity: Quantity | undefined): FreeLine => ({
  name: "茶",
  price,
  quantity: quantity ?? ("1" as Quantity),
});

const amountFor = (act: Act, payment: Payment | undefined): AmountDraft => {
  const { how, more } = act;
  const left = payment === undefined ? cny(0) : remaining(payment);
  const partial = { kind: "partial", amount: typed(act, left) } as const;
  const lines = payment === undefined ? [] : choicesFor(payment, act);
  const free = [goodsFor(cny(Math.max(1, act.minor)), pick(quantities, how))];
  const kinds: readonly AmountDraft[] = [
    { kind: "full" },
    { kind: "full" },
    partial,
    partial,
    partial,
    { kind: "partial", amount: half(left) },
    { kind: "lines", lines },
    { kind: "lines", lines },
    { kind: "free_lines", lines: free },
    { kind: "none" },
  ];
  return pick(kinds, more >> 5) ?? partial;
};

/** Goods for goods: for as much, for less, for more, and now and then with a difference that is wrong. */
const exchangeFor = (act: Act, payment: Payment): Pick<RefundDraft, "amount" | "exchange"> => {
  const returned = choicesFor(payment, act);
  const lines = chooseLines(payment, returned);
  const worth = lines.ok ? worthOfLines(lines.value, payment).minor : 0;
  const change = act.minor % (worth + 2);
  const side = act.how % 4;
  const price = side === 0 ? worth : side === 1 ? worth - change : worth + change;
  const replacement = price > 0 ? [goodsFor(cny(price), undefined)] : [];
  const refunds = side === 1 && price >= 0 && change > 0;
  const due = side === 2 && change > 0 ? cny(change) : undefined;
  return {
    amount: refunds ? { kind: "partial", amount: cny(change) } : { kind: "none" },
    exchange: { returned: lines.ok ? returned : [], replacement, ...given("due", due) },
  };
};

const draftFor = (walk: Walk, act: Act, payment: Payment | undefined): RefundDraft => {
  const { how, more } = act;
  const type = pick(types, how) ?? "refund";
  const wanted =
    type === "exchange" && payment !== undefined
      ? exchangeFor(act, payment)
      : { amount: type === "void" ? ({ kind: "full" } as const) : amountFor(act, payment) };
  const reopens = more % 5 === 0 ? pick([...walk.books.refusals.values()], how)?.ref : undefined;
  const { seq } = nextRef(walk);
  return newDraft({
    caseId: `${walk.shop.prefix}${String(seq).padStart(20, "0")}` as RefundDraft["caseId"],
    type,
    destination: destinationFor(act, type),
    reason: how % 89 === 0 ? "nonsense" : (pick(reasonCodes, how >> 3) ?? "faulty"),
    evidence: filesFor(act),
    ...given("note", more % 4 === 0 ? undefined : "顾客要求"),
    ...given("reopens", reopens),
    ...wanted,
  });
};

/** Refunds of that amount on other payments in the last half hour, as the use case counts them. */
export const similarTo = (
  books: Books,
  amount: Money,
  { payment, now }: { readonly payment: Payment | undefined; readonly now: RefundContext["now"] },
): number =>
  [...books.cases.values()].filter(
    (one) =>
      one.amount.minor === amount.minor &&
      one.amount.currency === amount.currency &&
      one.createdAt >= addSeconds(now, -1800) &&
      one.paymentId !== payment?.paymentId &&
      one.money !== "withdrawn",
  ).length;

/** All that is judged by now, as the use case gathers it. */
const contextOf = (walk: Walk, staff: Staff, payment: Payment | undefined): RefundContext => {
  const { books, now, shop, counter } = walk;
  const policy = books.policies.get("policy");
  if (policy === undefined) throw new Error("every walk has a policy");
  const { profile, hash } = profileOf(books, payment?.acquirer ?? "custom");
  return {
    payment,
    profile,
    ...given("profileHash", hash),
    policy: { rules: policyOf(books), record: policy.record, hash: policy.hash },
    calendar: calendarOf(books),
    now,
    staff,
    refundNo: nextRefundNumber(shop.prefix, counter).number,
    similar: 0,
    maybeElsewhere: false,
  };
};

/** The payment that an act is about; for a void mostly one that can be voided. */
export const paymentFor = ({ books }: Walk, { which }: Act): Payment | undefined =>
  pick([...books.payments.values()], which);

const voidable = (walk: Walk, act: Act): Payment | undefined => {
  const { books, now } = walk;
  const calendar = calendarOf(books);
  const open = [...books.payments.values()].filter((payment) => {
    const { profile } = profileOf(books, payment.acquirer);
    return voidUntil({ payment, profile, calendar, now }) !== undefined;
  });
  return act.more % 5 === 0
    ? paymentFor(walk, act)
    : (pick(open, act.which) ?? paymentFor(walk, act));
};

/** A refund of any type; one without a payment asks for none, but now and then somebody bypasses the screens. */
export const chooseRefund = (walk: Walk, act: Act, staff: Staff): Choice => {
  const found = paymentFor(walk, act);
  const type = pick(types, act.how);
  const isFree = type === "unreferenced" || act.which % 83 === 0;
  const wanted = type === "void" ? voidable(walk, act) : found;
  const payment = isFree && act.which % 7 > 0 ? undefined : wanted;
  const draft = draftFor(walk, act, payment);
  const basis = contextOf(walk, staff, payment);
  const first = decideRefund(basis, draft);
  if (!first.ok) return first;
  const similar = similarTo(walk.books, first.value.amount, { payment, now: walk.now });
  const decided = decideRefund({ ...basis, similar }, draft);
  if (!decided.ok) return decided;
  const papers = personalEvidence(draft);
  const personal = papers.length === 0 ? undefined : { evidence: papers };
  return ok([{ event: decided.value, ...given("personal", personal) }]);
};

/** Attempt n+1 of a case, with the word about its goods. */
export const chooseRetry = (walk: Walk, act: Act, staff: Staff): Choice => {
  const cases = [...walk.books.cases.values()];
  const dead = cases.filter(({ money: state }) => state === "failed" || state === "closed");
  const refundCase = pick(act.more % 4 === 0 || dead.length === 0 ? cases : dead, act.which);
  if (refundCase === undefined) return nothingThere;
  const { paymentId } = refundCase;
  const payment = paymentId === undefined ? undefined : walk.books.payments.get(paymentId);
  const retry = decideRetry(contextOf(walk, staff, payment), refundCase);
  if (!retry.ok) return retry;
  const { refund, goods } = retry.value;
  const settled = goods === undefined ? [] : [{ event: { ...goods, refund: nextRef(walk) } }];
  return ok([{ event: refund }, ...settled]);
};
