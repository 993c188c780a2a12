import { given } from "./given.ts";
import type { Instant } from "./instant.ts";
import type { BatchId, Hash, RecordRef, StaffId } from "./ids.ts";
import type { MoneyEvent, Recorded } from "./journal-event.ts";
import type { Money } from "./money.ts";

/** What left for an acquirer in one file, and how far it got. */
export type Batch = {
  readonly batchId: BatchId;
  readonly format: string;
  readonly rows: number;
  readonly total: Money;
  readonly file: Hash;
  /** What is kept beside the file: its format, which refunds each row stands for, what to have ready. */
  readonly sheet?: Hash;
  readonly refunds: readonly RecordRef[];
  readonly createdAt: Instant;
  readonly out: "prepared" | "shared" | "saved";
  readonly state: "created" | "uploaded" | "recalled";
  readonly uploadedAt?: Instant;
  readonly uploadedBy?: StaffId;
};

/** What was shared or saved has left, whatever is prepared later (M9). */
const outAfter = (known: Batch | undefined, out: Batch["out"] = "prepared"): Batch["out"] =>
  known !== undefined && out === "prepared" ? known.out : out;

/** What was kept beside its file when it was made; later records of it name no file again. */
const sheetAfter = (known: Batch | undefined, { evidence = [] }: MoneyEvent): Hash | undefined =>
  evidence[0]?.sha256 ?? known?.sheet;

/** The batch that an `exported` record names, after it; undefined for records without a batch. */
export const takeBatch = (
  known: Batch | undefined,
  { event, at }: Recorded<MoneyEvent>,
): Batch | undefined => {
  if (event.batch === undefined || event.file === undefined) return undefined;
  const { id, ...facts } = event.batch;
  return {
    ...facts,
    batchId: id,
    file: event.file,
    refunds: event.refunds,
    createdAt: known?.createdAt ?? at,
    out: outAfter(known, event.out),
    state: known?.state ?? "created",
    ...given("sheet", sheetAfter(known, event)),
    ...given("uploadedAt", known?.uploadedAt),
    ...given("uploadedBy", known?.uploadedBy),
  };
};

/** The batch after its upload was reported, or after it was taken back. */
export const closeBatch = (batch: Batch, { event, at, staff }: Recorded<MoneyEvent>): Batch =>
  event.state === "submitted"
    ? { ...batch, state: "uploaded", uploadedAt: at, uploadedBy: staff }
    : { ...batch, state: "recalled" };
