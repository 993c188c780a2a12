import { actsElsewhere } from "../domain/foreign-refs.ts";
import { given } from "../domain/given.ts";
import { instantFromSeconds, type Instant } from "../domain/instant.ts";
import { system, type RecordRef, type StaffId } from "../domain/ids.ts";
import type { JournalEvent, Personal, Recorded } from "../domain/journal-event.ts";
import { findCardNumbers } from "../domain/pan-guard.ts";
import { counterOf } from "../domain/refund-number.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { sealRecord, type ChainHead, type SealContext } from "../ledger/seal.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { validityOf } from "../ledger/validity.ts";
import {
  appendRecords,
  findSaved,
  readHead,
  readSafely,
  type AppendFault,
  type Head,
  type Saved,
} from "../storage/append-record.ts";
import { mayGoOn, noteOnce } from "../storage/one-copy.ts";
import type { Deps, LockedFault } from "./deps.ts";
import { nameElsewhere } from "./name-elsewhere.ts";

/** What is to be recorded together: all of it or nothing. */
export type Plan = {
  readonly events: readonly { readonly event: JournalEvent; readonly personal?: Personal }[];
};

/** What a decision may rest on besides the rows it reads itself. */
export type Moment = {
  readonly now: Instant;
  readonly head: Head | undefined;
  /** Where the n-th event of the plan will stand, from 0. */
  readonly refAt: (index: number) => RecordRef;
};

/** The decision could not be recorded: the reason lies in storage, not in the rules, or in what no record may hold. */
export type RecordFault =
  | AppendFault
  | LockedFault
  | { readonly kind: "clock_unusable" }
  | { readonly kind: "card_number_in_text" }
  | { readonly kind: "other_device" }
  /** This device has a new key, and this page still holds the old one. */
  | { readonly kind: "chain_ended" }
  /** The safety copy lacks the last record and cannot take it: nothing more is signed (X37). */
  | { readonly kind: "copy_missing" };

type Entry = { readonly record: SignedRecord; readonly recorded: Recorded };

/** Anything before this app was written is a clock that was never set. */
const earliest = 1_700_000_000;

/** A record outside the key's validity is good for nobody, for ever: the clock is set right first (X39). */
const isClockUsable = ({ now, certificate }: Deps): boolean => {
  const seconds = now() / 1000;
  const { from = earliest, until = Infinity } = validityOf(certificate) ?? {};
  return seconds >= Math.max(from, earliest) && seconds <= until;
};

const momentOf = (deps: Deps, head: Head | undefined): Moment => ({
  now: instantFromSeconds(Math.floor(deps.now() / 1000)),
  head,
  refAt: (index) => ({ device: deps.device, seq: (head === undefined ? 0 : head.seq + 1) + index }),
});

const contextOf = (deps: Deps, staff: StaffId): SealContext => ({
  device: deps.device,
  iat: Math.floor(deps.now() / 1000),
  training: deps.training,
  app: deps.app,
  clock: deps.sinceStart(),
  staff,
  zone: deps.calendar.zone,
});

const sealOne = async (
  deps: Deps,
  head: Head | undefined,
  planned: Plan["events"][number],
): Promise<{ readonly entry: Entry; readonly head: Head }> => {
  const context = contextOf(deps, deps.staff()?.staff ?? system);
  const sealed = await sealRecord(planned, head, context, deps);
  const { record, recorded } = sealed;
  return {
    entry: { record, recorded },
    head: nextHead(deps, head, { chain: sealed.head, event: planned.event }),
  };
};

const nextHead = (
  deps: Deps,
  before: Head | undefined,
  { chain, event }: { readonly chain: ChainHead; readonly event: JournalEvent },
): Head => ({
  ...chain,
  device: deps.device,
  revision: (before?.revision ?? 0) + 1,
  refundCounter: event.kind === "refund" ? counterOf(event.refundNo) : (before?.refundCounter ?? 0),
  ...given("ended", before?.ended ?? (event.kind === "rotate" ? true : undefined)),
});

const sealAll = async (
  deps: Deps,
  base: Head | undefined,
  plan: Plan,
): Promise<{ readonly entries: readonly Entry[]; readonly head: Head }> => {
  const entries: Entry[] = [];
  let head = base;
  for (const planned of plan.events) {
    const sealed = await sealOne(deps, head, planned);
    entries.push(sealed.entry);
    head = sealed.head;
  }
  if (head === undefined) throw new Error("a plan holds at least one event");
  return { entries, head };
};

const appendPlan = async (
  deps: Deps,
  base: Head | undefined,
  { plan, intent }: { readonly plan: Plan; readonly intent: string | undefined },
): Promise<Result<Saved, AppendFault>> => {
  const { entries, head } = await sealAll(deps, base, plan);
  const saved = await appendRecords(deps.journal, {
    base,
    head,
    entries,
    ...given("intent", intent),
  });
  if (!saved.ok) return saved;
  deps.onSaved(saved.value.copies);
  await noteOnce(deps.journal.db, saved.value).catch(() => undefined); // the record is there all the same
  return saved;
};

/** Somebody who was switched off, maybe in another window, records nothing any more (F69). */
export const isOut = async ({ journal, staff }: Deps): Promise<boolean> => {
  const person = staff();
  const known = person && (await journal.db.staff.get(person.staff));
  return known?.active === false;
};

/** All that people typed: what is said of a person, and an answer that somebody read out. */
const typedIn = ({ event, personal = {} }: Plan["events"][number]): readonly string[] => {
  const { evidence: _, ...texts } = personal;
  const answer = event.kind === "money" ? Object.values(event.raw ?? {}) : [];
  return [...Object.values(texts), ...answer];
};

/** No journal holds a card number, whoever typed it where (R55, F84). */
const holdsCard = ({ events }: Plan): boolean =>
  events.some((planned) => typedIn(planned).some((text) => findCardNumbers(text).length > 0));

/**
 * The one door to the journal: decides on the newest state, signs, and appends all or nothing.
 * The decision is asked again when another tab was faster; it must therefore read its rows itself.
 * The same intent is recorded once, however often it is asked for (X1).
 */
export const recordEvents = async <F>(
  deps: Deps,
  decideNow: (moment: Moment) => Promise<Result<Plan, F>>,
  intent?: string,
): Promise<Result<Saved, F | RecordFault>> =>
  deps.exclusively(async () => {
    if (!isClockUsable(deps)) return fail({ kind: "clock_unusable" });
    const { journal } = deps;
    const earlier = await readSafely(journal, async () =>
      intent === undefined ? undefined : findSaved(journal, intent),
    );
    if (!earlier.ok) return earlier;
    if (earlier.value !== undefined) return ok(earlier.value);
    for (let tries = 1; ; tries++) {
      const decided = await readSafely(journal, async () => {
        const base = await readHead(journal, deps.device);
        const plan = await decideNow(momentOf(deps, base));
        const named = plan.ok ? ok(await nameElsewhere(deps, plan.value)) : plan;
        return { base, out: await isOut(deps), plan: named };
      });
      if (!decided.ok) return decided;
      const { base, out, plan } = decided.value;
      if (!plan.ok) return plan;
      const fault = faultIn(deps, plan.value, { base, out });
      if (fault !== undefined) return fail(fault);
      const safe = await keepSafe(deps, plan.value);
      if (!safe.ok) return safe;
      const saved = await appendPlan(deps, base, { plan: plan.value, intent });
      if (saved.ok || saved.fault.kind !== "head_moved" || tries === 3) return saved;
    }
  });

const onlyExports = ({ events }: Plan): boolean =>
  events.every(({ event }) => event.kind === "export");

/** What was recorded lies in both copies, or may lie in one; a file may leave in any case. */
const isSafe = async (deps: Deps, plan: Plan): Promise<boolean> => {
  if (onlyExports(plan)) return true;
  const safe = await mayGoOn(deps.journal, deps.device);
  if (!safe.ok) deps.onSaved(0);
  return safe.ok;
};

const keepSafe = async (
  deps: Deps,
  plan: Plan,
): Promise<Result<undefined, AppendFault | { readonly kind: "copy_missing" }>> => {
  const safe = await readSafely(deps.journal, () => isSafe(deps, plan));
  if (!safe.ok) return safe;
  return safe.value ? ok(undefined) : fail({ kind: "copy_missing" });
};

/** Somebody is out, the chain has ended, or the plan says what no record may. */
const faultIn = (
  { device }: Deps,
  plan: Plan,
  { base, out }: { readonly base: Head | undefined; readonly out: boolean },
): Exclude<RecordFault, AppendFault> | undefined => {
  if (out) return { kind: "locked" };
  if (base?.ended === true && !onlyExports(plan)) return { kind: "chain_ended" };
  if (holdsCard(plan)) return { kind: "card_number_in_text" };
  return plan.events.some(({ event }) => actsElsewhere(event, device))
    ? { kind: "other_device" }
    : undefined;
};

/** A plan of one event. */
export const planOf = (event: JournalEvent, personal?: Personal): Result<Plan, never> =>
  ok({ events: [{ event, ...(personal === undefined ? {} : { personal }) }] });
