import { readHandling, type Handling } from "../domain/handling.ts";
import type { InsightRange } from "../domain/insight-days.ts";
import { amountLimits, parsePolicy } from "../domain/policy/shop-policy.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { ok, type Result } from "../domain/result.ts";
import { limitOf } from "../domain/rights.ts";
import { countRisks, type RiskCase, type Risks } from "../domain/risks.ts";
import { currentPolicy, shopAndDevice } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { listChains, type ChainHere } from "./list-chains.ts";
import { onlyOf, seenCases } from "./seen-cases.ts";

/** What stands out in some days, and how long refunds took at the till. */
export type RiskReport = Risks & {
  readonly handling: Handling;
  readonly chains: readonly ChainHere[];
};

/** Counts anew from the books, which are nothing but the journal folded (X30, R56); who may not see others sees only themself. */
export const readRisks = async (
  deps: Deps,
  range: InsightRange,
): Promise<Result<RiskReport, LockedFault | NotEntitled>> => {
  const person = whoMay(deps, "report_own");
  if (!person.ok) return person;
  const { db } = deps.journal;
  const { calendar, training } = deps;
  const only = await onlyOf(deps, person.value);
  const seen: RiskCase[] = [];
  for await (const cases of seenCases(deps, range, only)) seen.push(...cases);
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
