import { backupLimitDays } from "../domain/backup-due.ts";
import type { ReadyRefund } from "../domain/batch-choice.ts";
import type { Batch } from "../domain/batch.ts";
import { shippedFormat } from "../domain/batches/batch-formats.ts";
import type { BatchContext } from "../domain/batches/batch-lines.ts";
import {
  batchSheetType,
  parseBatchSheet,
  writeBatchSheet,
  type BatchSheet,
} from "../domain/batches/batch-sheet.ts";
import {
  extensionOf,
  isForPeople,
  mediaTypeOf,
  type ExportFormat,
} from "../domain/batches/export-format.ts";
import { writeBatch, type BatchFile } from "../domain/batches/write-batch.ts";
import { given } from "../domain/given.ts";
import type { BatchId } from "../domain/ids.ts";
import { addSeconds, businessDate, instantFromMs } from "../domain/instant.ts";
import type { MoneyEvent } from "../domain/journal-event.ts";
import { latestAttempt } from "../domain/refund/case.ts";
import { decideDelivery, decideRecall, deliveryFault } from "../domain/refund/decide-batch.ts";
import type { NotEntitled, RefundFault } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { hashBytes } from "../ledger/base64url.ts";
import type { Saved } from "../storage/append-record.ts";
import { casesOfRefunds, getBatch, listBatches } from "../storage/queries.ts";
import { findAttachment, saveAttachment } from "../storage/save-attachment.ts";
import {
  chooseBatch,
  findFormat,
  readyRefunds,
  type BatchOptions,
  type BlockedRefund,
} from "./choose-batch.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { newBatchId } from "./new-batch-id.ts";
import { readPace } from "./read-pace.ts";
import { raiseGrades } from "./raise-grades.ts";
import { readBackupDue } from "./read-backup-due.ts";
import { planOf, recordEvents, type Plan, type RecordFault } from "./record-event.ts";
import type { UploadFault } from "./report-upload.ts";

export type PreparedBatch = { readonly batchId: BatchId; readonly file: OutFile };

export type ExportBatchFault =
  | LockedFault
  | NotEntitled
  | RecordFault
  /** What is not backed up would leave for an acquirer (G6). */
  | { readonly kind: "backup_over"; readonly days: number }
  | { readonly kind: "nothing_to_export"; readonly blocked: readonly BlockedRefund[] };

type MadeBatch = {
  readonly batchId: BatchId;
  readonly file: BatchFile;
  readonly chosen: readonly ReadyRefund[];
  readonly format: ExportFormat;
};

const sheetOf = ({ file, chosen, format }: MadeBatch): Uint8Array<ArrayBuffer> =>
  writeBatchSheet({
    name: file.name,
    acquirer: chosen[0]?.profile.id ?? "",
    format,
    rows: file.rows.map(({ refunds }) => refunds),
    checklist: chosen[0]?.profile.checklist ?? [],
  });

/** The rows of the record are its refunds, whatever the file makes one line of. */
const exportedEvent = (
  { batchId, file, chosen, format }: MadeBatch,
  sheet: Uint8Array<ArrayBuffer>,
): MoneyEvent => ({
  kind: "money",
  state: "exported",
  by: "file",
  refunds: chosen
    .map(({ refundCase }) => latestAttempt(refundCase).record)
    .sort((a, b) => a.seq - b.seq),
  file: hashBytes(file.bytes),
  batch: { id: batchId, format: format.id, rows: chosen.length, total: file.total },
  out: "prepared",
  evidence: [{ kind: "other", sha256: hashBytes(sheet), size: sheet.length, type: batchSheetType }],
  ...given(
    "overrides",
    chosen.some(({ payment }) => payment?.grade === "D") ? ["grade_d"] : undefined,
  ),
});

/** How many files of this kind were made today, and one. */
const nextSeq = async (deps: Deps, format: string): Promise<number> => {
  const today = businessDate(instantFromMs(deps.now()), deps.calendar);
  const batches = await listBatches(deps.journal.db, mostBatchesADay);
  const ofToday = batches.filter(
    (batch) => batch.format === format && businessDate(batch.createdAt, deps.calendar) === today,
  );
  return ofToday.length + 1;
};

const mostBatchesADay = 200;

const contextOf = async (
  deps: Deps,
  { batchId, format }: { readonly batchId: BatchId; readonly format: ExportFormat },
): Promise<BatchContext> => ({
  batchNo: batchId,
  at: instantFromMs(deps.now()),
  seq: await nextSeq(deps, format.id),
  zone: deps.calendar.zone,
});

/** Bytes and sheet are kept before the record that names them stands. */
const keepFiles = async (deps: Deps, made: MadeBatch): Promise<MoneyEvent> => {
  const { db } = deps.journal;
  const sheet = sheetOf(made);
  await saveAttachment(db, hashBytes(made.file.bytes), made.file.bytes);
  await saveAttachment(db, hashBytes(sheet), sheet);
  return exportedEvent(made, sheet);
};

/**
 * Makes the upload file of one format and records that these refunds are in it. The bytes are kept, so that the same
 * batch is always the same file; nothing has left the app until reportDelivery says so.
 */
export const prepareBatch = async (
  deps: Deps,
  formatId: string,
  options: BatchOptions,
): Promise<Result<PreparedBatch, ExportBatchFault>> => {
  const staff = whoMay(deps, options.gradeD ? "export_unproven" : "export");
  if (!staff.ok) return staff;
  const { level } = await readBackupDue(deps);
  if (level === "over") return fail({ kind: "backup_over", days: backupLimitDays });
  await raiseGrades(
    deps,
    (await readyRefunds(deps)).map(({ payment }) => payment),
  );
  let made: MadeBatch | undefined;
  const saved = await recordEvents(deps, async (): Promise<Result<Plan, ExportBatchFault>> => {
    const ready = await readyRefunds(deps);
    const format = findFormat(ready, formatId);
    if (format === undefined) return fail({ kind: "nothing_to_export", blocked: [] });
    const batchId = await newBatchId(deps, isForPeople(format) ? "L" : "W");
    const pace = await readPace(deps, ready);
    const choosing = { options, home: deps.device, pace };
    const { rows, chosen, blocked } = chooseBatch(ready, format, choosing);
    const file = writeBatch(format, rows, await contextOf(deps, { batchId, format }));
    if (!file.ok) return fail({ kind: "nothing_to_export", blocked });
    made = { batchId, file: file.value, chosen, format };
    return planOf(await keepFiles(deps, made));
  });
  if (!saved.ok) return saved;
  if (made === undefined) throw new Error("a recorded batch has a file");
  const { batchId, file, format } = made;
  return ok({ batchId, file: { name: file.name, type: mediaTypeOf(format), bytes: file.bytes } });
};

/** As long as a person may look for whom to share a file with: what left must be told before its approval ends. */
const secondsToHandOut = 300;

/** The very bytes of a batch, to hand out again; for the first time only while every approval in it holds for a while. */
export const batchFile = async (
  deps: Deps,
  batchId: BatchId,
): Promise<Result<OutFile, RefundFault | { readonly kind: "batch_file_gone" }>> => {
  const { db } = deps.journal;
  const batch = await getBatch(db, batchId);
  const bytes = batch && (await findAttachment(db, batch.file));
  const named = batch && (await namesOf(deps, batch));
  if (batch === undefined || bytes === undefined || named === undefined)
    return fail({ kind: "batch_file_gone" });
  const cases = await casesOfRefunds(db, batch.refunds);
  const told = addSeconds(instantFromMs(deps.now()), secondsToHandOut);
  const fault = deliveryFault(cases, batch, told);
  return fault === undefined ? ok({ ...named, bytes }) : fail(fault);
};

/** What was kept beside the file of a batch; undefined for one of an older version. */
export const batchSheet = async (
  { journal }: Deps,
  { sheet }: Pick<Batch, "sheet">,
): Promise<BatchSheet | undefined> => {
  const bytes = sheet && (await findAttachment(journal.db, sheet));
  return bytes && parseBatchSheet(bytes);
};

const namesOf = async (
  deps: Deps,
  batch: Batch,
): Promise<Pick<OutFile, "name" | "type"> | undefined> => {
  const sheet = await batchSheet(deps, batch);
  const format = sheet?.format ?? shippedFormat(batch.format);
  if (format === undefined) return undefined;
  const name = `${format.name.replace("{batch_no}", batch.batchId)}.${extensionOf(format)}`;
  return { name: sheet?.name ?? name, type: mediaTypeOf(format) };
};

/**
 * The file left the app: shared or saved. From now on it can only be taken back with proof. A batch that is uploaded,
 * taken back or partly answered says no more of itself.
 */
export const reportDelivery = async (
  deps: Deps,
  batchId: BatchId,
  out: "shared" | "saved",
): Promise<Result<undefined, UploadFault | RefundFault | LockedFault | RecordFault>> => {
  const staff = whoMay(deps, "export");
  if (!staff.ok) return staff;
  const { db } = deps.journal;
  const saved = await recordEvents<UploadFault | RefundFault>(deps, async ({ now }) => {
    const batch = await getBatch(db, batchId);
    if (batch === undefined) return fail({ kind: "batch_unknown" });
    if (batch.out === out) return nothingToSay;
    const cases = await casesOfRefunds(db, batch.refunds);
    const fault = deliveryFault(cases, batch, now);
    if (fault !== undefined) return fail(fault);
    const event = decideDelivery(cases, batch, { out, now });
    return event === undefined ? nothingToSay : planOf(event);
  });
  return saved.ok ? ok(undefined) : saved;
};

const nothingToSay: Result<Plan, never> = ok({ events: [] });

/** The file never left the app: its refunds wait for the next one. */
export const recallBatch = async (
  deps: Deps,
  batchId: BatchId,
): Promise<Result<Saved, UploadFault | RefundFault | LockedFault | RecordFault>> => {
  const staff = whoMay(deps, "recall");
  if (!staff.ok) return staff;
  return recordEvents<UploadFault | RefundFault>(deps, async () => {
    const batch = await getBatch(deps.journal.db, batchId);
    if (batch === undefined) return fail({ kind: "batch_unknown" });
    const cases = await casesOfRefunds(deps.journal.db, batch.refunds);
    const event = decideRecall(staff.value, cases, batch);
    return event.ok ? planOf(event.value) : event;
  });
};
