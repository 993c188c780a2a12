import { toldElsewhere, withHashes } from "../domain/foreign-refs.ts";
import type { JournalEvent } from "../domain/journal-event.ts";
import { findRecord } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import { ownChains } from "./own-chains.ts";
import type { Plan } from "./record-event.ts";

const nameOne = async (deps: Deps, event: JournalEvent): Promise<JournalEvent> => {
  const refs = toldElsewhere(event, deps.device);
  if (refs.length === 0) return event;
  const chains = await ownChains(deps);
  const records = await Promise.all(refs.map((ref) => findRecord(deps.journal.db, ref)));
  const hashes = records.flatMap((record) => record?.hash ?? []);
  const isOurs = refs.every((ref) => chains.includes(ref.device)) && hashes.length === refs.length;
  return isOurs ? withHashes(event, hashes) : event;
};

/**
 * Names refunds that a key before this device's own recorded by their hashes too, as another chain's record has to
 * (refundlog.md §4). Of other devices nothing is told here.
 */
export const nameElsewhere = async (deps: Deps, plan: Plan): Promise<Plan> => ({
  events: await Promise.all(
    plan.events.map(async (planned) => ({ ...planned, event: await nameOne(deps, planned.event) })),
  ),
});
