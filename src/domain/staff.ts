import { given } from "./given.ts";
import type { StaffId } from "./ids.ts";
import type { PublicJwk, Recorded, Role, StaffEvent } from "./journal-event.ts";
import type { MinorUnits } from "./money.ts";

/** A person who may work with this journal; the name is personal data, everywhere else the pseudonym stands. */
export type Staff = {
  readonly staff: StaffId;
  readonly name: string;
  readonly role: Role;
  readonly limit?: MinorUnits;
  readonly grants: readonly string[];
  readonly active: boolean;
  readonly jwk?: PublicJwk;
};

const limitAfter = (known: Staff | undefined, event: StaffEvent): MinorUnits | undefined =>
  event.op === "added" || event.op === "changed" ? event.limit : known?.limit;

const newcomer = (staff: StaffId): Staff => ({
  staff,
  name: staff,
  role: "clerk",
  grants: [],
  active: true,
});

const changes = (event: StaffEvent): Partial<Staff> => ({
  ...given("role", event.role),
  ...given("grants", event.grants),
  ...given("jwk", event.op === "passkey_set" ? undefined : event.jwk),
  active: event.op !== "disabled",
});

/** The person after one record about them. */
export const takeStaff = (known: Staff | undefined, recorded: Recorded<StaffEvent>): Staff => {
  const { event, personal } = recorded;
  const { limit: _, ...before } = known ?? newcomer(event.staff);
  const after = {
    ...before,
    ...given("name", personal?.name),
    ...given("limit", limitAfter(known, event)),
  };
  const keepsActive = event.op !== "disabled" && event.op !== "enabled";
  return { ...after, ...changes(event), ...(keepsActive ? { active: before.active } : {}) };
};
