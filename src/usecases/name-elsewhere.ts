import { toldElsewhere, withHashes } from "../domain/foreign-refs.ts";
import { formersOf } from "../domain/books.ts";
import type { JournalEvent } from "../domain/journal-event.ts";
import { findRecord, listDevices } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import type { Plan } from "./record-event.ts";

const nameOne = async (
  { journal: { db }, device }: Deps,
  event: JournalEvent,
): Promise<JournalEvent> => {
  const refs = toldElsewhere(event, device);
  if (refs.length === 0) return event;
  const formers = formersOf(await listDevices(db), device);
  const records = await Promise.all(refs.map((ref) => findRecord(db, ref)));
  const hashes = records.flatMap((record) => record?.hash ?? []);
  const isOurs = refs.every((ref) => formers.has(ref.device)) && hashes.length === refs.length;
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
