import { owner, type Person } from "../e2e/support/app.ts";
import { clerk, lead } from "../e2e/support/people.ts";

/** States of money in the words of refund-model.md §3.1; the model folds them by itself. */
export type Command = "pending_approval" | "ready" | "exported" | "submitted" | "withdrawn";
export type Answer =
  | "processing"
  | "needs_action"
  | "unknown"
  | "abnormal"
  | "succeeded"
  | "failed"
  | "closed"
  | "reversed";
export type State = Command | Answer;

export type Attempt = {
  readonly amount: number;
  readonly void: boolean;
  readonly start: "ready" | "pending_approval";
  readonly steps: State[];
  approval: "none" | "pending" | "approved" | "rejected";
};

export type PaymentModel = {
  readonly number: string;
  readonly paid: number;
  readonly acquirer: "wechatpay" | "lakala";
  /** Its goods are known: one line with all the money. */
  readonly lined: boolean;
  /** A payment of a statement is written down with the first thing that is done with it. */
  recorded: boolean;
  /** Money came twice, or a result was taken back: only then more may be promised than was paid. */
  excused: boolean;
};

export type BatchModel = { readonly id: string; readonly by: Person; open: boolean };

export type Goods = "none" | "awaiting" | "received" | "waived" | "lost" | "given";

export type CaseModel = {
  readonly id: string;
  readonly payment: PaymentModel;
  readonly kind: "refund" | "return" | "exchange";
  readonly cash: boolean;
  readonly by: Person;
  readonly need: "lead" | "owner" | undefined;
  /** What the customer pays on top in an exchange. */
  readonly due: number;
  readonly attempts: Attempt[];
  /** It names the goods of its payment, all of them. */
  readonly lines: boolean;
  goods: Goods;
  given: boolean;
  reopened: boolean;
  batch: BatchModel | undefined;
};

/** What the merchant of the walk knows; the screens must say the same. */
export type Shop = {
  readonly payments: PaymentModel[];
  readonly cases: CaseModel[];
  readonly batches: BatchModel[];
  till: Person;
};

export const people: readonly Person[] = [owner, lead, clerk];

const ranks: Readonly<Record<Answer, number>> = {
  processing: 0,
  needs_action: 0,
  unknown: 0,
  abnormal: 0,
  failed: 1,
  closed: 1,
  succeeded: 2,
  reversed: 3,
};

const rankOf = (step: State): number | undefined =>
  (ranks as Readonly<Record<State, number | undefined>>)[step];

const inOurHands: ReadonlySet<State> = new Set(["pending_approval", "ready", "withdrawn"]);

/** Results are joined by their class, commands only move what no final result has settled. */
export const stateOf = ({ start, steps }: Attempt): State => {
  let state: State = start;
  let joined = -1;
  for (const step of steps) {
    const rank = rankOf(step);
    if (rank === undefined && joined < 1) state = step;
    if (rank === undefined || rank < joined || (inOurHands.has(state) && rank < 2)) continue;
    state = step;
    joined = rank;
  }
  return state;
};

export const latest = ({ attempts }: CaseModel): Attempt => {
  const attempt = attempts.at(-1);
  if (attempt === undefined) throw new Error("a case has an attempt");
  return attempt;
};

export const moneyOf = (one: CaseModel): State => stateOf(latest(one));

const freed: ReadonlySet<State> = new Set(["withdrawn", "failed", "closed", "reversed"]);

/** Attempts of a payment that count against its balance, those of nothing too. */
export const countedOf = ({ cases }: Shop, payment: PaymentModel): readonly Attempt[] =>
  cases
    .filter((one) => one.payment === payment)
    .flatMap(({ attempts }) => attempts.filter((attempt) => !freed.has(stateOf(attempt))));

/** Whether the goods of a payment are known and no request that counts has named them. */
export const goodsAreLeft = ({ cases }: Shop, payment: PaymentModel): boolean =>
  payment.lined &&
  !cases.some(
    (one) =>
      one.payment === payment &&
      one.lines &&
      one.attempts.some((attempt) => !freed.has(stateOf(attempt))),
  );

const sumOf = (attempts: readonly Attempt[]): number =>
  attempts.reduce((sum, { amount }) => sum + amount, 0);

/** Paid less what counts; may be below zero when money came twice. */
export const balanceOf = (shop: Shop, payment: PaymentModel): number =>
  payment.paid - sumOf(countedOf(shop, payment));

export const leftOf = (shop: Shop, payment: PaymentModel): number =>
  Math.max(0, balanceOf(shop, payment));

/** Whether a request that ended may be asked for once more: its money and its goods are still there. */
export const isFree = (shop: Shop, one: CaseModel): boolean =>
  latest(one).amount <= leftOf(shop, one.payment) &&
  (!one.lines || goodsAreLeft(shop, one.payment));

const goodsAreIn = ({ goods }: CaseModel): boolean => goods !== "awaiting" && goods !== "lost";

/** The word that stands on the badge. */
export const shownOf = (one: CaseModel) => {
  const money = moneyOf(one);
  const attempt = latest(one);
  if (money === "withdrawn" && attempt.approval === "rejected") return "refused";
  if (money !== "ready") return money;
  if (attempt.void) return "at_terminal";
  if (!goodsAreIn(one)) return "waits_for_goods";
  if (attempt.amount === 0) return one.given ? "exchanged" : "to_hand_over";
  return one.cash ? "to_pay_out" : money;
};

/** Ready, by the way it came, with its goods in: it may leave. */
export const mayLeave = (one: CaseModel): boolean => shownOf(one) === "ready";

const limits = { clerk: 20_000, lead: 200_000 } as const;

/** What is asked for at the counter. */
export type Asked = {
  readonly amount: number;
  readonly reason: string;
  readonly cash: boolean;
};

const photographed: ReadonlySet<string> = new Set(["faulty", "not_as_described"]);

/** Who must allow it at least, by the shop's first policy; undefined when the person may do it alone. */
export const needOf = (
  shop: Shop,
  payment: PaymentModel,
  { amount, reason, cash }: Asked,
): CaseModel["need"] => {
  const { role } = shop.till;
  if (role === "owner") return undefined;
  if (cash || amount > limits.lead) return "owner";
  if (role === "lead") return undefined;
  const often = countedOf(shop, payment).filter((attempt) => attempt.amount > 0).length >= 2;
  const unproven = photographed.has(reason) && amount >= 20_000;
  return amount > limits.clerk || often || unproven || reason === "other" ? "lead" : undefined;
};

/** Everybody who may decide about a request: never the one who made it. */
export const approversOf = (one: CaseModel): readonly Person[] =>
  people.filter((person) => {
    if (person === one.by || person.role === "clerk") return false;
    if (person.role === "owner") return true;
    return one.need === "lead" && latest(one).amount <= limits.lead;
  });

/** Everybody who may allow that a file is taken back: never who made it. */
export const recallersOf = ({ by }: BatchModel): readonly Person[] =>
  people.filter((person) => person !== by && person.role !== "clerk");

export const casesIn = ({ cases }: Shop, batch: BatchModel): readonly CaseModel[] =>
  cases.filter((one) => one.batch === batch);
