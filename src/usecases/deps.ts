import type { Calendar } from "../domain/instant.ts";
import type { DeviceId } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { rightOf, type Action } from "../domain/rights.ts";
import type { Staff } from "../domain/staff.ts";
import type { Jwk, Random, Sign, Verify } from "../ledger/record.ts";
import type { Journal } from "../storage/append-record.ts";
import type { SecretKeys } from "./secret-keys.ts";

/** A finished file that is about to leave the app. */
export type OutFile = {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** How the platform answered when a file was handed out; only shared and saved count as out. */
export type Delivery = "shared" | "saved" | "cancelled" | "blocked";

/** All that is impure, built in main.tsx for the running app and by testDeps() for tests. */
export type Deps = {
  readonly journal: Journal;
  readonly device: DeviceId;
  /** The device's enrolment, as export files carry it. */
  readonly certificate: string;
  readonly calendar: Calendar;
  /** Practice: records are marked and never leave for an acquirer. */
  readonly training: boolean;
  /** Version and build hash, at most 64 printable characters. */
  readonly app: string;
  /** This device's public key; its thumbprint is `device`. */
  readonly jwk: Jwk;
  readonly sign: Sign;
  readonly verify: Verify;
  readonly random: Random;
  /** Milliseconds since 1970 by the device's clock. */
  readonly now: () => number;
  /** Ordinal of this start of the app and milliseconds since it, by a clock that nobody sets. */
  readonly sinceStart: () => readonly [start: number, ms: number];
  /** Lets the page draw and answer taps in the middle of long work. */
  readonly pause: () => Promise<void>;
  /** One writer over tabs and workers. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  /** Hears after each record whether both copies hold it, for the status of the whole app; 0 when nothing is recorded any more. */
  readonly onSaved: (copies: 0 | 1 | 2) => void;
  /** Keys of people, opened by their PIN for as long as one decision takes. */
  readonly secretKeys: SecretKeys;
  /** The person who is unlocked; undefined while locked. */
  readonly staff: () => Staff | undefined;
};

/** Nobody is unlocked: the screen asks for a PIN. */
export type LockedFault = { readonly kind: "locked" };

/** The unlocked person, or the fault that sends the screen to the lock. */
export const whoActs = (deps: Deps): Result<Staff, LockedFault> => {
  const staff = deps.staff();
  return staff === undefined ? fail({ kind: "locked" }) : ok(staff);
};

/** The unlocked person when they may do this at all; what lies above their limit is judged where the amount is known. */
export const whoMay = (deps: Deps, action: Action): Result<Staff, LockedFault | NotEntitled> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  return rightOf(staff.value, action) === "no" ? fail({ kind: "not_entitled", action }) : staff;
};

/** The same abilities in another person's name, for one step that the one at the till may not do. */
export const actingAs = (deps: Deps, staff: Staff): Deps => ({ ...deps, staff: () => staff });
