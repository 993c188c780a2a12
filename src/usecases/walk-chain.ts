import type { DeviceId } from "../domain/ids.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { recordsFrom } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";

/** A walk over a whole chain: how far it is, and a way out. */
export type ChainJob = {
  readonly onProgress: (done: number, of: number) => void;
  readonly signal: AbortSignal;
};

/** A record with the one that stands before it here. */
export type Step = readonly [record: SignedRecord, before: SignedRecord | undefined];

const atOnce = 25;

/** The last number that a chain has here; -1 for none. */
export const lastNumber = async ({ journal }: Deps, device: DeviceId): Promise<number> =>
  (await journal.db.heads.get(device))?.seq ?? -1;

/** All records of a chain, a few at a time with the page given a chance to draw; ends early when it is cancelled. */
export async function* walkChain(
  deps: Deps,
  device: DeviceId,
  { onProgress, signal }: ChainJob,
): AsyncGenerator<readonly Step[], void, undefined> {
  const last = await lastNumber(deps, device);
  let before: SignedRecord | undefined;
  for await (const records of recordsFrom(deps.journal.db, device, 0, last))
    for (let at = 0; at < records.length; at += atOnce) {
      if (signal.aborted) return;
      const some = records.slice(at, at + atOnce);
      yield some.map((record, index) => [record, index === 0 ? before : some[index - 1]] as const);
      before = some.at(-1);
      onProgress(before?.seq ?? 0, last);
      await deps.pause();
    }
}
