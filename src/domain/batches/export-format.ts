import * as v from "valibot";
import { fail, ok, type Result } from "../result.ts";

/** What a column of an upload file may hold (upload-files.md §2, §3.7). */
const fields = [
  "out_trade_no",
  "transaction_id",
  "ref_no",
  "voucher_no",
  "slip_batch_no",
  "refund_no",
  "amount",
  "amount_total",
  "paid_at",
  "reason",
  "operator_id",
  "term_no",
  "merchant_no",
  "channel",
  "note",
  "row_no",
  "blank",
  "const",
] as const;

const Column = v.strictObject({
  field: v.picklist(fields),
  /** A row without this is left out of the batch. */
  needed: v.optional(v.boolean()),
  /** A longer number is refused, never cut. */
  max: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Free text is cut to this, at the end of a character. */
  maxBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  characters: v.optional(v.picklist(["alphanumeric", "order_number"])),
  unit: v.optional(v.picklist(["yuan", "fen"])),
  /** Of times, in the stall's zone. */
  pattern: v.optional(v.picklist(["yyyy-MM-dd", "yyyyMMdd", "HH:mm:ss", "yyyy-MM-dd HH:mm:ss"])),
  text: v.optional(v.string()),
});

/** Cells may name `{count} {total} {batch_no} {unit}`. */
const Cells = v.array(v.string());
const FactLevel = v.picklist(["page", "doc", "code", "unverified", "merchant"]);

const ExportFormatSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  acquirer: v.string(),
  /** ISO 4217 code of the only currency a file takes; without it any, but one per file. */
  currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))),
  columns: v.pipe(v.array(v.pipe(Column, v.readonly())), v.minLength(1), v.readonly()),
  delimiter: v.picklist([",", "|", "\t", ";"]),
  /** For people: every cell quoted, formula starters and long digits guarded. Never for an acquirer. */
  forPeople: v.boolean(),
  encoding: v.picklist(["utf-8", "gbk"]),
  bom: v.boolean(),
  eol: v.picklist(["\r\n", "\n"]),
  finalEol: v.boolean(),
  extension: v.picklist(["txt", "csv"]),
  header: v.pipe(Cells, v.readonly()),
  trailer: v.pipe(Cells, v.readonly()),
  maxRows: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  name: v.pipe(v.string(), v.regex(/^[\w{}-]{1,60}$/)),
  onePerOrder: v.boolean(),
  verified: v.pipe(v.record(v.string(), FactLevel), v.readonly()),
});

/** How one acquirer wants a file of refunds: data that a merchant may edit, not code. */
export type ExportFormat = Readonly<v.InferOutput<typeof ExportFormatSchema>>;

export type ExportColumn = ExportFormat["columns"][number];

export type ExportFormatFault = { readonly kind: "bad_export_format"; readonly at: string };

/** Reads an edited format; it must hold an amount and a number that names the payment. */
export const parseExportFormat = (input: unknown): Result<ExportFormat, ExportFormatFault> => {
  const read = v.safeParse(ExportFormatSchema, input);
  if (!read.success)
    return fail({ kind: "bad_export_format", at: v.getDotPath(read.issues[0]) ?? "" });
  const has = (...names: readonly ExportColumn["field"][]): boolean =>
    read.output.columns.some(({ field }) => names.includes(field));
  if (!has("amount") || !has("out_trade_no", "transaction_id", "ref_no"))
    return fail({ kind: "bad_export_format", at: "columns" });
  return ok(read.output);
};
