import Dexie from "dexie";
import type { DeviceId, Hash } from "../domain/ids.ts";
import {
  erasedBy,
  erasuresIn,
  filesIn,
  withoutCustomer,
  withoutErased,
  type Erased,
  type Erasure,
} from "../ledger/erasure.ts";
import { frameOf } from "./copy-forward.ts";
import { permitErasure } from "./append-only.ts";
import type { Database } from "./database.ts";
import type { HeadRow, RecordRow } from "./rows.ts";

/** The tables that hold what can be erased, besides the rows that are made from records. */
export const erasableTables = (db: Database) => [db.records, db.attachments, db.quarantine];

/** Bytes that the safety copy of each chain gets shorter. */
type Shorter = ReadonlyMap<DeviceId, number>;

const keysOf = (erasures: readonly Erasure[]) =>
  erasures.map(({ device, seq }) => [device, seq] as [DeviceId, number]);

/** Nothing but erased disclosures may have gone from a record. */
export const isStripped =
  (erased: Erased) =>
  (before: RecordRow | undefined, after: RecordRow): boolean =>
    before !== undefined && JSON.stringify(withoutErased(before, erased)) === JSON.stringify(after);

const strip = async (
  db: Database,
  erasures: readonly Erasure[],
  erased: Erased,
): Promise<Shorter> => {
  const rows = (await db.records.bulkGet(keysOf(erasures))).filter((row) => row !== undefined);
  const shorter = new Map<DeviceId, number>();
  const changed: RecordRow[] = [];
  for (const row of new Map(rows.map((one) => [`${one.device}:${one.seq}`, one])).values()) {
    const stripped = withoutErased(row, erased);
    if (stripped === row) continue;
    changed.push(stripped);
    const less = frameOf(row).length - frameOf(stripped).length;
    shorter.set(row.device, (shorter.get(row.device) ?? 0) + less);
  }
  permitErasure(Dexie.currentTransaction, isStripped(erased));
  await db.records.bulkPut(changed);
  return shorter;
};

/** What was kept aside of such a record may still tell what was erased; it stays as evidence of damage or of a fork. */
const stripQuarantine = async (db: Database, erasures: readonly Erasure[]): Promise<void> => {
  for (const { device, seq } of erasures) {
    const rows = await db.quarantine.where("id").startsWith(`${device}:${seq}:`).toArray();
    await db.quarantine.bulkPut(rows.map(({ id, row }) => ({ id, row: withoutCustomer(row) })));
  }
};

/** Files of this list that some record still names. */
export const stillNamed = async (
  db: Database,
  files: readonly Hash[],
  without: Erased = new Map(),
): Promise<ReadonlySet<Hash>> => {
  const named = new Set<Hash>();
  if (files.length === 0) return named;
  await db.records.each((row) => {
    for (const file of filesIn(withoutErased(row, without)))
      if (files.includes(file)) named.add(file);
  });
  return named;
};

const dropFiles = async (db: Database, erasures: readonly Erasure[]): Promise<void> => {
  const files = [...new Set(erasures.flatMap((one) => one.files))];
  const kept = await stillNamed(db, files); // another device, whose erasure this may be, does not know what is named here
  await db.attachments.bulkDelete(files.filter((file) => !kept.has(file)));
};

/**
 * Takes what `erase` records name out of records, attachments and pieces kept aside. To be called inside the transaction
 * that adds those records, so that no moment exists in which the database holds both; the copies are written anew after it.
 */
export const forgetErased = async (
  db: Database,
  erasures: readonly Erasure[],
): Promise<Shorter> => {
  if (erasures.length === 0) return new Map();
  const shorter = await strip(db, erasures, erasedBy(erasures));
  await stripQuarantine(db, erasures);
  await dropFiles(db, erasures);
  return shorter;
};

/**
 * Moves the heads of chains whose copies get shorter, but of the one that is being written. Inside the same transaction;
 * the copies of these heads are written anew after it.
 */
export const shortenOthers = async (
  db: Database,
  shorter: Shorter,
  written: DeviceId,
): Promise<readonly HeadRow[]> => {
  const heads: HeadRow[] = [];
  for (const [device, less] of shorter) {
    const head = device === written ? undefined : await db.heads.get(device);
    if (head === undefined) continue;
    heads.push({ ...head, copySize: head.copySize - less, revision: head.revision + 1 });
  }
  await db.heads.bulkPut(heads);
  return heads;
};

/** How many erasures this device knows, whoever recorded them. */
export const countErasures = (db: Database): Promise<number> =>
  db.records.where("kind").equals("erase").count();

/** Every erasure of records of these chains, whoever recorded it. */
export const erasuresAbout = async (
  db: Database,
  devices: ReadonlySet<DeviceId>,
): Promise<readonly Erasure[]> =>
  erasuresIn(await db.records.where("kind").equals("erase").toArray()).filter(({ device }) =>
    devices.has(device),
  );

/**
 * Whether an erasure takes something away here. What others erase of the own chain it has to erase itself: its files must
 * say why something is missing.
 */
export const countsFor =
  (home: DeviceId | undefined) =>
  ({ by, device }: Erasure): boolean =>
    device !== home || by === home;
