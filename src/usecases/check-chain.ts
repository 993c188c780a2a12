import type { DeviceId } from "../domain/ids.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { noteDamage } from "../storage/quick-check.ts";
import { follows, openRecord } from "../storage/stored-record.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { lastNumber, walkChain, type ChainJob, type Step } from "./walk-chain.ts";

/** What a walk along a whole chain found. */
export type ChainCheck = {
  /** The number of its last record. */
  readonly last: number;
  /** Numbers that no record has, at most a page of them. */
  readonly missing: readonly number[];
  /** Records whose bytes are not the signed ones, or that do not join the one before; at most a page of them. */
  readonly broken: readonly number[];
};

const most = 50;

/** Numbers between two records that stand next to each other here. */
const between = (after: number, before: number): readonly number[] =>
  Array.from({ length: Math.min(most, before - after - 1) }, (_, index) => after + 1 + index);

/** Behind a gap nothing says which record comes before. */
const joins = ([record, before]: Step): boolean => {
  const stored = openRecord(record);
  if (stored === undefined) return false;
  const isBehindGap = record.seq > 0 && before?.seq !== record.seq - 1;
  return isBehindGap || follows(stored, before);
};

/**
 * Walks a chain from its first record to its last: every number must be there, unchanged, and join the one before (R52). Damage
 * in the chain that is written here makes the next start look at all of it, and repair what the safety copy holds.
 */
export const checkChain = async (
  deps: Deps,
  device: DeviceId,
  job: ChainJob,
): Promise<Result<ChainCheck, LockedFault | NotEntitled | { readonly kind: "aborted" }>> => {
  const person = whoMay(deps, "audit_export");
  if (!person.ok) return person;
  const last = await lastNumber(deps, device);
  const missing: number[] = [];
  const broken: number[] = [];
  let seen = -1;
  for await (const steps of walkChain(deps, device, job)) {
    missing.push(...steps.flatMap(([{ seq }, before]) => between(before?.seq ?? -1, seq)));
    broken.push(...steps.filter((step) => !joins(step)).map(([{ seq }]) => seq));
    seen = steps.at(-1)?.[0].seq ?? seen;
  }
  if (job.signal.aborted) return fail({ kind: "aborted" });
  missing.push(...between(seen, last + 1));
  if (device === deps.device && missing.length + broken.length > 0)
    await noteDamage(deps.journal.db);
  return ok({ last, missing: missing.slice(0, most), broken: broken.slice(0, most) });
};
