import { firstOwner } from "../domain/ids.ts";
import { practicePin } from "../domain/practice-pin.ts";
import { listStaff } from "../storage/queries.ts";
import { addStaff } from "./change-staff.ts";
import { actingAs, type Deps } from "./deps.ts";

const roles = ["clerk", "lead"] as const;

/** Gives a practice shop a clerk and a lead besides its owner, so that limits and approvals can be tried. */
export const addPracticePeople = async (
  deps: Deps,
  names: { readonly [Role in (typeof roles)[number]]: string },
): Promise<void> => {
  const people = await listStaff(deps.journal.db);
  const owner = people.find(({ staff }) => staff === firstOwner);
  if (owner === undefined) return;
  const missing = roles.filter((role) => people.every((person) => person.role !== role));
  for (const role of missing) {
    const entry = { name: names[role], role, limit: undefined, grants: [] };
    await addStaff(actingAs(deps, owner), entry, { pin: practicePin, again: practicePin });
  }
};
