import type { AcquirerProfile } from "../domain/acquirers/profile.ts";
import type { ReadyRefund } from "../domain/batch-choice.ts";
import { sentOn, type Pace } from "../domain/batch-pace.ts";
import { writeRef, type CaseId } from "../domain/ids.ts";
import { addDays, businessDate, startOfDay, type Instant } from "../domain/instant.ts";
import type { Money } from "../domain/money.ts";
import { countsBalance } from "../domain/planner/available.ts";
import { planFloat, type FloatPlan, type PlanFacts } from "../domain/planner/float-plan.ts";
import { queuedOf, underWayOf, type QueuedRefund } from "../domain/planner/queue.ts";
import { takingsOf } from "../domain/planner/takings.ts";
import { latestAttempt, type RefundCase } from "../domain/refund/case.ts";
import {
  openClaims,
  paymentsBetween,
  statementsOfDay,
  takenSince,
  type Moment,
  type TakenSince,
} from "../storage/planner-facts.ts";
import { readyRefunds } from "./choose-batch.ts";
import type { Deps } from "./deps.ts";
import { readBalance, type NotedBalance } from "./note-balance.ts";
import { readPace } from "./read-pace.ts";

/** The plan of an acquirer with its rules, and the balance somebody told. */
export type AcquirerPlan = FloatPlan & {
  readonly profile: AcquirerProfile;
  readonly noted: NotedBalance | undefined;
};

/** What could be handed in, by acquirer, and how many refunds are held back by something else than money. */
export type FloatPlans = { readonly plans: readonly AcquirerPlan[]; readonly held: number };

type Asked = {
  readonly profile: AcquirerProfile;
  readonly currency: Money["currency"];
  readonly queue: readonly QueuedRefund[];
  readonly pace: Pace;
};

/** What several acquirers' plans rest on alike, read once. */
type Shared = {
  readonly claims: Awaited<ReturnType<typeof openClaims>>;
  readonly taken: (moment: Moment) => Promise<TakenSince>;
};

const readShared = async ({ journal: { db }, pause }: Deps): Promise<Shared> => {
  const known = new Map<string, Promise<TakenSince>>();
  return {
    claims: await openClaims(db),
    taken: (moment) => {
      const name = `${moment.at} ${moment.ref === undefined ? "" : writeRef(moment.ref)}`;
      const read = known.get(name) ?? takenSince(db, moment, pause);
      known.set(name, read);
      return read;
    },
  };
};

const eachOnce = (cases: readonly RefundCase[]): readonly RefundCase[] => [
  ...new Map(cases.map((one) => [one.caseId, one])).values(),
];

/** Reads what the plan of one acquirer rests on: notes, indexes and the ends of the chains, never every row. */
const factsOf = async (
  deps: Deps,
  asked: Asked,
  { now, shared: { claims, ...shared } }: { readonly now: Instant; readonly shared: Shared },
) => {
  const { db } = deps.journal;
  const { calendar, training } = deps;
  const { profile, currency, queue, pace } = asked;
  const day = businessDate(now, calendar);
  const start = startOfDay(day, calendar);
  const noted = await readBalance(deps, profile.id);
  const balance = noted && { amount: noted.amount, at: noted.at };
  const money = { profile, currency, calendar, now, balance };
  const counted = countsBalance(money) ? noted : undefined;
  const from = counted === undefined || counted.at < start ? start : counted.at;
  const before = startOfDay(addDays(day, 1), calendar);
  const taken = await shared.taken(counted ?? { at: start });
  const cases = eachOnce([...taken.cases, ...claims.cases]);
  const ours = cases.filter(
    (one) => one.acquirer === profile.id && latestAttempt(one).amount.currency === currency,
  );
  const payments = await paymentsBetween(db, [from, before]);
  const facts: PlanFacts = {
    ...money,
    recorded: takingsOf(payments, { acquirer: profile.id, currency, from, before, training }),
    statements:
      from === start ? await statementsOfDay(db, { acquirer: profile.id, currency, day }) : [],
    underWay: ours.flatMap((one) => underWayOf(one, taken.since)),
    whole: taken.whole && claims.whole,
    queue,
    sent: pace.last,
    today: sentOn(pace.today, profile.id, currency),
  };
  return { facts, noted };
};

/** The refunds by the acquirer and the currency that their money comes from. */
const groupsOf = (
  ready: readonly (readonly [ReadyRefund, QueuedRefund])[],
  pace: Pace,
): readonly Asked[] => {
  const groups = new Map<string, Asked>();
  for (const [{ profile }, refund] of ready) {
    const { currency } = refund.amount;
    const name = `${profile.id} ${currency}`;
    const known = groups.get(name)?.queue ?? [];
    groups.set(name, { profile, currency, queue: [...known, refund], pace });
  }
  return [...groups.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, of]) => of);
};

/** Advice for every acquirer with refunds to hand in: what now, what with how much money, what ends when (X13). */
export const readFloatPlans = async (deps: Deps, now: Instant): Promise<FloatPlans> => {
  const { device: home, calendar, training } = deps;
  const ready = await readyRefunds(deps);
  const forAcquirer = ready.filter(({ refundCase }) => refundCase.destination === "original");
  const queued = forAcquirer.flatMap((one) => {
    const refund = queuedOf(one, { home, calendar, now, training });
    return refund === undefined ? [] : [[one, refund] as const];
  });
  const pace = await readPace(deps, forAcquirer);
  const shared = await readShared(deps);
  const plans = await Promise.all(
    groupsOf(queued, pace).map(async (asked): Promise<AcquirerPlan> => {
      const { facts, noted } = await factsOf(deps, asked, { now, shared });
      return Object.assign({ profile: asked.profile, noted }, planFloat(facts));
    }),
  );
  return { plans, held: forAcquirer.length - queued.length };
};

/** The refunds that a plan would hand in now through a file. */
export const plannedNow = ({ plans }: FloatPlans): ReadonlySet<CaseId> =>
  new Set(
    plans.flatMap(({ queue }) =>
      queue
        .filter(({ step, refund }) => step === "now" && !refund.isVoid)
        .map(({ refund }) => refund.caseId),
    ),
  );
