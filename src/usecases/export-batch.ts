import {
  blockOf,
  formatOf,
  mostRefs,
  rowOf,
  type BlockReason,
  type ReadyRefund,
} from "../domain/batch-choice.ts";
import { exportFormats, type ExportFormatId } from "../domain/batches/index.ts";
import { writeBatch, type BatchFile } from "../domain/batches/write-batch.ts";
import { given } from "../domain/given.ts";
import type { BatchId, CaseId } from "../domain/ids.ts";
import { addSeconds, instantFromMs } from "../domain/instant.ts";
import type { MoneyEvent } from "../domain/journal-event.ts";
import type { Money } from "../domain/money.ts";
import { latestAttempt } from "../domain/refund/case.ts";
import { decideDelivery, decideRecall, deliveryFault } from "../domain/refund/decide-batch.ts";
import type { NotEntitled, RefundFault } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { hashBytes } from "../ledger/base64url.ts";
import type { Saved } from "../storage/append-record.ts";
import { findProfile } from "../storage/profiles.ts";
import { casesOfRefunds, getBatch, getPayment, unexported } from "../storage/queries.ts";
import { findAttachment, saveAttachment } from "../storage/save-attachment.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { newBatchId } from "./new-batch-id.ts";
import { raiseGrades } from "./raise-grades.ts";
import { planOf, recordEvents, type Plan, type RecordFault } from "./record-event.ts";
import type { UploadFault } from "./report-upload.ts";

/** Words that go into files, in the language the acquirer reads. */
export type BatchTexts = {
  readonly reason: (code: string) => string;
  readonly channel: (code: string) => string;
};

export type BatchOptions = {
  readonly texts: BatchTexts;
  /** The owner answers by name for payments that only a scanned bill shows. */
  readonly gradeD: boolean;
};

/** One upload file that could be made now. */
export type BatchOffer = {
  readonly format: ExportFormatId;
  readonly cases: readonly CaseId[];
  readonly total: Money;
};

export type BlockedRefund = { readonly caseId: CaseId; readonly reason: BlockReason };

export type BatchPreview = {
  readonly offers: readonly BatchOffer[];
  readonly blocked: readonly BlockedRefund[];
};

export type PreparedBatch = { readonly batchId: BatchId; readonly file: OutFile };

export type ExportBatchFault =
  | LockedFault
  | NotEntitled
  | RecordFault
  | { readonly kind: "nothing_to_export"; readonly blocked: readonly BlockedRefund[] };

type Choice = {
  readonly file: BatchFile | undefined;
  readonly blocked: readonly BlockedRefund[];
  readonly chosen: readonly ReadyRefund[];
};

const readyRefunds = async (deps: Deps): Promise<readonly ReadyRefund[]> => {
  const cases = await unexported(deps.journal.db);
  return Promise.all(
    cases.map(async (refundCase) => ({
      refundCase,
      payment:
        refundCase.paymentId === undefined
          ? undefined
          : await getPayment(deps.journal.db, refundCase.paymentId),
      profile: (await findProfile(deps.journal.db, refundCase.acquirer)).profile,
    })),
  );
};

const caseByNumber = (ready: readonly ReadyRefund[], refundNo: string): ReadyRefund | undefined =>
  ready.find(({ refundCase }) => latestAttempt(refundCase).refundNo === refundNo);

/** Parts the ready refunds of one format into a file and those that stay, each with its reason. */
const choose = (
  ready: readonly ReadyRefund[],
  format: ExportFormatId,
  {
    options,
    batchId,
    deps,
  }: { readonly options: BatchOptions; readonly batchId: BatchId; readonly deps: Deps },
): Choice => {
  const own = ready.filter((refund) => formatOf(refund) === format);
  const moment = {
    gradeD: options.gradeD,
    calendar: deps.calendar,
    now: instantFromMs(deps.now()),
  };
  const stopped = own.flatMap((refund) => {
    const reason = blockOf(refund, moment);
    return reason === undefined ? [] : [{ caseId: refund.refundCase.caseId, reason }];
  });
  const free = own.filter((refund) => blockOf(refund, moment) === undefined).slice(0, mostRefs);
  const rows = free.map((refund) =>
    rowOf(refund, {
      reason: options.texts.reason(refund.refundCase.reason),
      channel: options.texts.channel(refund.payment?.channel ?? "other"),
    }),
  );
  const written = writeBatch(exportFormats[format], rows, {
    batchNo: batchId,
    zone: deps.calendar.zone,
  });
  const skipped = (written.ok ? written.value.skipped : written.fault.skipped).flatMap(
    ({ row, reason }) => {
      const refund = caseByNumber(free, row.refundNo);
      return refund === undefined ? [] : [{ caseId: refund.refundCase.caseId, reason }];
    },
  );
  const file = written.ok ? written.value : undefined;
  const chosen = (file?.rows ?? []).flatMap((row) => caseByNumber(free, row.refundNo) ?? []);
  return { file, chosen, blocked: [...stopped, ...skipped] };
};

const formatIds = Object.keys(exportFormats) as readonly ExportFormatId[];

/** What could leave now and what could not, without recording anything. */
export const previewBatches = async (deps: Deps, options: BatchOptions): Promise<BatchPreview> => {
  const ready = await readyRefunds(deps);
  const choices = formatIds.map((format) => ({
    format,
    ...choose(ready, format, { options, batchId: "preview" as BatchId, deps }),
  }));
  return {
    offers: choices.flatMap(({ format, file, chosen }) =>
      file === undefined
        ? []
        : [{ format, total: file.total, cases: chosen.map(({ refundCase }) => refundCase.caseId) }],
    ),
    blocked: choices.flatMap((choice) => choice.blocked),
  };
};

const exportedEvent = (
  batchId: BatchId,
  format: ExportFormatId,
  { file, chosen }: { readonly file: BatchFile; readonly chosen: readonly ReadyRefund[] },
): MoneyEvent => ({
  kind: "money",
  state: "exported",
  by: "file",
  refunds: chosen
    .map(({ refundCase }) => latestAttempt(refundCase).record)
    .sort((a, b) => a.seq - b.seq),
  file: hashBytes(file.bytes),
  batch: { id: batchId, format, rows: file.count, total: file.total },
  out: "prepared",
  ...given(
    "overrides",
    chosen.some(({ payment }) => payment?.grade === "D") ? ["grade_d"] : undefined,
  ),
});

const typeOf = (format: ExportFormatId): string =>
  exportFormats[format].extension === "csv" ? "text/csv" : "text/plain";

/**
 * Makes the upload file of one format and records that these refunds are in it. The bytes are kept, so that the same
 * batch is always the same file; nothing has left the app until reportDelivery says so.
 */
export const prepareBatch = async (
  deps: Deps,
  format: ExportFormatId,
  options: BatchOptions,
): Promise<Result<PreparedBatch, ExportBatchFault>> => {
  const staff = whoMay(deps, options.gradeD ? "export_unproven" : "export");
  if (!staff.ok) return staff;
  await raiseGrades(
    deps,
    (await readyRefunds(deps)).map(({ payment }) => payment),
  );
  let made: { readonly batchId: BatchId; readonly file: BatchFile } | undefined;
  const saved = await recordEvents(deps, async (): Promise<Result<Plan, ExportBatchFault>> => {
    const batchId = await newBatchId(deps, format === "wechat-batch-txt" ? "W" : "L");
    const choice = choose(await readyRefunds(deps), format, { options, batchId, deps });
    const { file, chosen } = choice;
    if (file === undefined) return fail({ kind: "nothing_to_export", blocked: choice.blocked });
    made = { batchId, file };
    await saveAttachment(deps.journal.db, hashBytes(file.bytes), file.bytes);
    return planOf(exportedEvent(batchId, format, { file, chosen }));
  });
  if (!saved.ok) return saved;
  if (made === undefined) throw new Error("a recorded batch has a file");
  const { batchId, file } = made;
  return ok({ batchId, file: { name: file.name, type: typeOf(format), bytes: file.bytes } });
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
  const format = formatIds.find((id) => id === batch?.format);
  if (batch === undefined || bytes === undefined || format === undefined)
    return fail({ kind: "batch_file_gone" });
  const cases = await casesOfRefunds(db, batch.refunds);
  const told = addSeconds(instantFromMs(deps.now()), secondsToHandOut);
  const fault = deliveryFault(cases, batch, told);
  if (fault !== undefined) return fail(fault);
  const { name, extension } = exportFormats[format];
  return ok({
    name: `${name.replace("{batch_no}", batchId)}.${extension}`,
    type: typeOf(format),
    bytes,
  });
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
