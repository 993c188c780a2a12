import * as v from "valibot";
import { fail, ok, type Result } from "../result.ts";

/** What a column of an upload file may hold (upload-files.md §2, §3). */
export const exportFields = [
  "out_trade_no",
  "transaction_id",
  "ref_no",
  "voucher_no",
  "slip_batch_no",
  "serial_no",
  "refund_no",
  "acquirer_no",
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

export const timePatterns = [
  "yyyy-MM-dd",
  "yyyyMMdd",
  "HH:mm:ss",
  "yyyy-MM-dd HH:mm:ss",
  "yyyyMMddHHmmss",
] as const;

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const text = v.pipe(v.string(), v.maxLength(80));

const Column = v.strictObject({
  field: v.picklist(exportFields),
  /** Its name in the file, where the file names its columns. */
  caption: v.exactOptional(text),
  /** A row without this is left out of the batch. */
  needed: v.exactOptional(v.boolean()),
  /** A longer number is refused, never cut. */
  max: v.exactOptional(whole),
  /** Free text is cut to this, at the end of a character. */
  maxBytes: v.exactOptional(whole),
  characters: v.exactOptional(v.picklist(["alphanumeric", "order_number"])),
  unit: v.exactOptional(v.picklist(["yuan", "fen"])),
  /** Of times, in the stall's zone. */
  pattern: v.exactOptional(v.picklist(timePatterns)),
  text: v.exactOptional(text),
});

/** Request bodies for whoever signs them; keys never come into this app (payments-cn.md §7). */
export const requestApis = [
  "wechat_v3",
  "alipay_refund",
  "ums_netpay",
  "ums_bills",
  "ums_poslink",
  "lakala_labs",
  "unionpay_04",
] as const;

export type RequestApi = (typeof requestApis)[number];

const TextFile = v.strictObject({
  kind: v.literal("text"),
  extension: v.picklist(["txt", "csv"]),
  delimiter: v.picklist([",", "|", "\t", ";"]),
  encoding: v.picklist(["utf-8", "gbk"]),
  bom: v.boolean(),
  eol: v.picklist(["\r\n", "\n"]),
  finalEol: v.boolean(),
  /** For people: every cell quoted, formula starters and long digits guarded. Never for an acquirer. */
  forPeople: v.boolean(),
});

const SheetFile = v.strictObject({
  kind: v.literal("xls"),
  /** For people, as of text; its cells are text and need no guard. */
  forPeople: v.exactOptional(v.boolean()),
});
const RequestFile = v.strictObject({ kind: v.literal("json"), api: v.picklist(requestApis) });

export type TextFile = Readonly<v.InferOutput<typeof TextFile>>;

/** Text as most portals take it: bare commas, UTF-8 without a mark. */
export const plainText = {
  kind: "text",
  extension: "txt",
  delimiter: ",",
  encoding: "utf-8",
  bom: false,
  eol: "\r\n",
  finalEol: false,
  forPeople: false,
} as const satisfies TextFile;

/** Rows of cells, which may name `{count} {total} {total_fen} {batch_no} {unit} {date} {stamp} {mer_id} {seq}`. */
const Lines = v.pipe(v.array(v.pipe(v.array(text), v.readonly())), v.maxLength(5), v.readonly());
const FactLevel = v.picklist(["page", "doc", "code", "unverified", "merchant"]);

/** A sheet of the old kind is written whole; more rows than these would not fit into it. */
export const mostSheetRows = 1000;

/** How one acquirer wants a file of refunds: data that a merchant may edit, not code. */
export const ExportFormatSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9_-]{1,40}$/)),
  version: whole,
  acquirer: v.pipe(v.string(), v.maxLength(40)),
  /** ISO 4217 code of the only currency a file takes; without it any, but one per file. */
  currency: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))),
  file: v.variant("kind", [TextFile, SheetFile, RequestFile]),
  /** Lines before the captions, and after the last row. */
  head: Lines,
  columns: v.pipe(
    v.array(v.pipe(Column, v.readonly())),
    v.minLength(1),
    v.maxLength(40),
    v.readonly(),
  ),
  trailer: Lines,
  /** Rows of one order become one with their sum: the file has no place for a refund number. */
  mergeBy: v.exactOptional(v.picklist(["out_trade_no", "transaction_id"])),
  /** Any of these has to name the payment. */
  oneOf: v.exactOptional(v.pipe(v.array(v.picklist(exportFields)), v.readonly())),
  maxRows: v.pipe(whole, v.maxValue(100_000)),
  name: v.pipe(v.string(), v.regex(/^[\w{}-]{1,60}$/)),
  onePerOrder: v.boolean(),
  verified: v.pipe(v.record(v.pipe(v.string(), v.maxLength(20)), FactLevel), v.readonly()),
});

export type ExportFormat = Readonly<v.InferOutput<typeof ExportFormatSchema>>;

export type ExportColumn = ExportFormat["columns"][number];

export type ExportField = ExportColumn["field"];

export type ExportFormatFault = { readonly kind: "bad_export_format"; readonly at: string };

/** Whether a text of the format itself would end its cell: nothing quotes it in a file for machines. */
const endsCell = ({ columns, file, head, trailer }: ExportFormat): boolean => {
  if (file.kind !== "text" || file.forPeople) return false;
  const texts = [...head, ...trailer, columns.map(({ caption = "" }) => caption)].flat();
  return texts.some((one) => one.includes(file.delimiter));
};

/** Why a format writes no file that an acquirer could use; undefined when it does. */
const unusable = (format: ExportFormat): string | undefined => {
  const { columns, file, maxRows } = format;
  const has = (...names: readonly ExportField[]): boolean =>
    columns.some(({ field }) => names.includes(field));
  if (!has("amount") || !has("out_trade_no", "transaction_id", "ref_no")) return "columns";
  if (endsCell(format)) return "caption";
  return file.kind === "xls" && maxRows > mostSheetRows ? "maxRows" : undefined;
};

/** Reads an edited format; it must hold an amount and a number that names the payment. */
export const parseExportFormat = (input: unknown): Result<ExportFormat, ExportFormatFault> => {
  const read = v.safeParse(ExportFormatSchema, input);
  const at = read.success ? unusable(read.output) : (v.getDotPath(read.issues[0]) ?? "");
  return read.success && at === undefined
    ? ok(read.output)
    : fail({ kind: "bad_export_format", at: at ?? "" });
};

/** Whether a file is for people to read and type from; an acquirer's carries no guard. */
export const isForPeople = ({ file }: Pick<ExportFormat, "file">): boolean =>
  file.kind !== "json" && file.forPeople === true;

/** Whether a row tells its acquirer our refund number, so that its answers and statements bear it. */
export const tellsNumber = (format: Pick<ExportFormat, "columns" | "file">): boolean =>
  !isForPeople(format) &&
  format.columns.some(({ field }) => field === "refund_no" || field === "acquirer_no");

export const extensionOf = ({
  file,
}: Pick<ExportFormat, "file">): "txt" | "csv" | "xls" | "json" =>
  file.kind === "text" ? file.extension : file.kind;

const mediaTypes = {
  txt: "text/plain",
  csv: "text/csv",
  xls: "application/vnd.ms-excel",
  json: "application/json",
} as const;

/** The media type under which a file of a format is handed out. */
export const mediaTypeOf = (format: Pick<ExportFormat, "file">): string =>
  mediaTypes[extensionOf(format)];
