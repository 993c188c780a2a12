import type { DeviceId } from "../domain/ids.ts";
import type { SignedRecord } from "../ledger/record.ts";
import type { Database } from "./database.ts";

const chunk = 500;

/** What a device recorded behind its last close, as far as a shift counts it, and that close. */
export type ShiftRecords = ChainRecords & {
  /** Refunds of the chains before the newest: each chain counts its own, so no close will count these. */
  readonly earlier: readonly SignedRecord[];
};

type ChainRecords = {
  readonly close: SignedRecord | undefined;
  readonly refunds: readonly SignedRecord[];
  /** What was told of money. */
  readonly moneys: readonly SignedRecord[];
};

/** Reads a chain from its end back to its last close, 500 records at a time. */
const readChain = async (db: Database, device: DeviceId): Promise<ChainRecords> => {
  const refunds: SignedRecord[] = [];
  const moneys: SignedRecord[] = [];
  const end = (await db.heads.get(device))?.seq ?? -1;
  for (let last = end; last >= 0; last -= chunk) {
    const range: [DeviceId, number] = [device, Math.max(0, last - chunk + 1)];
    const rows = await db.records
      .where("[device+seq]")
      .between(range, [device, last], true, true)
      .toArray();
    const close = rows.reverse().find(({ kind }) => kind === "close");
    const behind = rows.filter(({ seq }) => seq > (close?.seq ?? -1));
    refunds.push(...behind.filter(({ kind }) => kind === "refund"));
    moneys.push(...behind.filter(({ kind }) => kind === "money"));
    if (close !== undefined) return { close, refunds, moneys };
  }
  return { close: undefined, refunds, moneys };
};

/** Reads the chains of a device, the newest first, back to the last close: the drawer goes on when the key changes. */
export const readShiftRecords = async (
  db: Database,
  chains: readonly DeviceId[],
): Promise<ShiftRecords> => {
  const read: ChainRecords[] = [];
  for (const chain of chains) {
    read.push(await readChain(db, chain));
    if (read.at(-1)?.close !== undefined) break;
  }
  return {
    close: read.at(-1)?.close,
    refunds: read[0]?.refunds ?? [],
    earlier: read.slice(1).flatMap(({ refunds }) => refunds),
    moneys: read.flatMap(({ moneys }) => moneys),
  };
};
