import type { EraseEvent } from "../domain/erase-event.ts";
import { given } from "../domain/given.ts";
import { writeRef } from "../domain/ids.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { ok, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { findRecord } from "../storage/queries.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import { tellingOf } from "./customer-tellings.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { planErasure, type ToErase } from "./plan-erasure.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";

/** What other chains say that they erased of this device's own. */
const eventsAboutUs = async ({ journal: { db }, device }: Deps): Promise<readonly EraseEvent[]> => {
  const rows = await db.records.where("kind").equals("erase").toArray();
  return rows
    .filter((row) => row.device !== device)
    .flatMap((row) => {
      const stored = openRecord(row);
      const event = stored && toRecorded(stored, undefined)?.event;
      return event?.kind === "erase" && event.record.device === device ? [event] : [];
    });
};

/** Of these what is here still, each record once. */
const askedOf = async (deps: Deps): Promise<readonly ToErase[]> => {
  const asked = new Map<string, ToErase>();
  for (const { record, disclosures, why, cases, payments } of await eventsAboutUs(deps)) {
    const stored = await findRecord(deps.journal.db, record);
    const [telling] = stored === undefined ? [] : tellingOf(stored);
    if (telling === undefined || disclosures?.includes(telling.disclosure) !== true) continue;
    const told = { why, ...given("cases", cases), ...given("payments", payments) };
    asked.set(writeRef(record), { telling, told });
  }
  return [...asked.values()];
};

/** How many records of this device tell what another one has erased of them. */
export const countAsked = async (deps: Deps): Promise<number> => (await askedOf(deps)).length;

/**
 * Erases in this device's own chain what others erased of it (X41): only its own record explains to a verifier of its files
 * why something is missing, so a merge alone takes nothing away here.
 */
export const eraseAsAsked = async (
  deps: Deps,
): Promise<Result<Saved, LockedFault | NotEntitled | RecordFault>> => {
  const staff = whoMay(deps, "erase");
  if (!staff.ok) return staff;
  return recordEvents<never>(deps, async () => ok(await planErasure(deps, await askedOf(deps))));
};
