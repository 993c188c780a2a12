import type { CaseId, DeviceId, StaffId } from "./ids.ts";
import { wallClock, type Instant, type Zone } from "./instant.ts";
import { isZero, type Money } from "./money.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";
import { standingOf } from "./refund/money-track.ts";

/** What an owner looks at again, without calling it wrong (X30). */
export const riskKinds = [
  "no_original",
  "self_approved",
  "same_payer",
  "near_limit",
  "after_hours",
] as const;

export type RiskKind = (typeof riskKinds)[number];

/** A refund, and who paid as far as the payment says. */
export type RiskCase = { readonly refundCase: RefundCase; readonly payer?: string };

type RiskTerms = {
  readonly zone: Zone;
  readonly currency: Money["currency"];
  /** Practice and real refunds are never counted together (X40). */
  readonly training: boolean;
  /** What a person refunds alone, in minor units; undefined for no limit. */
  readonly limitOf: (device: DeviceId, staff: StaffId) => number | undefined;
};

/** A refund that stands out, for the way to it. */
export type Risky = {
  readonly caseId: CaseId;
  readonly device: DeviceId;
  readonly staff: StaffId;
  readonly at: Instant;
  readonly amount: Money;
};

type ByKind<T> = Readonly<Record<RiskKind, T>>;

/** Every counter with its refunds, and each person's share in them. */
export type Risks = {
  readonly count: number;
  readonly kinds: ByKind<readonly Risky[]>;
  readonly people: readonly {
    readonly device: DeviceId;
    readonly staff: StaffId;
    readonly count: number;
    readonly kinds: ByKind<number>;
  }[];
};

/** From this many refunds of one payer on they stand out. */
const repeated = 3;
/** From this share of one's own limit on. */
const nearShare = 0.9;
/** Night by the clock of the stall, from the first hour to before the second. */
const lateFrom = 23;
const lateUntil = 6;

/** Whether a refund gives money: not one of nothing, or that came to nothing. */
export const isCounted = (refundCase: RefundCase): boolean => {
  const { money, amount } = latestAttempt(refundCase);
  return !isZero(amount) && standingOf(money) !== "frees";
};

/** Whether the one who asked for a refund allowed it. */
export const isSelfApproved = ({ history, requestedBy }: RefundCase): boolean =>
  history.some(
    ({ told, staff }) =>
      told.kind === "decided" &&
      told.about === "refund" &&
      told.result === "approve" &&
      staff === requestedBy,
  );

const isNearLimit = (refundCase: RefundCase, { currency, limitOf }: RiskTerms): boolean => {
  const { amount } = latestAttempt(refundCase);
  const limit = limitOf(refundCase.device, refundCase.requestedBy);
  if (limit === undefined || amount.currency !== currency) return false;
  return amount.minor <= limit && amount.minor >= limit * nearShare;
};

const isLate = ({ createdAt }: RefundCase, { zone }: RiskTerms): boolean => {
  const { hour } = wallClock(createdAt, zone);
  return hour >= lateFrom || hour < lateUntil;
};

const payersOften = (cases: readonly RiskCase[]): ReadonlySet<string | undefined> => {
  const times = new Map<string, number>();
  for (const { payer } of cases)
    if (payer !== undefined) times.set(payer, (times.get(payer) ?? 0) + 1);
  return new Set([...times].filter(([, count]) => count >= repeated).map(([payer]) => payer));
};

const judges: ByKind<(one: RiskCase, terms: RiskTerms, often: ReadonlySet<unknown>) => boolean> = {
  no_original: ({ refundCase }) => refundCase.paymentId === undefined,
  self_approved: ({ refundCase }) => isSelfApproved(refundCase),
  same_payer: ({ payer }, _, often) => payer !== undefined && often.has(payer),
  near_limit: ({ refundCase }, terms) => isNearLimit(refundCase, terms),
  after_hours: ({ refundCase }, terms) => isLate(refundCase, terms),
};

const riskyOf = ({ refundCase }: RiskCase): Risky => ({
  caseId: refundCase.caseId,
  device: refundCase.device,
  staff: refundCase.requestedBy,
  at: refundCase.createdAt,
  amount: latestAttempt(refundCase).amount,
});

const newestFirst = (one: Risky, other: Risky): number =>
  Number(one.at < other.at) - Number(one.at > other.at) || (one.caseId < other.caseId ? 1 : -1);

const eachKind = <T>(value: (kind: RiskKind) => T): ByKind<T> =>
  Object.fromEntries(riskKinds.map((kind) => [kind, value(kind)])) as ByKind<T>;

const isOf =
  ({ device, staff }: Pick<Risky, "device" | "staff">) =>
  (one: Risky): boolean =>
    one.device === device && one.staff === staff;

/** Counts what stands out among the refunds of a time; their order does not matter. */
export const countRisks = (all: readonly RiskCase[], terms: RiskTerms): Risks => {
  const cases = all.filter(
    ({ refundCase }) => refundCase.training === terms.training && isCounted(refundCase),
  );
  const often = payersOften(cases);
  const kinds = eachKind((kind) =>
    cases
      .filter((one) => judges[kind](one, terms, often))
      .map(riskyOf)
      .sort(newestFirst),
  );
  const every = cases.map(riskyOf);
  const people = new Map(every.map((one) => [`${one.device}:${one.staff}`, one]));
  return {
    count: cases.length,
    kinds,
    people: [...people.values()]
      .map((one) => ({
        device: one.device,
        staff: one.staff,
        count: every.filter(isOf(one)).length,
        kinds: eachKind((kind) => kinds[kind].filter(isOf(one)).length),
      }))
      .sort((one, other) => other.count - one.count || (one.staff < other.staff ? -1 : 1)),
  };
};
