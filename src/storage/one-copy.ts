import type { DeviceId } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Journal, Saved } from "./append-record.ts";
import { confirmCopy } from "./copy-forward.ts";
import type { Database } from "./database.ts";
import type { SafetyCopyFault } from "./safety-copy.ts";
import { writing } from "./writing.ts";

/** Stands there while the copy lacks a record: 1 where somebody who may has said that one copy is enough until it works again. */
const name = "one_copy";

const put = (db: Database, value: 0 | 1): Promise<unknown> =>
  writing(db, [], () => db.meta.put({ name, value }));

/** Whether the copy lacks a record, and nobody has accepted that. */
export const isBehind = async (db: Database): Promise<boolean> =>
  (await db.meta.get(name))?.value === 0;

/** One copy is enough until the other one works again. */
export const acceptOneCopy = (db: Database): Promise<unknown> => put(db, 1);

/** Notes that the copy did not take a record; a browser without files for a copy never will. */
export const noteOnce = async (db: Database, { copies, because }: Saved): Promise<void> => {
  if (copies === 2 || because === "no_opfs" || (await db.meta.get(name)) !== undefined) return;
  await put(db, 0);
};

/**
 * Whether another record may be signed: what the copy lacks is written first. Where that fails a second time nothing more is
 * recorded, unless one copy was accepted.
 */
export const mayGoOn = async (
  journal: Journal,
  device: DeviceId,
): Promise<Result<undefined, SafetyCopyFault>> => {
  const { db } = journal;
  const noted = await db.meta.get(name);
  const head = noted && (await db.heads.get(device));
  if (noted === undefined || head === undefined) return ok(undefined);
  const copied = await confirmCopy(journal, head);
  if (copied.ok) await writing(db, [], () => db.meta.delete(name));
  return copied.ok || noted.value === 1 ? ok(undefined) : fail(copied.fault);
};
