import { formersOf } from "../domain/books.ts";
import type { DeviceId } from "../domain/ids.ts";
import { ok, type Result } from "../domain/result.ts";
import type { SignedRecord } from "../ledger/record.ts";
import type { Journal } from "./append-record.ts";
import {
  completeCopy,
  confirmCopy,
  copyForward,
  dropAside,
  framesOf,
  peerJournal,
} from "./copy-forward.ts";
import { findDevice, ownerOf } from "./find-device.ts";
import { chainsIn, lastSeq, noteRebuild } from "./rebuild.ts";
import { restoreRecords } from "./repair.ts";
import type { HeadRow } from "./rows.ts";
import type { CopyFile, SafetyCopyFault } from "./safety-copy.ts";
import { follows, openRecord } from "./stored-record.ts";
import { surveyCopy } from "./survey.ts";

/** Appends the newest records of another device's chain to its copy; one of unexpected length is completed. */
export const copyPeerForward = (
  journal: Journal,
  head: HeadRow,
  records: readonly SignedRecord[],
): Promise<Result<undefined, SafetyCopyFault>> =>
  copyForward(peerJournal(journal), head, framesOf(records));

/** The records behind the database's last that the copy holds in one unbroken chain. */
const continuing = async (
  journal: Journal,
  device: DeviceId,
  name: string,
): Promise<readonly SignedRecord[]> => {
  const read = await journal.safetyCopy.read(name);
  if (!read.ok || read.value === undefined) return [];
  const { good } = surveyCopy(read.value, device);
  const last = await lastSeq(journal.db, device);
  let before: SignedRecord | undefined = await journal.db.records.get([device, last]);
  const found: SignedRecord[] = [];
  for (let next = good.get(last + 1); next !== undefined; next = good.get(next.seq + 1)) {
    const stored = openRecord(next);
    if (stored === undefined || !follows(stored, before)) break;
    found.push(next);
    before = next;
  }
  return found;
};

/**
 * Brings records of other devices back that the database lost and their copies hold. Before the first of them it leaves
 * the note of an unfinished rebuild: whatever happens next, this start or a later one puts them into the books.
 */
export const restorePeers = async (
  journal: Journal,
  files: readonly CopyFile[],
  known?: DeviceId,
): Promise<void> => {
  for (const file of files) {
    const device = ownerOf(peerJournal(journal), file);
    if (device === undefined) continue;
    const head = await journal.db.heads.get(device);
    const holdsMore = file.size > (head?.copySize ?? 0);
    const records = holdsMore ? await continuing(journal, device, file.name) : [];
    if (records.length === 0) continue;
    const home = await findDevice(journal, known, files);
    await noteRebuild(journal.db);
    await restoreRecords(journal.db, records, home);
  }
};

/**
 * The chain that this device's old key wrote has a peer's copy now: the one that it had as our own is not needed. It goes
 * when it says the same, also where it has to be told first what was erased since.
 */
const dropFormer = async (
  journal: Journal,
  head: HeadRow,
  files: readonly CopyFile[],
): Promise<void> => {
  const name = journal.copyName(head.device);
  if (files.every((file) => file.name !== name)) return;
  const same = await confirmCopy(journal, head);
  if (same.ok) await journal.safetyCopy.remove(name);
};

/** Completes the copies of other devices' chains; without room for them the database holds them alone. */
export const completePeers = async (
  journal: Journal,
  files: readonly CopyFile[],
  home: DeviceId,
): Promise<void> => {
  const { copyName } = peerJournal(journal);
  const formers = formersOf(await journal.db.devices.toArray(), home);
  for (const device of await chainsIn(journal.db)) {
    if (device === home) continue;
    const head = await journal.db.heads.get(device);
    const size = files.find(({ name }) => name === copyName(device))?.size;
    if (head === undefined) continue;
    const copied =
      size === head.copySize ? ok(undefined) : await completeCopy(peerJournal(journal), head);
    if (!copied.ok) continue;
    if (formers.has(device)) await dropFormer(journal, head, files);
    await dropAside(peerJournal(journal), device);
  }
};
