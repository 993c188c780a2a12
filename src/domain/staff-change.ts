import { given } from "./given.ts";
import type { StaffId } from "./ids.ts";
import type { Personal, PublicJwk, Role, StaffEvent } from "./journal-event.ts";
import type { NotEntitled } from "./refund/faults.ts";
import { fail, ok, type Result } from "./result.ts";
import { rightOf, type AmountLimits } from "./rights.ts";
import type { Staff } from "./staff.ts";
import {
  cleanName,
  findNameFault,
  writeEntry,
  type NameFault,
  type StaffEntry,
} from "./staff-entry.ts";

export type StaffFault =
  | NameFault
  | { readonly kind: "person_unknown" }
  | { readonly kind: "last_owner" }
  | NotEntitled;

/** An event about a person, and their name where it is told. */
export type StaffPlan = { readonly event: StaffEvent; readonly personal?: Personal };

/** Who decides about people now, and by which limits; the newest state. */
export type StaffScene = {
  readonly people: readonly Staff[];
  readonly limits: AmountLimits;
  /** The person who wants it. */
  readonly actor: StaffId;
  /** How pseudonyms begin that are given on this device: two devices never give the same one to two people. */
  readonly mark?: string;
};

const notEntitled: StaffFault = { kind: "not_entitled", action: "manage_staff" };

/** Owners decide about everybody; who was only permitted to, about no owner, not of themselves, and makes no owner. */
const findActorFault = (
  { people, actor }: StaffScene,
  about: { readonly target?: Staff; readonly role: Role },
): StaffFault | undefined => {
  const person = people.find(({ staff }) => staff === actor);
  if (person === undefined || rightOf(person, "manage_staff") === "no") return notEntitled;
  if (person.role === "owner") return undefined;
  const reachesUp = about.role === "owner" || about.target?.role === "owner";
  return reachesUp || about.target?.staff === actor ? notEntitled : undefined;
};

const nextId = ({ people, mark = "s" }: StaffScene): StaffId => {
  const numbers = people.map(({ staff }) => {
    const [start, rest] = [staff.slice(0, mark.length), staff.slice(mark.length)];
    return start === mark && /^\d{1,9}$/.test(rest) ? Number(rest) : 0;
  });
  return `${mark}${Math.max(0, ...numbers) + 1}` as StaffId;
};

/** Someone new, under the next free pseudonym. */
export const decideNewStaff = (
  scene: StaffScene,
  entry: StaffEntry,
  jwk: PublicJwk,
): Result<StaffPlan, StaffFault> => {
  const fault = findNameFault(entry.name) ?? findActorFault(scene, { role: entry.role });
  if (fault !== undefined) return fail(fault);
  const known = writeEntry(entry, scene.limits);
  return ok({
    event: { kind: "staff", staff: nextId(scene), op: "added", jwk, ...known },
    personal: { name: cleanName(entry.name) },
  });
};

const isLastOwner = (people: readonly Staff[], { staff, role, active }: Staff): boolean =>
  role === "owner" &&
  active &&
  !people.some((one) => one.staff !== staff && one.role === "owner" && one.active);

/** The person who is meant, when the actor may decide about them. */
const findTarget = (scene: StaffScene, staff: StaffId, role?: Role): Result<Staff, StaffFault> => {
  const target = scene.people.find((one) => one.staff === staff);
  if (target === undefined) return fail({ kind: "person_unknown" });
  const fault = findActorFault(scene, { target, role: role ?? target.role });
  return fault === undefined ? ok(target) : fail(fault);
};

/** Another name, role, limit or other permissions; all but the name are told anew. */
export const decideStaffChange = (
  scene: StaffScene,
  staff: StaffId,
  entry: StaffEntry,
): Result<StaffPlan, StaffFault> => {
  const fault = findNameFault(entry.name);
  if (fault !== undefined) return fail(fault);
  const target = findTarget(scene, staff, entry.role);
  if (!target.ok) return target;
  if (entry.role !== "owner" && isLastOwner(scene.people, target.value))
    return fail({ kind: "last_owner" });
  const name = cleanName(entry.name);
  return ok({
    event: { kind: "staff", staff, op: "changed", ...writeEntry(entry, scene.limits) },
    ...given("personal", name === target.value.name ? undefined : { name }),
  });
};

/** Switches a person off or on; somebody must remain who can switch on. */
export const decideActive = (
  scene: StaffScene,
  staff: StaffId,
  active: boolean,
): Result<StaffPlan, StaffFault> => {
  const target = findTarget(scene, staff);
  if (!target.ok) return target;
  if (!active && isLastOwner(scene.people, target.value)) return fail({ kind: "last_owner" });
  return ok({ event: { kind: "staff", staff, op: active ? "enabled" : "disabled" } });
};

/** A new key under a new PIN for somebody else. */
export const decideNewPin = (
  scene: StaffScene,
  staff: StaffId,
  jwk: PublicJwk,
): Result<StaffPlan, StaffFault> => {
  const target = findTarget(scene, staff);
  return target.ok ? ok({ event: { kind: "staff", staff, op: "pin_set", jwk } }) : target;
};

const followOne = ({ staff, name, role, grants }: Staff, limits: AmountLimits): StaffEvent => {
  const known = writeEntry({ name, role, limit: undefined, grants }, limits);
  return { kind: "staff", staff, op: "changed", ...known };
};

/** After a change of the roles' limits: what the records of everybody say who has no own one. */
export const followLimits = (
  people: readonly Staff[],
  before: AmountLimits,
  after: AmountLimits,
): readonly StaffEvent[] =>
  people
    .filter(({ role, limit }) => limit === before[role] && before[role] !== after[role])
    .map((person) => followOne(person, after));
