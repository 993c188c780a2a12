import { instantFromMs, instantFromSeconds, type Instant } from "../domain/instant.ts";
import { fingerprint, thumbprint } from "../ledger/keys.ts";
import { endOf, validityOf } from "../ledger/validity.ts";
import { findBackupNote } from "../storage/backup-note.ts";
import { findEnrolment } from "../storage/envelopes.ts";
import { isBehind } from "../storage/one-copy.ts";
import { listExportedFiles, shopAndDevice } from "../storage/queries.ts";
import type { Shop } from "../domain/journal-event.ts";
import type { Deps } from "./deps.ts";

/** Who this device is, as people compare it. */
export type DeviceReport = {
  readonly shop: Shop;
  readonly label: string;
  readonly prefix: string;
  readonly fingerprint: string;
  /** The shop's root, which vouches for every device; undefined when the enrolment is not there. */
  readonly rootFingerprint: string | undefined;
};

/** Reads this device's place in the shop. */
export const describeDevice = async (deps: Deps): Promise<DeviceReport> => {
  const { db } = deps.journal;
  const { shop, device } = await shopAndDevice(db, deps.device);
  const enrolment = await findEnrolment(db);
  return {
    shop,
    label: device.label,
    prefix: device.prefix,
    fingerprint: fingerprint(deps.device),
    rootFingerprint: enrolment && fingerprint(thumbprint(enrolment.root)),
  };
};

/** How the journal lies on this device at this moment. */
export type JournalReport = {
  readonly records: number;
  readonly lastAt: Instant;
  /** 2 only when the safety copy is exactly as long as the chain asks for. */
  readonly copies: 1 | 2;
  /** Length of the safety copy, where it can be read. */
  readonly copyBytes: number | undefined;
  /** Nothing is signed until the copy works again or one copy is accepted (X37). */
  readonly isStopped: boolean;
  /** Photos and files that lie here. */
  readonly files: number;
  /** When a signed package was made last. */
  readonly exportedAt: Instant | undefined;
  readonly backedUpAt: Instant | undefined;
  /** Until when the key signs. */
  readonly keyUntil: Instant | undefined;
};

const whenSaved = (ms: number | undefined): Instant | undefined =>
  ms === undefined ? undefined : instantFromMs(ms);

/** Looks at both copies; undefined before the first record. Not for a live query: it asks a worker. */
export const describeJournal = async (deps: Deps): Promise<JournalReport | undefined> => {
  const { db, safetyCopy, copyName } = deps.journal;
  const head = await db.heads.get(deps.device);
  if (head === undefined) return undefined;
  const listed = await safetyCopy.list();
  const name = copyName(deps.device);
  const size = listed.ok ? listed.value.find((file) => file.name === name)?.size : undefined;
  const [exported] = await listExportedFiles(db, 1);
  const copies = size === head.copySize ? 2 : 1;
  return {
    records: head.seq + 1,
    lastAt: instantFromSeconds(head.iat),
    copies,
    copyBytes: size,
    isStopped: copies === 1 && (await isBehind(db)),
    files: await db.attachments.count(),
    exportedAt: exported?.at,
    backedUpAt: whenSaved((await findBackupNote(db))?.at),
    keyUntil: endOf(validityOf(deps.certificate)?.until),
  };
};
