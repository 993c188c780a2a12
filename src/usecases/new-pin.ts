import type { StaffId } from "../domain/ids.ts";
import type { PublicJwk } from "../domain/journal-event.ts";
import { checkPin, type PinFault } from "../domain/pin.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { StaffPlan } from "../domain/staff-change.ts";
import type { Staff } from "../domain/staff.ts";
import { parseJwk, thumbprint } from "../ledger/keys.ts";
import { readSafely } from "../storage/append-record.ts";
import type { Database } from "../storage/database.ts";
import {
  dropEnvelope,
  promoteEnvelope,
  saveEnvelope,
  type Envelopes,
} from "../storage/envelopes.ts";
import { listStaff } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";
import type { KeyEnvelope } from "./secret-keys.ts";

const padLength = 6;

/** Why a PIN cannot be set; the pad of the lock takes six digits. */
export const findPinFault = (pin: string): PinFault | undefined =>
  pin.length === padLength ? checkPin(pin) : { kind: "pin_length" };

const nameOf = (staff: StaffId): string => `pin:${staff}`;
const asideOf = (jwk: PublicJwk): string => `new-pin:${thumbprint(jwk)}`;

const isOf = (envelope: KeyEnvelope, key: PublicJwk): boolean => {
  const jwk = parseJwk(envelope["jwk"]);
  return jwk.ok && thumbprint(jwk.value) === thumbprint(key);
};

/**
 * The wrapped key that the journal names for a person, also when the app was killed before it stood in its place;
 * undefined when this device has another one or none.
 */
export const pinKeyIn = (envelopes: Envelopes, { staff, jwk }: Staff): KeyEnvelope | undefined => {
  if (jwk === undefined) return undefined;
  const known = envelopes.get(nameOf(staff));
  return known !== undefined && isOf(known, jwk) ? known : envelopes.get(asideOf(jwk));
};

/** An answer may be lost when a record was saved all the same: then its key stays. */
const dropUnnamed = async (db: Database, jwk: PublicJwk): Promise<void> => {
  const people = await listStaff(db);
  if (people.every((person) => person.jwk?.x !== jwk.x)) await dropEnvelope(db, asideOf(jwk));
};

/**
 * Makes a key under a new PIN and records it. The wrapped key lies aside until its record is saved: before that the
 * old PIN opens, after it the new one, wherever the app is killed.
 */
export const recordNewPin = async <F>(
  deps: Deps,
  pin: string,
  decideNow: (jwk: PublicJwk) => Promise<Result<StaffPlan, F>>,
): Promise<Result<StaffId, F | PinFault | RecordFault>> => {
  const fault = findPinFault(pin);
  if (fault !== undefined) return fail(fault);
  const { journal } = deps;
  const { jwk, envelope } = await deps.secretKeys.wrapNew(pin);
  const aside = asideOf(jwk);
  const kept = await readSafely(journal, () => saveEnvelope(journal.db, aside, envelope));
  if (!kept.ok) return kept;
  let staff: StaffId | undefined;
  const saved = await recordEvents<F>(deps, async () => {
    const plan = await decideNow(jwk);
    if (!plan.ok) return plan;
    staff = plan.value.event.staff;
    return ok({ events: [plan.value] });
  });
  if (!saved.ok || staff === undefined) {
    await readSafely(journal, () => dropUnnamed(journal.db, jwk));
    return saved.ok ? fail({ kind: "unknown", message: "nobody was planned" }) : saved;
  }
  const name = nameOf(staff);
  // a full disk leaves the key aside, where it is found as well
  await readSafely(journal, () => promoteEnvelope(journal.db, { aside, name }));
  return ok(staff);
};
