import type { Fact } from "./fact.ts";
import { personOf, type Person, type State } from "./state.ts";

export type Grant =
  | "approve"
  | "export"
  | "result"
  | "retract"
  | "conflict"
  | "erase"
  | "staff"
  | "policy";

const ownersOnly: ReadonlySet<Grant> = new Set(["erase", "staff", "policy"]);

/** Whether a person may do this (refundlog.md §5.5); a withheld role is not judged. */
export const mayDo = (person: Person, grant: Grant): boolean => {
  if (person.role === undefined || person.role === "owner") return true;
  return (person.role === "lead" && !ownersOnly.has(grant)) || person.grants.includes(grant);
};

/** Reports F_ROLE when the person of this record may not do this; the app itself sets a shop up before anybody works in it. */
export const checkRole = (state: State, fact: Fact, grant: Grant): void => {
  if (fact.ctx === undefined) return;
  const person = personOf(state, fact);
  const setsUp = fact.ctx.staff === "sys" && (!state.isManned || state.incomplete);
  const unknown = fact.ctx.staff !== "sys" && person === undefined;
  if (setsUp || unknown) return;
  if (person === undefined || !mayDo(person, grant)) state.report("F_ROLE", fact.seq);
};
