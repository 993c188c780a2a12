import type { FactOf } from "./fact.ts";
import { checkRole } from "./roles.ts";
import type { Person, Rule, State } from "./state.ts";

type Staff = FactOf<"staff">;

const signsIn: ReadonlySet<string> = new Set(["login_ok", "login_failed", "locked"]);
const ownKey: ReadonlySet<string> = new Set(["pin_set", "passkey_set"]);

const newPerson = (sid: string): Person => ({
  sid,
  active: true,
  role: undefined,
  max: undefined,
  grants: [],
  pin: undefined,
  passkeys: new Map(),
});

/** An added person is new; every other record is about somebody known. */
const findPerson = (state: State, { core, seq }: Staff): Person => {
  const known = state.people.get(core.sid);
  const isNew = core.op === "added";
  const wrong = isNew ? known !== undefined || core.sid === "sys" : known === undefined;
  if (wrong && (isNew || !state.incomplete)) state.report("E_REF", seq);
  return known ?? newPerson(core.sid);
};

const takeRole = (person: Person, { core, det }: Staff): void => {
  if (det === undefined || (core.op !== "added" && core.op !== "changed")) return;
  person.role = det.role ?? person.role ?? (core.op === "added" ? "clerk" : undefined);
  person.max = det.max;
  person.grants = det.grant ?? [];
};

const takeKey = (person: Person, { core }: Staff): void => {
  if (core.jwk === undefined) return;
  if (core.cid === undefined) person.pin = core.jwk;
  else person.passkeys.set(core.cid, core.jwk);
};

const isOwnBusiness = ({ core, ctx }: Staff): boolean =>
  signsIn.has(core.op) || (ownKey.has(core.op) && ctx?.staff === core.sid);

/** Rules of a staff record, refundlog.md §4 and §5.5. */
export const checkStaff: Rule<"staff"> = (state, fact) => {
  const person = findPerson(state, fact);
  if (!isOwnBusiness(fact)) checkRole(state, fact, "staff");
  state.people.set(person.sid, person);
  takeRole(person, fact);
  takeKey(person, fact);
  if (fact.core.op === "disabled") person.active = false;
  if (fact.core.op === "enabled") person.active = true;
};
