import { lockOut, noTries, type LockOut } from "../domain/lock-out.ts";
import type { StaffId } from "../domain/ids.ts";
import { checkPin, type PinFault } from "../domain/pin.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import {
  countTry,
  findEnvelope,
  readTries,
  saveEnvelope,
  writeTries,
} from "../storage/envelopes.ts";
import { listStaff } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";
import type { SecretKeys } from "./secret-keys.ts";

export type UnlockDeps = Pick<Deps, "journal" | "now"> & { readonly secretKeys: SecretKeys };

export type UnlockFault =
  | { readonly kind: "wrong_pin"; readonly next: LockOut }
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "pin_disabled" }
  | { readonly kind: "person_unknown" };

const refusal = (state: LockOut): UnlockFault | undefined => {
  if (state.kind === "disabled") return { kind: "pin_disabled" };
  return state.kind === "wait" ? state : undefined;
};

/** How many tries a person has now, for the lock screen. */
export const triesLeft = async (deps: UnlockDeps, staff: StaffId): Promise<LockOut> =>
  lockOut((await readTries(deps.journal.db, staff)) ?? noTries, deps.now());

/** Unlocks a person by PIN. The try is counted before the PIN is looked at, so that a reload gives no free one (F57). */
export const unlock = async (
  deps: UnlockDeps,
  staff: StaffId,
  pin: string,
): Promise<Result<Staff, UnlockFault>> => {
  const { db } = deps.journal;
  const person = (await listStaff(db)).find((one) => one.staff === staff && one.active);
  const envelope = await findEnvelope(db, `pin:${staff}`);
  if (person === undefined || envelope === undefined) return fail({ kind: "person_unknown" });
  const { before, tries } = await countTry(db, staff, deps.now());
  const refused = refusal(before);
  if (refused !== undefined) return fail(refused);
  const opened = await deps.secretKeys.open(pin, envelope);
  if (!opened.ok) return fail({ kind: "wrong_pin", next: lockOut(tries, deps.now()) });
  await writeTries(db, staff, noTries);
  return ok(person);
};

export type ResetPinFault = PinFault | RecordFault | { readonly kind: "wrong_recovery_code" };

/** Sets a new PIN for the owner with the shop's recovery code; the person gets a new key, old records still verify. */
export const resetPin = async (
  deps: Deps & UnlockDeps,
  entry: { readonly staff: StaffId; readonly recoveryCode: string; readonly pin: string },
): Promise<Result<undefined, ResetPinFault>> => {
  const fault = checkPin(entry.pin);
  if (fault !== undefined) return fail(fault);
  const { db } = deps.journal;
  const root = await findEnvelope(db, "root");
  const code = entry.recoveryCode.toUpperCase();
  const opened = root === undefined ? undefined : await deps.secretKeys.open(code, root);
  if (opened?.ok !== true) return fail({ kind: "wrong_recovery_code" });
  const person = await deps.secretKeys.wrapNew(entry.pin);
  const saved = await recordEvents(deps, async () =>
    planOf({ kind: "staff", staff: entry.staff, op: "pin_set", jwk: person.jwk }),
  );
  if (!saved.ok) return saved;
  await saveEnvelope(db, `pin:${entry.staff}`, person.envelope);
  await writeTries(db, entry.staff, noTries);
  return ok(undefined);
};
