import Dexie from "dexie";
import type { DeviceId } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Journal } from "./append-record.ts";
import { asideName, completeCopy, dropAside } from "./copy-forward.ts";
import { schemaVersion, type Database } from "./database.ts";
import { findDevice } from "./find-device.ts";
import { findBroken, type PinKind } from "./held-pins.ts";
import { markHead, type Mark } from "./marks.ts";
import { forgetDamage, quickCheck } from "./quick-check.ts";
import { completePeers, restorePeers } from "./peer-copies.ts";
import { isHalfRebuilt, rebuild, type RebuildFault } from "./rebuild.ts";
import { restoreRecords } from "./repair.ts";
import type { HeadRow } from "./rows.ts";
import type { CopyFile, ListedCopies, SafetyCopyFault } from "./safety-copy.ts";
import { dropIncompleteImports } from "./save-statement.ts";
import { storageFault, type StorageFault } from "./storage-fault.ts";
import {
  joinCopies,
  joinSides,
  nothingThere,
  surveyCopy,
  surveyDatabase,
  type Side,
} from "./survey.ts";

/** How many copies hold the journal now; one, with the reason, is amber. */
type Copies = { readonly copies: 1 | 2; readonly because?: SafetyCopyFault["kind"] };

/** What the start found, by the rows of reliability.md §3.2. Only fresh, ready, repaired and copy_fixed may go on to write. */
export type StartOutcome =
  | { readonly kind: "fresh" }
  | ({ readonly kind: "ready"; readonly device: DeviceId } & Copies)
  /** Records came back from the copy; 0 when only the lists were rebuilt. */
  | ({ readonly kind: "repaired"; readonly device: DeviceId; readonly records: number } & Copies)
  | { readonly kind: "copy_fixed"; readonly device: DeviceId }
  | { readonly kind: "lost"; readonly mark: Mark }
  | {
      readonly kind: "partly_lost";
      readonly device: DeviceId;
      readonly mark: Mark;
      readonly lastSeq: number;
      /** Who has seen what is missing, where it is not the mark of this browser. */
      readonly by?: PinKind;
    }
  | {
      readonly kind: "two_truths";
      readonly device: DeviceId;
      readonly seq: number;
      readonly by?: PinKind;
    }
  | { readonly kind: "gaps"; readonly device: DeviceId; readonly missing: readonly number[] }
  | { readonly kind: "newer_schema" }
  | { readonly kind: "unreadable"; readonly because: RebuildFault | SafetyCopyFault };

/** Dexie multiplies its version by ten for the browser. */
const nativeVersion = schemaVersion * 10;

/** Asked before Dexie opens it: Dexie would add the tables it misses to the database of a newer build. */
const isNewerNative = async (db: Database): Promise<boolean> => {
  const factory: Partial<Pick<IDBFactory, "databases">> = Dexie.dependencies.indexedDB;
  const known = await factory.databases?.call(Dexie.dependencies.indexedDB);
  return (
    known?.some(({ name, version }) => name === db.name && (version ?? 0) > nativeVersion) === true
  );
};

const tries = 3;

const openPatiently = async (db: Database): Promise<StorageFault | undefined> => {
  for (let count = 1; ; count++) {
    try {
      if (await isNewerNative(db)) return { kind: "newer_schema" };
      await db.open();
      return undefined;
    } catch (error) {
      if (count === tries) return storageFault(error);
    }
  }
};

/** A lost stamp of a database of our own version is put back; another stamp or version belongs to a newer build. */
const isNewer = async (db: Database): Promise<boolean> => {
  if (db.backendDB().version > nativeVersion) return true;
  const stamp = await db.meta.get("schema");
  if (stamp === undefined) await db.meta.put({ name: "schema", value: schemaVersion });
  return stamp !== undefined && stamp.value !== schemaVersion;
};

const copiesOf = (copied: Result<unknown, SafetyCopyFault>): Copies =>
  copied.ok ? { copies: 2 } : { copies: 1, because: copied.fault.kind };

const readCopy = async (
  { safetyCopy, copyName }: Journal,
  device: DeviceId,
): Promise<Result<Side, SafetyCopyFault>> => {
  const read = await safetyCopy.read(copyName(device));
  if (!read.ok) return read;
  const aside = await safetyCopy.read(asideName(copyName(device)));
  if (!aside.ok) return aside;
  const side = read.value === undefined ? nothingThere : surveyCopy(read.value, device);
  return ok(aside.value === undefined ? side : joinCopies(side, surveyCopy(aside.value, device)));
};

/** Neither side has one good record: lost when anything says that there were some, never the first run. */
const outcomeOfNothing = (journal: Journal, copy: Result<Side, SafetyCopyFault>): StartOutcome => {
  const mark = journal.marks.read();
  if (!copy.ok && copy.fault.kind !== "no_opfs") return { kind: "unreadable", because: copy.fault };
  if (copy.ok && !copy.value.empty)
    return { kind: "unreadable", because: { kind: "corrupt", message: "no record is readable" } };
  return mark === undefined ? { kind: "fresh" } : { kind: "lost", mark };
};

const repairAll = async (
  journal: Journal,
  device: DeviceId,
  missing: Parameters<typeof restoreRecords>[1],
): Promise<StartOutcome> => {
  const restored = await restoreRecords(journal.db, missing, device);
  const rebuilt = restored.ok ? await rebuild(journal.db, device) : restored;
  if (!rebuilt.ok) return { kind: "unreadable", because: rebuilt.fault };
  const head = await journal.db.heads.get(device);
  if (head === undefined) throw new Error("a rebuilt chain has a head");
  const copied = await completeCopy(journal, head);
  markHead(journal.marks, head);
  return { kind: "repaired", device, records: missing.length, ...copiesOf(copied) };
};

/** Reads both stores whole, joins them, and writes what one of them lacks. */
const surveyAndRepair = async (journal: Journal, device: DeviceId): Promise<StartOutcome> => {
  const database = await surveyDatabase(journal.db, device);
  const copy = await readCopy(journal, device);
  const found = journal.marks.read();
  const mark = found?.device === device ? found : undefined;
  const truth = joinSides(database, copy.ok ? copy.value : nothingThere, mark);
  if (truth.kind === "nothing") return outcomeOfNothing(journal, copy);
  if (truth.kind === "two_truths") return { ...truth, device };
  if (truth.kind === "whole") {
    const missing = truth.records.filter((record) => !database.good.has(record.seq));
    return repairAll(journal, device, missing);
  }
  // a copy that cannot be read now may hold what is missing
  if (!copy.ok) return { kind: "unreadable", because: copy.fault };
  if (truth.kind === "gaps" || mark === undefined)
    return { kind: "gaps", device, missing: truth.kind === "gaps" ? truth.missing : [] };
  return { kind: "partly_lost", device, mark, lastSeq: truth.lastSeq };
};

const filesOf = (listed: ListedCopies): readonly CopyFile[] => (listed.ok ? listed.value : []);

const fixCopy = async (journal: Journal, head: HeadRow): Promise<StartOutcome> => {
  const copied = await completeCopy(journal, head);
  if (copied.ok) return { kind: "copy_fixed", device: head.device };
  return copied.fault.kind === "differs"
    ? surveyAndRepair(journal, head.device)
    : { kind: "ready", device: head.device, ...copiesOf(copied) };
};

const check = async (
  journal: Journal,
  known: DeviceId | undefined,
  listed: ListedCopies,
): Promise<StartOutcome> => {
  const device = await findDevice(journal, known, filesOf(listed));
  if (device === undefined) return outcomeOfNothing(journal, listed.ok ? ok(nothingThere) : listed);
  if (await isHalfRebuilt(journal.db)) await rebuild(journal.db, device); // if it cannot, the survey finds out why
  const quick = await quickCheck(journal, device, listed);
  switch (quick.kind) {
    case "whole":
      markHead(journal.marks, quick.head);
      return { kind: "ready", device, copies: 2 };
    case "no_copy":
      return { kind: "ready", device, ...copiesOf(fail(quick.fault)) };
    case "copy":
      return fixCopy(journal, quick.head);
    case "unsure": {
      const surveyed = await surveyAndRepair(journal, device);
      await forgetDamage(journal.db);
      return surveyed;
    }
  }
};

/** Outcomes after which the app may go on to write. */
type Going = Extract<StartOutcome, { readonly kind: "ready" | "repaired" | "copy_fixed" }>;

/** The copy holds everything: what a rewriting left beside it is not needed. */
const isCopied = (outcome: Going): boolean => outcome.kind === "copy_fixed" || outcome.copies === 2;

const dropLeftAside = async (
  journal: Journal,
  files: readonly CopyFile[],
  device: DeviceId,
): Promise<void> => {
  const left = asideName(journal.copyName(device));
  if (files.some(({ name }) => name === left)) await dropAside(journal, device);
};

const goesOn = (outcome: StartOutcome): outcome is Going =>
  ["ready", "repaired", "copy_fixed"].includes(outcome.kind);

/** The stores agree among themselves; what others have seen of the chain must stand in it as well. */
const heldAgainstPins = async (db: Database, outcome: StartOutcome): Promise<StartOutcome> => {
  if (!goesOn(outcome)) return outcome;
  const { device } = outcome;
  const broken = await findBroken(db, device);
  if (broken === undefined) return outcome;
  const { by } = broken;
  return broken.kind === "cut"
    ? { kind: "partly_lost", device, mark: broken.mark, lastSeq: broken.lastSeq, by }
    : { kind: "two_truths", device, seq: broken.seq, by };
};

/**
 * Runs before any screen that can write, under the journal's lock: compares database, copy and mark, and repairs.
 * Damage is never answered by a first run; what cannot be repaired is left untouched for an export.
 */
export const checkAtStart = async (journal: Journal, known?: DeviceId): Promise<StartOutcome> => {
  const listing = journal.safetyCopy.list(); // its worker starts while the database opens
  listing.catch(() => undefined); // told to who awaits it
  const unopened = await openPatiently(journal.db);
  if (unopened?.kind === "newer_schema") return unopened;
  if (unopened !== undefined) return { kind: "unreadable", because: unopened };
  try {
    if (await isNewer(journal.db)) return { kind: "newer_schema" };
    const listed = await listing;
    const files = filesOf(listed);
    await restorePeers(journal, files, known);
    const outcome = await heldAgainstPins(journal.db, await check(journal, known, listed));
    if (!goesOn(outcome)) return outcome;
    if (listed.ok) await completePeers(journal, files, outcome.device);
    await dropIncompleteImports(journal.db);
    if (isCopied(outcome)) await dropLeftAside(journal, files, outcome.device);
    return outcome;
  } catch (error) {
    return { kind: "unreadable", because: storageFault(error) };
  }
};
