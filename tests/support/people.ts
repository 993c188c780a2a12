import type { StaffId } from "../../src/domain/ids.ts";
import type { StaffEvent } from "../../src/domain/journal-event.ts";
import type { StaffEntry } from "../../src/domain/staff-entry.ts";
import type { Staff } from "../../src/domain/staff.ts";
import { recordsFrom } from "../../src/storage/queries.ts";
import { openRecord, toRecorded } from "../../src/storage/stored-record.ts";
import { addStaff } from "../../src/usecases/change-staff.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { valueOf } from "./a.ts";

/** A PIN that nobody guesses at once, for everybody but the owner. */
export const pin = "482915";
/** The one that aShop() is opened with. */
export const ownerPin = "739182";

export const anEntry = (over: Partial<StaffEntry> = {}): StaffEntry => ({
  name: "小王",
  role: "clerk",
  limit: undefined,
  grants: [],
  ...over,
});

/** A person by id as the newest state knows them. */
export const personOf = async ({ journal }: Deps, staff: StaffId): Promise<Staff> => {
  const person = await journal.db.staff.get(staff);
  if (person === undefined) throw new Error(`nobody is ${staff}`);
  return person;
};

/** Somebody new, added by whoever is at the till. */
export const join = async (deps: Deps, over: Partial<StaffEntry> = {}): Promise<Staff> =>
  personOf(deps, valueOf(await addStaff(deps, anEntry(over), { pin, again: pin })));

/** The same till with this person at it. */
export const as = async (deps: Deps, staff: StaffId): Promise<Deps> =>
  actingAs(deps, await personOf(deps, staff));

/** Waits for what is recorded behind an answer. */
export const settled = (deps: Deps): Promise<void> => deps.exclusively(async () => undefined);

/** Every record about people with who wrote it, oldest first. */
export const staffRecords = async (
  deps: Deps,
): Promise<readonly (StaffEvent & { readonly by: StaffId })[]> => {
  await settled(deps);
  const events: (StaffEvent & { readonly by: StaffId })[] = [];
  for await (const records of recordsFrom(deps.journal.db, deps.device, 0, 9999))
    for (const record of records) {
      const stored = openRecord(record);
      const told = stored && toRecorded(stored, undefined);
      if (told?.event.kind === "staff") events.push({ ...told.event, by: told.staff });
    }
  return events;
};
