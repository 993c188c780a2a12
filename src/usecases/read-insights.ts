import {
  newDays,
  timeOf,
  wholeDays,
  type InsightDay,
  type InsightRange,
} from "../domain/insight-days.ts";
import { newInsights, type Insights } from "../domain/insights.ts";
import { addDays, businessDate, instantFromMs } from "../domain/instant.ts";
import { money } from "../domain/money.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { ok, type Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import { countRefusals, findPaidBetween, statementSums } from "../storage/insight-facts.ts";
import { listStaff, shopAndDevice } from "../storage/queries.ts";
import { importsHere } from "../storage/reconcile-facts.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { onlyOf, seenCases } from "./seen-cases.ts";

/** The report of some days. */
export type InsightReport = Insights & {
  /** Share of the takings that went back, by statements that lie in these days; undefined without one. */
  readonly rate: number | undefined;
  readonly statements: number;
  /** Requests that were declined. */
  readonly declined: number;
  /** Others' refunds are left out: this person may not see them. */
  readonly ownOnly: boolean;
  readonly people: readonly Staff[];
};

/** So many days up to and with today. */
export const lastDays = (deps: Pick<Deps, "now" | "calendar">, days: number): InsightRange => {
  const to = businessDate(instantFromMs(deps.now()), deps.calendar);
  return [addDays(to, 1 - days), to];
};

/**
 * What the refunds of some days say, added up in slices. Who may not see the others' work gets only their own refunds
 * (refund-model.md §7).
 */
export const readInsightReport = async (
  deps: Deps,
  range: InsightRange,
): Promise<Result<InsightReport, LockedFault | NotEntitled>> => {
  const person = whoMay(deps, "report_own");
  if (!person.ok) return person;
  const { db } = deps.journal;
  const { calendar, training } = deps;
  const { currency } = (await shopAndDevice(db, deps.device)).shop;
  const only = await onlyOf(deps, person.value);
  const insights = newInsights({ currency, calendar, range, training });
  for await (const cases of seenCases(deps, range, only)) insights.take(cases);
  const sums = await statementSums(db, currency, range);
  return ok({
    ...insights.result(),
    rate: only === undefined && sums.paid > 0 ? sums.refunded / sums.paid : undefined,
    statements: sums.files,
    declined: await countRefusals(db, timeOf(range, calendar), only),
    ownOnly: only !== undefined,
    people: await listStaff(db),
  });
};

/** What was paid on each day; a day whose statements are not all here is left out. */
export type Takings =
  | { readonly kind: "days"; readonly days: readonly InsightDay[] }
  /** So many rows are not added up on a page. */
  | { readonly kind: "too_many" };

/** What statements say was paid on each day, for rates by day; nothing for who sees only their own refunds. */
export const readTakings = async (deps: Deps, range: InsightRange): Promise<Takings> => {
  const person = whoMay(deps, "report_staff");
  if (!person.ok) return { kind: "days", days: [] };
  const { db } = deps.journal;
  const { calendar } = deps;
  const { currency } = (await shopAndDevice(db, deps.device)).shop;
  const whole = wholeDays(await importsHere(db), range);
  if (whole.size === 0) return { kind: "days", days: [] };
  const blocks = await findPaidBetween(db, timeOf(range, calendar));
  if (blocks === undefined) return { kind: "too_many" };
  const days = newDays(range, calendar, currency);
  for await (const rows of blocks) {
    for (const row of rows)
      if (row.currency === currency) days.put(row.at, money(row.minor, currency));
    await deps.pause();
  }
  return { kind: "days", days: days.all().filter(({ date }) => whole.has(date)) };
};
