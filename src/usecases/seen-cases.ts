import { timeOf, type InsightRange } from "../domain/insight-days.ts";
import { rightOf } from "../domain/rights.ts";
import type { DeviceId, StaffId } from "../domain/ids.ts";
import type { Staff } from "../domain/staff.ts";
import { reportedCases, type ReportedCase } from "../storage/insight-facts.ts";
import type { Deps } from "./deps.ts";
import { ownChains } from "./own-chains.ts";

/** Whose refunds somebody sees who may not see the others': their own, under every key that this device had. */
export type OnlyOf = { readonly staff: StaffId; readonly own: readonly DeviceId[] };

/** Undefined for who may see the work of all (refund-model.md §7). */
export const onlyOf = async (deps: Deps, person: Staff): Promise<OnlyOf | undefined> =>
  rightOf(person, "report_staff") === "no"
    ? { staff: person.staff, own: await ownChains(deps) }
    : undefined;

/** The refunds of some days that somebody may see, some after the other; the page may draw meanwhile. */
export async function* seenCases(
  { journal, calendar, pause }: Deps,
  range: InsightRange,
  only: OnlyOf | undefined,
): AsyncGenerator<readonly ReportedCase[], void, undefined> {
  const isSeen = ({ refundCase: { device, requestedBy } }: ReportedCase): boolean =>
    only === undefined || (requestedBy === only.staff && only.own.includes(device));
  for await (const cases of reportedCases(journal.db, timeOf(range, calendar))) {
    yield cases.filter(isSeen);
    await pause();
  }
}
