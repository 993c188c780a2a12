import type { StaffId } from "../domain/ids.ts";
import type { StaffEvent } from "../domain/journal-event.ts";
import {
  graver,
  lockOut,
  mostTries,
  noTries,
  type LockOut,
  type Tries,
} from "../domain/lock-out.ts";
import type { PinFault } from "../domain/pin.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import { thumbprint } from "../ledger/keys.ts";
import type { Jwk, Sign } from "../ledger/record.ts";
import {
  countTry,
  readEnvelopes,
  triesIn,
  writeTries,
  type Envelopes,
} from "../storage/envelopes.ts";
import { listStaff } from "../storage/queries.ts";
import { actingAs, type Deps } from "./deps.ts";
import { findPinFault, pinKeyIn, recordNewPin } from "./new-pin.ts";
import { openRoot, type RootFault } from "./own-root.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";

export type UnlockFault =
  | { readonly kind: "wrong_pin"; readonly next: LockOut }
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "pin_disabled" }
  | { readonly kind: "person_unknown" }
  | { readonly kind: "pin_missing" };

/** Why nobody is let in now, whatever the PIN. */
export const refusalOf = (state: LockOut): UnlockFault | undefined => {
  if (state.kind === "disabled") return { kind: "pin_disabled" };
  return state.kind === "wait" ? state : undefined;
};

/** Tries belong to a key: a new PIN begins anew with the very record that tells it. */
const triesName = (staff: StaffId, jwk: Jwk): string => `${staff}:${thumbprint(jwk)}`;

/** Failed tries of a person: the counter or the records, whichever tell more (F60). */
export const failedTries = (
  envelopes: Envelopes,
  { staff, jwk, failed = noTries }: Staff,
): Tries => {
  const counted = jwk && triesIn(envelopes, triesName(staff, jwk));
  return graver(counted ?? noTries, failed);
};

const findPerson = async (
  { journal: { db } }: Pick<Deps, "journal">,
  staff: StaffId,
): Promise<Staff | undefined> =>
  (await listStaff(db)).find((one) => one.staff === staff && one.active);

/** How many tries a person has now, for the lock screen. */
export const triesLeft = async (
  deps: Pick<Deps, "journal" | "now">,
  staff: StaffId,
): Promise<LockOut> => {
  const person = await findPerson(deps, staff);
  const envelopes = await readEnvelopes(deps.journal.db);
  return lockOut(person === undefined ? noTries : failedTries(envelopes, person), deps.now());
};

/** Log-ins are records (rel-X2), in practice none; nobody waits at the lock until they are saved. */
const note = (deps: Deps, events: readonly StaffEvent[]): void => {
  if (deps.training) return;
  const plan = { events: events.map((event) => ({ event })) };
  void recordEvents<never>(deps, async () => ok(plan));
};

const noteFailure = (deps: Deps, staff: StaffId, fails: number): void => {
  const failure: StaffEvent = { kind: "staff", staff, op: "login_failed", fails };
  const locked: StaffEvent = { kind: "staff", staff, op: "locked" };
  const nobody: Deps = { ...deps, staff: () => undefined };
  note(nobody, fails >= mostTries ? [failure, locked] : [failure]);
};

const noteSuccess = (deps: Deps, person: Staff): void =>
  note(actingAs(deps, person), [{ kind: "staff", staff: person.staff, op: "login_ok" }]);

/** A person whose PIN was right, with the key that it opened. */
export type OpenedPerson = { readonly staff: Staff; readonly jwk: Jwk; readonly sign: Sign };

type Opened = { readonly person: OpenedPerson; readonly failsBefore: number };

const open = async (
  deps: Deps,
  staff: StaffId,
  pin: string,
): Promise<Result<Opened, UnlockFault>> => {
  const { db } = deps.journal;
  const person = await findPerson(deps, staff);
  if (person === undefined) return fail({ kind: "person_unknown" });
  const { jwk } = person;
  const envelope = pinKeyIn(await readEnvelopes(db), person);
  if (jwk === undefined || envelope === undefined) return fail({ kind: "pin_missing" });
  const name = triesName(staff, jwk);
  const { before, tries } = await countTry(db, name, deps.now(), person.failed);
  const refused = refusalOf(before);
  if (refused !== undefined) return fail(refused);
  const opened = await deps.secretKeys.open(pin, envelope);
  if (!opened.ok) {
    noteFailure(deps, staff, tries.fails);
    return fail({ kind: "wrong_pin", next: lockOut(tries, deps.now()) });
  }
  await writeTries(db, name, noTries);
  const sign = opened.value;
  return ok({ person: { staff: person, jwk, sign }, failsBefore: tries.fails - 1 });
};

/**
 * Opens a person's key by PIN for one decision. The try is counted before the PIN is looked at, so that a reload gives
 * no free one (F57); a wrong one is a record, and so is the right one that ends a row of them.
 */
export const openPerson = async (
  deps: Deps,
  staff: StaffId,
  pin: string,
): Promise<Result<OpenedPerson, UnlockFault>> => {
  const opened = await open(deps, staff, pin);
  if (!opened.ok) return opened;
  const { person, failsBefore } = opened.value;
  if (failsBefore > 0) noteSuccess(deps, person.staff);
  return ok(person);
};

/** Unlocks a person by PIN. */
export const unlock = async (
  deps: Deps,
  staff: StaffId,
  pin: string,
): Promise<Result<Staff, UnlockFault>> => {
  const opened = await open(deps, staff, pin);
  if (!opened.ok) return opened;
  const person = opened.value.person.staff;
  noteSuccess(deps, person);
  return ok(person);
};

export type ResetPinFault =
  | PinFault
  | RecordFault
  | RootFault
  | { readonly kind: "person_unknown" };

/** Sets a new PIN for an owner with the shop's recovery code; the person gets a new key, old records still verify. */
export const resetPin = async (
  deps: Deps,
  entry: { readonly staff: StaffId; readonly recoveryCode: string; readonly pin: string },
): Promise<Result<undefined, ResetPinFault>> => {
  const fault = findPinFault(entry.pin);
  if (fault !== undefined) return fail(fault);
  const person = await findPerson(deps, entry.staff);
  if (person?.role !== "owner") return fail({ kind: "person_unknown" });
  const root = await openRoot(deps, entry.recoveryCode);
  if (!root.ok) return root;
  const { staff } = person;
  const set = await recordNewPin<never>(actingAs(deps, person), entry.pin, async (jwk) =>
    ok({ event: { kind: "staff", staff, op: "pin_set", jwk } }),
  );
  return set.ok ? ok(undefined) : set;
};
