import { isDeepStrictEqual } from "node:util";
import type { Books } from "../../../src/domain/books.ts";
import type { PaymentId } from "../../../src/domain/ids.ts";
import { secondsOf } from "../../../src/domain/instant.ts";
import type {
  GoodsLine,
  JournalEvent,
  PaymentEvent,
  Recorded,
  RefundEvent,
} from "../../../src/domain/journal-event.ts";
import { overRefunded, remaining, reserved, spent } from "../../../src/domain/payment.ts";
import { attentionOf } from "../../../src/domain/refund/case-state.ts";
import {
  claimsOf,
  groupOf,
  isProven,
  nameOf,
  newestOf,
  standing,
  sumsOf,
  type Claim,
  type Model,
  type Sums,
} from "./model.ts";
import type { Step } from "./step.ts";
import { calendarOf, profileOf } from "./walk.ts";

/** Throws what is wrong. */
export type Check = (step: Step) => void;

/** Says what does not hold, with the facts. */
export const demand = (holds: boolean, what: string, facts: () => unknown = () => ""): void => {
  if (!holds) throw new Error(`${what} ${JSON.stringify(facts())}`);
};

export const refundsIn = ({ recorded }: Pick<Step, "recorded">): readonly Recorded<RefundEvent>[] =>
  recorded.flatMap((one) => (one.event.kind === "refund" ? [{ ...one, event: one.event }] : []));

const booked = ({ payments }: Books, paymentId: PaymentId): readonly number[] => {
  const payment = payments.get(paymentId);
  if (payment === undefined) throw new Error("the books have every payment");
  const amounts = [reserved(payment), spent(payment), remaining(payment), overRefunded(payment)];
  return amounts.map(({ minor }) => minor);
};

const counted = ({ reserved: waits, spent: gone, left, over }: Sums): readonly number[] => [
  waits,
  gone,
  left,
  over,
];

/** Every payment's sums in some books are those of the plain counters. */
export const sameSums = (books: Books, model: Model): void => {
  for (const paymentId of books.payments.keys()) {
    const [told, wanted] = [booked(books, paymentId), counted(sumsOf(model, paymentId))];
    demand(isDeepStrictEqual(told, wanted), "sums differ", () => ({ paymentId, told, wanted }));
  }
};

/** The refund that a command of this step would add to what its payment gives: a new one, or one opened again. */
const promised = ({ before, recorded }: Step): readonly Claim["signed"][] =>
  recorded.flatMap(({ event, ...rest }) => {
    if (event.kind === "refund") return [{ ...rest, event }];
    const opens = event.kind === "decide" && event.about === "reopen" && event.result === "approve";
    const claim = opens && event.refund && before.model.claims.get(nameOf(event.refund));
    return claim === undefined || claim === false ? [] : [claim.signed];
  });

const isEvidence = (event: JournalEvent): boolean =>
  event.kind === "payment" ||
  (event.kind === "money" && !["exported", "submitted", "ready"].includes(event.state));

/** Evidence alone may show that more went out than was paid, and then every case that counts says so. */
const checkOver = ({ before, after, recorded }: Step): void => {
  for (const [paymentId, payment] of after.books.payments) {
    const { over } = sumsOf(after.model, paymentId);
    if (over === 0) continue;
    const known = before.books.payments.has(paymentId);
    const grew = !known || over > sumsOf(before.model, paymentId).over;
    demand(!grew || recorded.every(({ event }) => isEvidence(event)), "a command over-refunds");
    for (const claim of claimsOf(after.model, paymentId)) {
      const refundCase = after.books.cases.get(claim.signed.event.caseId);
      const counts = standing(claim) !== "frees" && claim.signed.event.amount.minor > 0;
      if (!counts || refundCase === undefined) continue;
      const flags = attentionOf(refundCase, payment, after.now);
      const told = flags.includes("over_refund") || flags.includes("late_success");
      demand(told, "an over-refund is not flagged", () => ({ claim, flags }));
    }
  }
};

export const balance: Check = (step) => {
  sameSums(step.after.books, step.after.model);
  for (const { event } of promised(step)) {
    if (event.paymentId === undefined) continue;
    const { left } = sumsOf(step.before.model, event.paymentId);
    demand(event.amount.minor <= left, "more is promised than is left", () => ({ event, left }));
  }
  checkOver(step);
};

/** Ten-thousandths of a quantity. */
const manyOf = (quantity: string): number => Math.round(Number(quantity) * 10_000);

/** The most that a line may have of what was paid: its share by weight, rounded up. */
const shareOf = (lines: readonly GoodsLine[], line: GoodsLine, paid: number): number => {
  if (lines.length === 1) return paid;
  const total = lines.reduce((sum, { amount }) => sum + BigInt(amount ?? 0), 0n);
  if (total === 0n) return 0;
  const product = BigInt(paid) * BigInt(line.amount ?? 0);
  return Number((product + total - 1n) / total);
};

/** Refunds of one line that count, since the lines of the payment are what they are now. */
const onLine = (model: Model, version: Recorded<PaymentEvent>, index: number) =>
  claimsOf(model, version.event.paymentId)
    .filter((claim) => standing(claim) !== "frees" && claim.signed.ref.seq > version.ref.seq)
    .flatMap(({ signed }) => signed.event.lines ?? [])
    .filter((line) => line.index === index);

const checkLines = (model: Model, event: RefundEvent): void => {
  const { paymentId, lines = [] } = event;
  if (paymentId === undefined || groupOf(model, paymentId).size > 1) return;
  const version = linesVersion(model, paymentId);
  const listed = version?.event.lines ?? [];
  if (version === undefined || listed.length === 0) return;
  for (const told of lines) {
    const line = listed.find(({ index }) => index === told.index);
    if (line === undefined) continue;
    const taken = onLine(model, version, told.index);
    const many = taken.reduce((sum, { quantity }) => sum + manyOf(quantity), manyOf(told.quantity));
    demand(many <= manyOf(line.quantity), "more of a line than there is", () => ({ event, many }));
    const money = taken.reduce((sum, { amount = 0 }) => sum + amount, 0);
    const most = shareOf(listed, line, sumsOf(model, paymentId).paid);
    const within = told.amount === 0 || money + (told.amount ?? 0) <= most;
    demand(within, "more money for a line than was paid", () => ({ event, money, most }));
  }
};

/** The version that named the payment's goods last in other words than the one before. */
const linesVersion = (model: Model, paymentId: PaymentId): Recorded<PaymentEvent> | undefined => {
  const told = model.versions.filter(
    ({ event }) => event.paymentId === paymentId && event.lines !== undefined,
  );
  return told.find(({ event }) => isDeepStrictEqual(event.lines, told.at(-1)?.event.lines));
};

export const lines: Check = (step) => {
  for (const { event } of promised(step)) checkLines(step.before.model, event);
};

/** The same journal written by other clocks comes to the same sums, and so does no record at all. */
export const time: Check = ({ after }) => sameSums(after.otherClock, after.model);

const freeing = (event: JournalEvent): boolean =>
  event.kind === "withdraw" ||
  (event.kind === "decide" && event.about === "refund" && event.result === "reject") ||
  (event.kind === "money" && ["failed", "closed", "reversed", "retracted"].includes(event.state));

const namedBy = (event: JournalEvent): readonly string[] => {
  if (event.kind === "money") return event.refunds.map(nameOf);
  const named = event.kind === "withdraw" || event.kind === "decide" ? event.refund : undefined;
  return named === undefined ? [] : [nameOf(named)];
};

/** What a payment gives less than before is the amount of refunds that a freeing record names. */
export const frees: Check = ({ before, after, recorded }) => {
  for (const { event } of recorded)
    if (event.kind === "money" && freeing(event) && event.state !== "retracted")
      demand(isProven(event), "freed without evidence", () => event);
  const named = new Set(
    recorded
      .map(({ event }) => event)
      .filter(freeing)
      .flatMap(namedBy),
  );
  for (const paymentId of before.books.payments.keys()) {
    const [waited = 0, went = 0] = booked(before.books, paymentId);
    const [waits = 0, gone = 0] = booked(after.books, paymentId);
    const dropped = waited + went - waits - gone;
    const explained = claimsOf(before.model, paymentId)
      .filter(({ ref }) => named.has(ref))
      .reduce((sum, { signed }) => sum + signed.event.amount.minor, 0);
    demand(dropped <= explained, "freed by nothing", () => ({ paymentId, dropped, explained }));
  }
};

export const amounts: Check = (step) => {
  for (const { event } of refundsIn(step)) {
    const { amount, paymentId, type, mode } = event;
    const isWhole = Number.isSafeInteger(amount.minor) && amount.minor <= 99_999_999;
    demand(
      isWhole && (amount.minor > 0 || (amount.minor === 0 && type === "exchange")),
      "amount",
      () => event,
    );
    demand(
      (mode === "unreferenced") === (paymentId === undefined),
      "a refund of nothing",
      () => event,
    );
    if (paymentId === undefined) continue;
    const version = newestOf(step.before.model, paymentId);
    demand(version !== undefined, "a refund of no payment", () => event);
    demand(version?.event.amount.currency === amount.currency, "another currency", () => event);
    demand(version?.ref.seq === event.payment?.seq, "not the newest payment record", () => event);
  }
};

/** Records say what was left before and after, and a full refund leaves nothing. */
export const full: Check = (step) => {
  for (const { event } of refundsIn(step)) {
    if (event.paymentId === undefined) continue;
    const { left } = sumsOf(step.before.model, event.paymentId);
    const after = left - event.amount.minor;
    demand(isDeepStrictEqual(event.remaining, [left, after]), "signed balances", () => event);
    if (event.type === "full") {
      demand(after === 0, "full leaves something", () => event);
      demand(
        sumsOf(step.after.model, event.paymentId).left === 0,
        "something is left",
        () => event,
      );
    }
    if (event.type === "partial") demand(after > 0, "a part leaves nothing", () => event);
  }
};

const shanghaiSeconds = 8 * 3_600;

/** Days of the acquirer's batches, counted by plain arithmetic: Shanghai has kept one offset since 1991. */
const batchDay = (seconds: number, cutoff: number): number =>
  Math.floor((seconds + shanghaiSeconds - (cutoff % 1_440) * 60) / 86_400);

export const voids: Check = (step) => {
  const { before } = step;
  for (const { event } of refundsIn(step)) {
    if (event.mode !== "void") continue;
    const { paymentId } = event;
    if (paymentId === undefined) throw new Error("a void of no payment");
    const { paid, external, reserved: waits, spent: gone } = sumsOf(before.model, paymentId);
    demand(event.amount.minor === paid, "a void of a part", () => event);
    demand(external + waits + gone === 0, "a void after a refund", () => event);
    const payment = before.books.payments.get(paymentId);
    const { profile } = profileOf(before.books, payment?.acquirer ?? "");
    const { voids: may, voidCutoffMinutes = 0, settlement, d0Refund } = profile;
    demand(may === "yes", "a void where none is", () => event);
    demand(
      !(settlement === "D0" && d0Refund === "blocked"),
      "a void of settled money",
      () => event,
    );
    demand(calendarOf(before.books).zone === "Asia/Shanghai", "plain arithmetic needs one offset");
    if (payment?.paidAt === undefined) throw new Error("a void of an unknown day");
    const [paidAt, now] = [secondsOf(payment.paidAt), secondsOf(before.now)];
    const sameBatch = batchDay(paidAt, voidCutoffMinutes) === batchDay(now, voidCutoffMinutes);
    demand(paidAt <= now && sameBatch, "a void of another day", () => event);
  }
};
