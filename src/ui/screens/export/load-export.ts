import type { Batch } from "../../../domain/batch.ts";
import type { ExportedFile } from "../../../domain/books.ts";
import type { BatchId, CaseId } from "../../../domain/ids.ts";
import { add, type Money } from "../../../domain/money.ts";
import { batchState } from "../../../domain/refund/decide-acknowledge.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import type { Staff } from "../../../domain/staff.ts";
import {
  casesOfRefunds,
  listBatches,
  listExportedFiles,
  listStaff,
  unexported,
} from "../../../storage/queries.ts";
import type { Deps } from "../../../usecases/deps.ts";
import {
  previewBatches,
  type BatchOffer,
  type BatchOptions,
  type BatchPreview,
} from "../../../usecases/choose-batch.ts";

/** What waits, what could leave now, and what left before. */
export type ExportState = {
  readonly waiting: ReadonlyMap<CaseId, RefundCase>;
  readonly preview: BatchPreview;
  readonly batches: readonly Batch[];
  /** Those of which the acquirer has said something, refund by refund. */
  readonly acknowledged: ReadonlySet<BatchId>;
  readonly files: readonly ExportedFile[];
  readonly people: readonly Staff[];
};

const shownBefore = 10;

/** The offer of a format, of those the refunds belong into or of the others. */
export const findOffer = ({ preview }: ExportState, format: string): BatchOffer | undefined =>
  [...preview.offers, ...preview.others].find((offer) => offer.format.id === format);

/** Whether a file of a format was uploaded before; a first one is tried with a single refund. */
export const wasUploaded = ({ batches }: ExportState, format: string): boolean =>
  batches.some((batch) => batch.format === format && batch.state === "uploaded");

const acknowledgedIn = async (
  { journal: { db } }: Deps,
  batches: readonly Batch[],
): Promise<ReadonlySet<BatchId>> => {
  const found = new Set<BatchId>();
  for (const batch of batches)
    if (
      batch.state === "uploaded" &&
      batchState(batch, await casesOfRefunds(db, batch.refunds)) === "acknowledged"
    )
      found.add(batch.batchId);
  return found;
};

/** Reads everything of the export page. */
export const loadExport = async (deps: Deps, options: BatchOptions): Promise<ExportState> => {
  const { db } = deps.journal;
  const cases = await unexported(db);
  const batches = await listBatches(db, shownBefore);
  return {
    waiting: new Map(cases.map((refundCase) => [refundCase.caseId, refundCase])),
    preview: await previewBatches(deps, options),
    batches,
    acknowledged: await acknowledgedIn(deps, batches),
    files: await listExportedFiles(db, shownBefore),
    people: await listStaff(db),
  };
};

/** Cash and credit are paid here and a void is made at the terminal: those never leave in a file. */
export const isForAcquirer = (refundCase: RefundCase): boolean =>
  refundCase.destination === "original" && latestAttempt(refundCase).mode !== "void";

/** One sum per currency. */
export const sumsOf = (cases: Iterable<RefundCase>): readonly Money[] => {
  const sums = new Map<string, Money>();
  for (const refundCase of cases) {
    const { amount } = latestAttempt(refundCase);
    const known = sums.get(amount.currency);
    sums.set(amount.currency, known === undefined ? amount : add(known, amount));
  }
  return [...sums.values()];
};
