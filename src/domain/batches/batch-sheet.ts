import * as v from "valibot";
import type { Preparation } from "../acquirers/profile.ts";
import { preparations } from "../acquirers/profile.ts";
import { encodeText } from "./encode-text.ts";
import { ExportFormatSchema, type ExportFormat } from "./export-format.ts";

const Texts = v.pipe(v.array(v.string()), v.readonly());

const BatchSheetSchema = v.strictObject({
  v: v.literal(1),
  /** Name of the file. */
  name: v.string(),
  /** The profile it was made for. */
  acquirer: v.string(),
  format: ExportFormatSchema,
  /** Refund numbers behind each row, in the file's order. */
  rows: v.pipe(v.array(Texts), v.readonly()),
  /** What was shown to have ready. */
  checklist: v.pipe(v.array(v.picklist(preparations)), v.readonly()),
});

/** What stays known of a batch beside its bytes, kept under the hash that its record signs. */
export type BatchSheet = {
  readonly name: string;
  readonly acquirer: string;
  readonly format: ExportFormat;
  readonly rows: readonly (readonly string[])[];
  readonly checklist: readonly Preparation[];
};

export const batchSheetType = "application/json";

export const writeBatchSheet = (sheet: BatchSheet): Uint8Array<ArrayBuffer> =>
  encodeText(JSON.stringify({ v: 1, ...sheet }), "utf-8");

/** Undefined for bytes that are no sheet of this version. */
export const parseBatchSheet = (bytes: Uint8Array): BatchSheet | undefined => {
  try {
    const read = v.safeParse(BatchSheetSchema, JSON.parse(new TextDecoder().decode(bytes)));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
};
