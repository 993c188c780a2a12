import { readHandling, type Handling } from "../domain/handling.ts";
import { given } from "../domain/given.ts";
import type { InsightCase } from "../domain/insights.ts";
import { addDays, startOfDay } from "../domain/instant.ts";
import { amountLimits, parsePolicy } from "../domain/policy/shop-policy.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { ok, type Result } from "../domain/result.ts";
import { limitOf, rightOf } from "../domain/rights.ts";
import { countRisks, type RiskCase, type Risks } from "../domain/risks.ts";
import { casesBetween } from "../storage/insight-facts.ts";
import { currentPolicy, shopAndDevice } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { listChains, type ChainHere } from "./list-chains.ts";
import { ownChains } from "./own-chains.ts";
import type { InsightRange } from "./read-insights.ts";

/** What stands out in some days, and how long refunds took at the till. */
export type RiskReport = Risks & {
  readonly handling: Handling;
  readonly chains: readonly ChainHere[];
};

const withPayers = async (
  { journal: { db } }: Deps,
  cases: readonly InsightCase[],
): Promise<readonly RiskCase[]> => {
  const ids = [...new Set(cases.flatMap(({ refundCase }) => refundCase.paymentId ?? []))];
  const rows = await db.payments.bulkGet(ids);
  const payers = new Map(rows.map((row) => [row?.paymentId, row?.payment.payer]));
  return cases.map(({ refundCase }) => ({
    refundCase,
    ...given("payer", payers.get(refundCase.paymentId)),
  }));
};

/** Counts anew from the books, which are nothing but the journal folded (X30, R56); who may not see others sees only themself. */
export const readRisks = async (
  deps: Deps,
  [from, to]: InsightRange,
): Promise<Result<RiskReport, LockedFault | NotEntitled>> => {
  const person = whoMay(deps, "report_own");
  if (!person.ok) return person;
  const { db } = deps.journal;
  const { calendar, training } = deps;
  const seesAll = rightOf(person.value, "report_staff") !== "no";
  const time = [startOfDay(from, calendar), startOfDay(addDays(to, 1), calendar)] as const;
  const found: RiskCase[] = [];
  for await (const cases of casesBetween(db, time)) {
    found.push(...(await withPayers(deps, cases)));
    await deps.pause();
  }
  const { staff } = person.value;
  const own = await ownChains(deps);
  const isOwn = ({ refundCase: { device, requestedBy } }: RiskCase): boolean =>
    requestedBy === staff && own.includes(device);
  const seen = seesAll ? found : found.filter(isOwn);
  const chains = await listChains(deps);
  const limits = amountLimits(parsePolicy((await currentPolicy(db, "policy")).document));
  const { currency } = (await shopAndDevice(db, deps.device)).shop;
  const risks = countRisks(seen, {
    zone: calendar.zone,
    currency,
    training,
    limitOf: (device, one) => {
      const known = chains.find((chain) => chain.device === device)?.people;
      const asked = known?.find((other) => other.staff === one);
      return asked && limitOf(asked, limits);
    },
  });
  const mine = seen.map(({ refundCase }) => refundCase);
  return ok({
    ...risks,
    handling: readHandling(mine.filter((one) => one.training === training)),
    chains,
  });
};
