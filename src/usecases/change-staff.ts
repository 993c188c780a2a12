import type { StaffId } from "../domain/ids.ts";
import { lockOut } from "../domain/lock-out.ts";
import type { PinFault } from "../domain/pin.ts";
import type { MinorUnits } from "../domain/money.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import {
  decideActive,
  decideNewPin,
  decideNewStaff,
  decideStaffChange,
  type StaffFault,
  type StaffPlan,
  type StaffScene,
} from "../domain/staff-change.ts";
import { findNameFault, ownLimit, type StaffEntry } from "../domain/staff-entry.ts";
import type { Staff } from "../domain/staff.ts";
import type { AmountLimits } from "../domain/rights.ts";
import { readEnvelopes, type Envelopes } from "../storage/envelopes.ts";
import { listStaff, shopAndDevice } from "../storage/queries.ts";
import { currentLimits } from "./approve-refund.ts";
import { firstLabel } from "./begin-chain.ts";
import { whoActs, whoMay, type Deps, type LockedFault } from "./deps.ts";
import { findPinFault, pinKeyIn, recordNewPin } from "./new-pin.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";
import { failedTries, openPerson, type UnlockFault } from "./unlock.ts";

/** A new PIN, typed twice. */
export type NewPin = { readonly pin: string; readonly again: string };

type NewPinFault = PinFault | { readonly kind: "pin_differs" };

export type ChangeStaffFault = StaffFault | LockedFault | RecordFault;

export type SetPinFault = ChangeStaffFault | NewPinFault;

const checkNewPin = ({ pin, again }: NewPin): NewPinFault | undefined =>
  findPinFault(pin) ?? (pin === again ? undefined : { kind: "pin_differs" });

const sceneFor = async (deps: Deps, actor: StaffId): Promise<StaffScene> => ({
  people: await listStaff(deps.journal.db),
  limits: await currentLimits(deps),
  actor,
});

/** The prefix of a device belongs to it alone, so a pseudonym that begins with it is nobody else's (X45). */
const markOf = async ({ journal, device }: Deps): Promise<{ readonly mark?: string }> => {
  const { label, prefix } = (await shopAndDevice(journal.db, device)).device;
  return label === firstLabel ? {} : { mark: `${prefix.toLowerCase()}-` };
};

/** A person joins with a first PIN, which they should change. */
export const addStaff = async (
  deps: Deps,
  entry: StaffEntry,
  newPin: NewPin,
): Promise<Result<StaffId, SetPinFault>> => {
  const actor = whoMay(deps, "manage_staff");
  if (!actor.ok) return actor;
  const fault = findNameFault(entry.name) ?? checkNewPin(newPin);
  if (fault !== undefined) return fail(fault);
  const { staff } = actor.value;
  return recordNewPin<StaffFault>(deps, newPin.pin, async (jwk) =>
    decideNewStaff({ ...(await sceneFor(deps, staff)), ...(await markOf(deps)) }, entry, jwk),
  );
};

const recordChange = async (
  deps: Deps,
  decideNow: (scene: StaffScene) => Result<StaffPlan, StaffFault>,
): Promise<Result<undefined, ChangeStaffFault>> => {
  const actor = whoMay(deps, "manage_staff");
  if (!actor.ok) return actor;
  const { staff } = actor.value;
  const saved = await recordEvents<StaffFault>(deps, async () => {
    const plan = decideNow(await sceneFor(deps, staff));
    return plan.ok ? ok({ events: [plan.value] }) : plan;
  });
  return saved.ok ? ok(undefined) : saved;
};

/** Name, role, limit and permissions of a person, as they are from now on. */
export const changeStaff = (
  deps: Deps,
  staff: StaffId,
  entry: StaffEntry,
): Promise<Result<undefined, ChangeStaffFault>> =>
  recordChange(deps, (scene) => decideStaffChange(scene, staff, entry));

/** Switches a person off at once; what they recorded stays (F69). */
export const disableStaff = (
  deps: Deps,
  staff: StaffId,
): Promise<Result<undefined, ChangeStaffFault>> =>
  recordChange(deps, (scene) => decideActive(scene, staff, false));

/** Lets a person work again, with the PIN they had. */
export const enableStaff = (
  deps: Deps,
  staff: StaffId,
): Promise<Result<undefined, ChangeStaffFault>> =>
  recordChange(deps, (scene) => decideActive(scene, staff, true));

/** A new PIN for a person who forgot theirs; a new key, old records still verify (F63). */
export const resetStaffPin = async (
  deps: Deps,
  staff: StaffId,
  newPin: NewPin,
): Promise<Result<undefined, SetPinFault>> => {
  const actor = whoMay(deps, "manage_staff");
  if (!actor.ok) return actor;
  const fault = checkNewPin(newPin);
  if (fault !== undefined) return fail(fault);
  const set = await recordNewPin<StaffFault>(deps, newPin.pin, async (jwk) =>
    decideNewPin(await sceneFor(deps, actor.value.staff), staff, jwk),
  );
  return set.ok ? ok(undefined) : set;
};

export type OwnPinFault = NewPinFault | UnlockFault | LockedFault | RecordFault;

/** The own PIN: everybody may, who knows the old one. */
export const changeOwnPin = async (
  deps: Deps,
  { old, ...newPin }: NewPin & { readonly old: string },
): Promise<Result<undefined, OwnPinFault>> => {
  const actor = whoActs(deps);
  if (!actor.ok) return actor;
  const fault = checkNewPin(newPin);
  if (fault !== undefined) return fail(fault);
  const { staff } = actor.value;
  const opened = await openPerson(deps, staff, old);
  if (!opened.ok) return opened;
  const set = await recordNewPin<never>(deps, newPin.pin, async (jwk) =>
    ok({ event: { kind: "staff", staff, op: "pin_set", jwk } }),
  );
  return set.ok ? ok(undefined) : set;
};

/** How a person's PIN stands on this device. */
export type PinState = "set" | "locked" | "missing";

/** A person as the list of people shows them. */
export type Person = {
  readonly staff: Staff;
  /** Undefined where the role's limit counts. */
  readonly own: MinorUnits | undefined;
  readonly pin: PinState;
};

const pinStateOf = (envelopes: Envelopes, person: Staff, nowMs: number): PinState => {
  if (pinKeyIn(envelopes, person) === undefined) return "missing";
  return lockOut(failedTries(envelopes, person), nowMs).kind === "disabled" ? "locked" : "set";
};

/** Everybody who works or worked here, and the limits of the roles. */
export const listPeople = async (
  deps: Deps,
): Promise<{ readonly people: readonly Person[]; readonly limits: AmountLimits }> => {
  const { db } = deps.journal;
  const [all, envelopes, limits] = await Promise.all([
    listStaff(db),
    readEnvelopes(db),
    currentLimits(deps),
  ]);
  const people = all.map((staff) => ({
    staff,
    own: ownLimit(staff, limits),
    pin: pinStateOf(envelopes, staff, deps.now()),
  }));
  return { people, limits };
};
