import { given } from "./given.ts";
import type { StaffId } from "./ids.ts";
import { secondsOf } from "./instant.ts";
import type { PublicJwk, Recorded, Role, StaffEvent } from "./journal-event.ts";
import type { Tries } from "./lock-out.ts";
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
  /** Wrong PINs since the last right one, as the records tell them. */
  readonly failed?: Tries;
};

const newcomer = (staff: StaffId): Staff => ({
  staff,
  name: staff,
  role: "clerk",
  grants: [],
  active: true,
});

/** Whether a record tells limit and permissions anew: what it leaves out is none. */
const tellsAll = ({ op }: StaffEvent): boolean => op === "added" || op === "changed";

const activeAfter = (known: Staff, { op }: StaffEvent): boolean => {
  if (op === "disabled") return false;
  return op === "enabled" || known.active;
};

const failedAfter = (known: Staff, { event, at }: Recorded<StaffEvent>): Tries | undefined => {
  if (event.op === "login_ok" || event.op === "pin_set") return undefined;
  return event.op === "login_failed"
    ? { fails: event.fails ?? 1, lastFailMs: secondsOf(at) * 1000 }
    : known.failed;
};

/** The person after one record about them. */
export const takeStaff = (before: Staff | undefined, recorded: Recorded<StaffEvent>): Staff => {
  const { event, personal } = recorded;
  const known = before ?? newcomer(event.staff);
  return {
    staff: known.staff,
    name: personal?.name ?? known.name,
    role: event.role ?? known.role,
    grants: tellsAll(event) ? (event.grants ?? []) : known.grants,
    active: activeAfter(known, event),
    ...given("limit", tellsAll(event) ? event.limit : known.limit),
    ...given("jwk", event.op === "passkey_set" ? known.jwk : (event.jwk ?? known.jwk)),
    ...given("failed", failedAfter(known, recorded)),
  };
};
