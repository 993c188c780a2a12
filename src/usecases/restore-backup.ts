import { instantFromMs, instantFromSeconds, type Instant } from "../domain/instant.ts";
import type { DeviceId } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fingerprint, thumbprint } from "../ledger/keys.ts";
import { verifyJws } from "../ledger/jws.ts";
import type { Jwk, SignedRecord } from "../ledger/record.ts";
import {
  agreesHere,
  chainsOf,
  headsHere,
  withinHeads,
  writeBackupRows,
  type BackupRows,
} from "../storage/backup-rows.ts";
import { enrolmentName, findEnrolment, type Enrolment } from "../storage/envelopes.ts";
import { markHead } from "../storage/marks.ts";
import { rootsOf, shopRoots, vouchedKey } from "../storage/ring.ts";
import { chainsIn, lastSeq } from "../storage/rebuild.ts";
import { checkAtStart } from "../storage/start-up.ts";
import { follows, openRecord, toRecorded, type StoredRecord } from "../storage/stored-record.ts";
import type { BackupCrypto, OpenBackupFault } from "./backup-crypto.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import type { BackupInPractice } from "./make-backup.ts";
import type { SetUpDeps } from "./open-shop.ts";
import { headsAgree, readLines, type BackupContent } from "./read-backup.ts";
import { replaceLostKey } from "./rotate-key.ts";
import type { KeyEnvelope } from "./secret-keys.ts";

/** A backup of which every record, signature and certificate was checked; nothing of it is stored. */
export type CheckedBackup = {
  readonly content: BackupContent;
  readonly shop: string;
  readonly label: string;
  readonly fingerprint: string;
  readonly at: Instant;
  readonly from: Instant;
  readonly to: Instant;
  readonly records: number;
  readonly refunds: number;
  readonly chains: number;
  readonly attachments: number;
  readonly statements: number;
};

export type CheckBackupFault =
  | OpenBackupFault
  /** It opens, and something in it is not what a device of this app signs. */
  | { readonly kind: "backup_not_genuine"; readonly label: string; readonly seq: number }
  | { readonly kind: "cancelled" };

type Checking = Pick<SetUpDeps, "verify" | "pause">;

export type CheckJob = {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
};

/** The key that a chain begins with; its thumbprint is the chain's name. */
const keyOf = (first: StoredRecord | undefined): Jwk | undefined => {
  const event = first && toRecorded(first, undefined)?.event;
  return event?.kind === "genesis" && thumbprint(event.jwk) === first?.record.device
    ? event.jwk
    : undefined;
};

const pauseEvery = 25;

/** The number of the first record that is not signed by the chain's own key or does not follow; undefined when all do. */
const findFalse = async (
  { verify, pause }: Checking,
  chain: readonly SignedRecord[],
  { onRecord, signal }: { readonly onRecord: () => void; readonly signal: AbortSignal },
): Promise<number | undefined> => {
  const [first] = chain;
  const key = first && keyOf(openRecord(first));
  if (key === undefined) return 0;
  let before: SignedRecord | undefined;
  for (const record of chain) {
    const stored = openRecord(record);
    if (stored === undefined || !follows(stored, before)) return record.seq;
    const signed = await verifyJws(record.jwt, "refund+sd-jwt", () => key, verify);
    if (!signed.ok || signal.aborted) return record.seq;
    before = record;
    onRecord();
    if (record.seq % pauseEvery === 0) await pause();
  }
  return undefined;
};

const enrolmentIn = ({ rows }: BackupContent): Enrolment | undefined =>
  rows.envelopes.find(({ name }) => name === enrolmentName)?.content as Enrolment | undefined;

/** The shop's root vouches for the key that signed the chain of the device that made the backup. */
const isVouched = async ({ verify }: Checking, content: BackupContent): Promise<boolean> => {
  const enrolment = enrolmentIn(content);
  const first = chainsOf(content.rows.records).get(content.title.device)?.[0];
  const jwk = first && keyOf(openRecord(first));
  if (enrolment?.device !== content.title.device || jwk === undefined) return false;
  const { certificate } = enrolment;
  return (await vouchedKey({ certificate, jwk }, { roots: rootsOf(enrolment), verify })).ok;
};

const summaryOf = (content: BackupContent): CheckedBackup => {
  const { title, rows } = content;
  const times = rows.records.flatMap((record) => openRecord(record)?.iat ?? []);
  const kinds = (kind: string) => rows.records.filter((record) => record.kind === kind).length;
  return {
    content,
    shop: title.shop.name,
    label: title.label,
    fingerprint: fingerprint(title.device),
    at: instantFromMs(title.at),
    from: instantFromSeconds(times.reduce((one, other) => Math.min(one, other))),
    to: instantFromSeconds(times.reduce((one, other) => Math.max(one, other))),
    records: rows.records.length,
    refunds: kinds("refund"),
    chains: title.heads.length,
    attachments: rows.attachments.length,
    statements: rows.imports.length,
  };
};

const findForgery = async (
  deps: Checking,
  content: BackupContent,
  { onProgress, signal }: CheckJob,
): Promise<CheckBackupFault | undefined> => {
  const { title, rows } = content;
  let done = 0;
  const onRecord = (): void => onProgress(++done, rows.records.length);
  for (const [device, chain] of chainsOf(rows.records)) {
    const seq = await findFalse(deps, chain, { onRecord, signal });
    if (signal.aborted) return { kind: "cancelled" };
    const label = device === title.device ? title.label : fingerprint(device);
    if (seq !== undefined) return { kind: "backup_not_genuine", label, seq };
  }
  const vouched = await isVouched(deps, content);
  return vouched ? undefined : { kind: "backup_not_genuine", label: title.label, seq: 0 };
};

/** Opens a backup and checks all that it holds, without storing anything: also the rehearsal of a restore (R49). */
export const checkBackup = async (
  deps: Checking,
  crypto: BackupCrypto,
  { file, recoveryCode }: { readonly file: Blob; readonly recoveryCode: string },
  job: CheckJob,
): Promise<Result<CheckedBackup, CheckBackupFault>> => {
  const opened = await crypto.open(file, { recoveryCode });
  if (!opened.ok) return opened;
  const read = await readLines(opened.value, deps.pause);
  if (!read.ok) return read;
  if (!headsAgree(read.value)) return fail({ kind: "backup_damaged" });
  const forged = await findForgery(deps, read.value, job);
  if (forged !== undefined) return fail(forged);
  const { title, rows } = read.value;
  return ok(summaryOf({ title, rows: withinHeads(rows, title.heads) }));
};

/** How a backup stands to the records that are here. */
export type BackupStanding = {
  /** Of the shop that is open here, by its root. */
  readonly sameShop: boolean;
  /** Chains of which the backup and this device say the same as far as the shorter one goes. */
  readonly equal: number;
  /** Chains that differ. */
  readonly different: readonly DeviceId[];
  /** Records that are in the backup and not here. */
  readonly missingHere: number;
};

/** Compares a backup with what is here, chain by chain; writes nothing. */
export const compareBackup = async (
  deps: Deps,
  { content }: CheckedBackup,
): Promise<Result<BackupStanding, LockedFault | NotEntitled>> => {
  const staff = whoMay(deps, "back_up");
  if (!staff.ok) return staff;
  const { db } = deps.journal;
  const root = enrolmentIn(content)?.root;
  const sameShop = root !== undefined && (await shopRoots(db)).has(thumbprint(root));
  const heads = new Map((await headsHere(db)).map((head) => [head.device, head]));
  const different: DeviceId[] = [];
  let missingHere = 0;
  for (const [device, chain] of chainsOf(content.rows.records)) {
    const last = heads.get(device)?.seq ?? -1;
    missingHere += Math.max(0, chain.length - 1 - last);
    if (last >= 0 && !(await agreesHere(db, chain, last))) different.push(device);
  }
  return ok({
    sameShop,
    equal: content.title.heads.length - different.length,
    different,
    missingHere,
  });
};

export type RestoreFault =
  | BackupInPractice
  /** Something was recorded on this device already: a second shop beside it would hide one of both. */
  | { readonly kind: "restore_not_empty" }
  /** The wrapped root is not in it: made on a till that never had it. */
  | { readonly kind: "root_not_here" }
  | { readonly kind: "wrong_recovery_code" };

/**
 * Whether nothing stands against it: this device has no place in a shop, and what lies here, brought back from a safety
 * copy, says the same as the backup as far as both go.
 */
const isFree = async ({ journal: { db } }: SetUpDeps, rows: BackupRows): Promise<boolean> => {
  if ((await findEnrolment(db)) !== undefined) return false;
  const chains = chainsOf(rows.records);
  for (const device of await chainsIn(db)) {
    const chain = chains.get(device) ?? [];
    if (!(await agreesHere(db, chain, await lastSeq(db, device)))) return false;
  }
  return true;
};

/** What this browser had before is no longer missed; said before the rows are there, as a start between would miss it. */
const writeUnderMark = async (
  { journal }: SetUpDeps,
  { title, rows }: BackupContent,
): Promise<void> => {
  const last = chainsOf(rows.records).get(title.device)?.at(-1);
  const iat = last && openRecord(last)?.iat;
  if (last === undefined || iat === undefined) throw new Error("a checked backup has a chain");
  const before = journal.marks.read();
  const isAhead = (await lastSeq(journal.db, title.device)) > last.seq;
  if (!isAhead) markHead(journal.marks, { ...last, iat });
  try {
    await writeBackupRows(journal.db, rows);
  } catch (error) {
    if (before !== undefined) journal.marks.write(before);
    throw error;
  }
};

/** The rows in one transaction, then everything that a start makes of them; false where something came before them. */
const writeAndCheck = (deps: SetUpDeps, content: BackupContent): Promise<boolean> =>
  deps.exclusively(async () => {
    if (!(await isFree(deps, content.rows))) return false;
    await writeUnderMark(deps, content);
    await checkAtStart(deps.journal, content.title.device);
    return true;
  });

/**
 * Restores a backup on a device that has no place in a shop: its chains become history here, and this device goes on under a
 * new key, label and number prefix (reliability.md S14). Until the one transaction nothing is changed; whatever happens after
 * it, the page must be opened anew: a start that finds no key asks for the recovery code again.
 */
export const restoreBackup = async (
  deps: SetUpDeps,
  { content }: CheckedBackup,
  recoveryCode: string,
): Promise<Result<undefined, RestoreFault>> => {
  if (deps.training) return fail({ kind: "backup_in_practice" });
  if (!(await isFree(deps, content.rows))) return fail({ kind: "restore_not_empty" });
  const root = content.rows.envelopes.find(({ name }) => name === "root")?.content;
  if (root === undefined) return fail({ kind: "root_not_here" });
  const code = recoveryCode.trim().toUpperCase();
  const opens = await deps.secretKeys.open(code, root as KeyEnvelope);
  if (!opens.ok) return fail({ kind: "wrong_recovery_code" });
  if (!(await writeAndCheck(deps, content))) return fail({ kind: "restore_not_empty" });
  await replaceLostKey(deps, recoveryCode);
  return ok(undefined);
};
