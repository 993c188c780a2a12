import { readInsights, type Insights } from "../domain/insights.ts";
import {
  addDays,
  businessDate,
  instantFromMs,
  startOfDay,
  type BusinessDate,
} from "../domain/instant.ts";
import type { Staff } from "../domain/staff.ts";
import { ok, type Result } from "../domain/result.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { rightOf } from "../domain/rights.ts";
import { casesBetween, statementSums } from "../storage/insight-facts.ts";
import { listStaff, shopAndDevice } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";

/** The report of some days up to and with today. */
export type InsightReport = Insights & {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  /** Share of the takings that went back, by statements that lie in these days; undefined without one. */
  readonly rate: number | undefined;
  readonly statements: number;
  /** Others' refunds are left out: this person may not see them. */
  readonly ownOnly: boolean;
  readonly people: readonly Staff[];
};

/**
 * What the refunds of the last days say. Who may not see the others' work gets only their own refunds (refund-model.md §7).
 */
export const readInsightReport = async (
  deps: Deps,
  days: number,
): Promise<Result<InsightReport, LockedFault | NotEntitled>> => {
  const person = whoMay(deps, "report_own");
  if (!person.ok) return person;
  const { db } = deps.journal;
  const { calendar } = deps;
  const to = businessDate(instantFromMs(deps.now()), calendar);
  const from = addDays(to, 1 - days);
  const time = [startOfDay(from, calendar), startOfDay(addDays(to, 1), calendar)] as const;
  const { shop } = await shopAndDevice(db, deps.device);
  const all = await casesBetween(db, time);
  const { staff } = person.value;
  const seesAll = rightOf(person.value, "report_staff") !== "no";
  const seen = seesAll ? all : all.filter(({ refundCase }) => refundCase.requestedBy === staff);
  const sums = await statementSums(db, shop.currency, [from, to]);
  return ok({
    ...readInsights(seen, {
      currency: shop.currency,
      zone: calendar.zone,
      training: deps.training,
    }),
    from,
    to,
    rate: seesAll && sums.paid > 0 ? sums.refunded / sums.paid : undefined,
    statements: sums.files,
    ownOnly: !seesAll,
    people: await listStaff(db),
  });
};
