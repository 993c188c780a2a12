import type { AcquirerProfile } from "../acquirers/profile.ts";
import { businessDate, type Calendar, type Instant } from "../instant.ts";
import { add, compare, subtract, sum, zero, type Money } from "../money.ts";

/** What a person last read off the acquirer's portal. */
export type KnownBalance = { readonly amount: Money; readonly at: Instant };

/** A refund that the acquirer has taken since, or that is on its way to it. */
export type UnderWay = { readonly amount: Money; readonly isVoid: boolean };

/** What the money of one acquirer rests on, all of it in one currency. */
export type MoneyFacts = {
  readonly profile: Pick<AcquirerProfile, "settlement" | "d0Refund" | "balanceSource">;
  readonly currency: Money["currency"];
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly balance: KnownBalance | undefined;
  /** What came in since, by what is recorded here and by each statement of today. */
  readonly recorded: Money;
  readonly statements: readonly Money[];
  readonly underWay: readonly UnderWay[];
  /** Everything that was handed in since was found; else nothing is promised. */
  readonly whole: boolean;
};

/** Why the plan counts with so much money, one line each. */
export type MoneyReason =
  | { readonly kind: "balance"; readonly amount: Money; readonly at: Instant }
  | { readonly kind: "balance_old" | "balance_settled"; readonly at: Instant }
  | { readonly kind: "takings" | "voids"; readonly amount: Money }
  | { readonly kind: "under_way"; readonly amount: Money; readonly count: number }
  | { readonly kind: ReasonWithoutFigure };

export type ReasonWithoutFigure =
  | "no_balance"
  | "no_float"
  | "takings_gone"
  | "takings_apart"
  | "settlement_unknown"
  | "source_unknown"
  | "ask_first"
  | "not_counted";

/** What is there at least, below zero where more is on its way; undefined where the data shows nothing. */
export type Availability = {
  readonly available: Money | undefined;
  readonly because: readonly MoneyReason[];
};

type Part = { readonly amount: Money | undefined; readonly because: readonly MoneyReason[] };

type BalanceFacts = Pick<MoneyFacts, "profile" | "currency" | "calendar" | "now" | "balance">;

const isOfToday = ({ at }: KnownBalance, { now, calendar }: BalanceFacts): boolean =>
  businessDate(at, calendar) === businessDate(now, calendar);

/** Refunds are paid from what came in today, and it is still there. */
export const paysFromTakings = ({
  settlement,
  balanceSource,
}: Pick<AcquirerProfile, "settlement" | "balanceSource">): boolean =>
  balanceSource === "takings" && (settlement === "D1" || settlement === "T1");

/** Takings of another day have been paid out since; an account and a float stay until somebody says otherwise. */
export const countsBalance = (facts: BalanceFacts): boolean => {
  const { balance, profile, currency } = facts;
  if (balance === undefined || balance.amount.currency !== currency) return false;
  const stays = profile.balanceSource !== "takings" || profile.settlement === "D0";
  return stays || isOfToday(balance, facts);
};

const balancePart = (facts: MoneyFacts): Part => {
  const { balance, profile, currency } = facts;
  if (balance !== undefined && balance.amount.currency === currency) {
    const { amount, at } = balance;
    if (!countsBalance(facts))
      return { amount: undefined, because: [{ kind: "balance_settled", at }] };
    const old = isOfToday(balance, facts) ? [] : [{ kind: "balance_old", at } as const];
    return { amount, because: [{ kind: "balance", amount, at }, ...old] };
  }
  if (profile.settlement === "D0")
    return { amount: zero(currency), because: [{ kind: "no_float" }] };
  return {
    amount: undefined,
    because: paysFromTakings(profile) ? [] : [{ kind: "no_balance" }],
  };
};

/** Each of these is the least that came in: they overlap, therefore the largest counts and never their sum. */
const leastTakings = ({ recorded, statements }: MoneyFacts): Money =>
  statements.reduce((most, one) => (compare(one, most) > 0 ? one : most), recorded);

const without = (kind: ReasonWithoutFigure): Part => ({ amount: undefined, because: [{ kind }] });

const takingsPart = (facts: MoneyFacts): Part => {
  const { settlement, balanceSource } = facts.profile;
  if (settlement === "D0") return without("takings_gone");
  if (balanceSource === "account") return without("takings_apart");
  if (balanceSource === "unknown") return without("source_unknown");
  if (settlement === "unknown") return without("settlement_unknown");
  const amount = leastTakings(facts);
  return { amount, because: [{ kind: "takings", amount }] };
};

/** A void takes its payment out of the takings; from an account it asks nothing. */
const underWayPart = (facts: MoneyFacts, voids: Money) => {
  const { underWay, profile, currency } = facts;
  const fromTakings = paysFromTakings(profile);
  const taken = underWay.filter(({ isVoid }) => fromTakings || !isVoid);
  const amount = sum(
    taken.map((one) => one.amount),
    currency,
  );
  const queued = fromTakings ? voids : zero(currency);
  return {
    amount: add(amount, queued),
    because: [
      ...(taken.length === 0 ? [] : [{ kind: "under_way", amount, count: taken.length } as const]),
      ...(queued.minor === 0 ? [] : [{ kind: "voids", amount: queued } as const]),
    ] satisfies readonly MoneyReason[],
  };
};

const mustAsk = ({ settlement, d0Refund }: MoneyFacts["profile"]): boolean =>
  settlement === "D0" && d0Refund === "unknown";

/**
 * What refunds can be paid from, never more than the data shows: the last known balance and today's takings where they
 * are paid from, less what was handed in since and what waits to be (refund-model.md §11). `voids` wait at the terminal.
 */
export const availableOf = (facts: MoneyFacts, voids: Money): Availability => {
  const { currency, profile, whole } = facts;
  const balance = balancePart(facts);
  const takings = takingsPart(facts);
  const gone = underWayPart(facts, voids);
  const asked = mustAsk(profile) ? [{ kind: "ask_first" } as const] : [];
  const known = [...balance.because, ...takings.because];
  const amounts = [balance, takings].flatMap(({ amount }) => amount ?? []);
  if (amounts.length === 0) return { available: undefined, because: [...known, ...asked] };
  if (!whole)
    return { available: undefined, because: [...known, { kind: "not_counted" }, ...asked] };
  return {
    available: subtract(sum(amounts, currency), gone.amount),
    because: [...known, ...gone.because, ...asked],
  };
};
