import type { JsonObject } from "../json.ts";
import { hasCaptions } from "./batch-lines.ts";
import {
  isForPeople,
  mostSheetRows,
  plainText,
  type ExportColumn,
  type ExportField,
  type ExportFormat,
} from "./export-format.ts";

/** The files that a merchant may make of an own layout. */
export const layoutFiles = ["txt", "csv", "xls"] as const;

export type LayoutFile = (typeof layoutFiles)[number];

/** The same rows in another kind of file, for people or not; where it was text before, how it parts its cells stays. */
export const withFile = (format: ExportFormat, kind: LayoutFile): ExportFormat => {
  const forPeople = isForPeople(format);
  if (kind === "xls") {
    const file = forPeople ? { kind, forPeople } : { kind };
    return { ...format, file, maxRows: Math.min(format.maxRows, mostSheetRows) };
  }
  const before = format.file.kind === "text" ? format.file : { ...plainText, forPeople };
  return { ...format, file: { ...before, extension: kind } };
};

const columnOf = (field: ExportField): ExportColumn => ({
  field,
  ...(field === "refund_no" ? { needed: true } : {}),
  ...(field === "amount" || field === "amount_total" ? { unit: "yuan" as const } : {}),
  ...(field === "paid_at" ? { pattern: "yyyy-MM-dd" as const } : {}),
  ...(field === "reason" ? { maxBytes: 80 } : {}),
});

const hasPlace = (at: number, { columns }: ExportFormat): boolean => at >= 0 && at < columns.length;

/** A column more, behind the others; named where the others are. */
export const addColumn = (format: ExportFormat, field: ExportField): ExportFormat => {
  const column = hasCaptions(format) ? { ...columnOf(field), caption: "" } : columnOf(field);
  return { ...format, columns: [...format.columns, column] };
};

export const removeColumn = (format: ExportFormat, at: number): ExportFormat => ({
  ...format,
  columns: format.columns.filter((_, index) => index !== at),
});

/** One place to the left or to the right; at the end nothing changes. */
export const moveColumn = (format: ExportFormat, at: number, by: -1 | 1): ExportFormat => {
  const columns = [...format.columns];
  const [one, other] = [columns[at], columns[at + by]];
  if (!hasPlace(at + by, format) || one === undefined || other === undefined) return format;
  columns[at] = other;
  columns[at + by] = one;
  return { ...format, columns };
};

/** What one column holds or how it is written. */
export const changeColumn = (
  format: ExportFormat,
  at: number,
  change: Partial<ExportColumn>,
): ExportFormat => ({
  ...format,
  columns: format.columns.map((column, index) =>
    index === at ? Object.assign({}, column, change) : column,
  ),
});

/** Whether the file begins with the names of its columns. */
export const withCaptions = (format: ExportFormat, on: boolean): ExportFormat => ({
  ...format,
  columns: format.columns.map(({ caption, ...column }) =>
    on ? { ...column, caption: caption ?? "" } : column,
  ),
});

const keys = ["out_trade_no", "transaction_id", "ref_no"] as const;

/** The layout as a profile keeps it: any of its keys has to name the payment, unless one is needed anyway. */
export const layoutDocument = (format: ExportFormat): JsonObject => {
  const { id: _, oneOf: before, ...rest } = format;
  const open = keys.filter((key) =>
    rest.columns.some(({ field, needed = false }) => field === key && !needed),
  );
  const isNamed = rest.columns.some(
    ({ field, needed = false }) => needed && keys.some((key) => key === field),
  );
  const oneOf = isNamed ? before : open;
  return JSON.parse(JSON.stringify(oneOf === undefined ? rest : { ...rest, oneOf })) as JsonObject;
};
