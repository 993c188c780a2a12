import type { DeviceId } from "../domain/ids.ts";
import type { Money } from "../domain/money.ts";
import type { Payment } from "../domain/payment.ts";
import { shareLeft } from "../domain/refund/own-share.ts";
import type { Database } from "../storage/database.ts";
import { findRecord } from "../storage/queries.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import { currentSetting } from "./change-setting.ts";
import type { Deps } from "./deps.ts";

/** The key that this one replaced. */
const keyBefore = async (db: Database, device: DeviceId): Promise<DeviceId | undefined> => {
  const record = await findRecord(db, { device, seq: 0 });
  const stored = record && openRecord(record);
  const event = stored && toRecorded(stored, undefined)?.event;
  return event?.kind === "genesis" ? event.continues?.device : undefined;
};

/** A new key goes on with the share of the old one, it does not begin another. */
const keysOf = async (db: Database, device: DeviceId): Promise<readonly DeviceId[]> => {
  const before = await keyBefore(db, device);
  return before === undefined ? [device] : [device, ...(await keysOf(db, before))];
};

/** What this device may still give of a payment; undefined where it has no share but all of it (X10). */
export const ownShareLeft = async (
  deps: Pick<Deps, "journal" | "device">,
  payment: Payment | undefined,
): Promise<Money | undefined> => {
  const { sharePercent } = await currentSetting(deps);
  if (payment === undefined || sharePercent === 100) return undefined;
  return shareLeft(payment, sharePercent, await keysOf(deps.journal.db, deps.device));
};
