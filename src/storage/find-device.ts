import type { DeviceId } from "../domain/ids.ts";
import type { Journal } from "./append-record.ts";
import { findEnrolment } from "./envelopes.ts";
import { chainsIn, lastSeq } from "./rebuild.ts";
import type { CopyFile } from "./safety-copy.ts";

const idLength = 43;

/** The device a copy belongs to, read from its name: the file's content may be damaged. */
export const ownerOf = (
  { copyName }: Pick<Journal, "copyName">,
  { name }: CopyFile,
): DeviceId | undefined => {
  for (let at = 0; at + idLength <= name.length; at++) {
    const device = name.slice(at, at + idLength) as DeviceId;
    if (copyName(device) === name) return device;
  }
  return undefined;
};

const hasTrace = async (
  journal: Journal,
  device: DeviceId,
  files: readonly CopyFile[],
): Promise<boolean> => {
  const name = journal.copyName(device);
  const copied = files.some((file) => file.name === name && file.size > 0);
  return copied || (await lastSeq(journal.db, device)) >= 0;
};

/**
 * The device whose chain this is: what the app knows, else what any of the stores says, the enrolment first: while a key is
 * replaced the mark may be ahead of it. Undefined when none knows one. A
 * chain in the database may be another device's: it is taken only where nothing names one.
 */
export const findDevice = async (
  journal: Journal,
  known: DeviceId | undefined,
  files: readonly CopyFile[],
): Promise<DeviceId | undefined> => {
  const named = [
    known,
    (await findEnrolment(journal.db))?.device,
    journal.marks.read()?.device,
  ].filter((device) => device !== undefined);
  const copied = files
    .filter((file) => file.size > 0)
    .flatMap((file) => ownerOf(journal, file) ?? []);
  const guessed = named.length === 0 ? await chainsIn(journal.db) : [];
  const candidates = [...named, ...copied, ...guessed];
  for (const device of candidates) if (await hasTrace(journal, device, files)) return device;
  return candidates[0];
};
