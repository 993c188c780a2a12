import type { StaffId } from "../domain/ids.ts";
import { rightOf, whoMay as entitledAmong, type Action } from "../domain/rights.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import { listStaff } from "../storage/queries.ts";
import { currentLimits } from "./approve-refund.ts";
import { actingAs, type Deps } from "./deps.ts";
import { openPerson, type UnlockFault } from "./unlock.ts";

/** Everybody else who works here and may do this alone; with an amount, within their limit. */
export const entitledPeople = async (
  deps: Deps,
  action: Action,
  amount = 0,
): Promise<readonly Staff[]> => {
  const people = await listStaff(deps.journal.db);
  const others = people.filter(({ staff }) => staff !== deps.staff()?.staff);
  return entitledAmong(others, action, { amount, limits: await currentLimits(deps) });
};

/** One step in an entitled person's name, after their PIN: the person at the till stays the same. */
export const actAs = async (
  deps: Deps,
  action: Action,
  entry: { readonly person: StaffId; readonly pin: string },
): Promise<Result<Deps, UnlockFault | NotEntitled>> => {
  const opened = await openPerson(deps, entry.person, entry.pin);
  if (!opened.ok) return opened;
  const { staff } = opened.value;
  return rightOf(staff, action) === "no"
    ? fail({ kind: "not_entitled", action })
    : ok(actingAs(deps, staff));
};
