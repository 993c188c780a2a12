import { exponentOf, type Currency } from "../currency.ts";
import type { Json } from "../json.ts";
import { money, type Money } from "../money.ts";
import { parseTotal } from "../statements/amount-text.ts";
import { splitQuoted } from "../statements/delimited-text.ts";
import { decimalsOf } from "./batch-cell.ts";
import type { ExportFormat, RequestApi, TextFile } from "./export-format.ts";
import { hasCaptions } from "./batch-lines.ts";
import { amountInBody } from "./request-bodies.ts";
import { readXls } from "./xls.ts";

type Lines = readonly (readonly string[])[];

const linesOfText = (file: TextFile, bytes: Uint8Array): Lines => {
  const lines = new TextDecoder(file.encoding).decode(bytes).split(file.eol);
  const ended = file.finalEol ? lines.slice(0, -1) : lines;
  return ended.map((line) =>
    file.forPeople
      ? (splitQuoted(line) ?? []).map((cell) => cell.replace(/^'/, ""))
      : line.split(file.delimiter),
  );
};

/** The cells of every line of a finished file, as a program at the other end reads them; guards taken off. */
const readBackLines = ({ file }: ExportFormat, bytes: Uint8Array): Lines =>
  file.kind === "text" ? linesOfText(file, bytes) : readXls(bytes);

/** The cells of every row, without what stands over and under them. */
export const readBackRows = (format: ExportFormat, bytes: Uint8Array): Lines => {
  const lines = readBackLines(format, bytes);
  const first = format.head.length + (hasCaptions(format) ? 1 : 0);
  return lines.slice(first, lines.length - format.trailer.length);
};

const minorsInBodies = (api: RequestApi, bytes: Uint8Array, currency: Currency) => {
  const { requests } = JSON.parse(new TextDecoder().decode(bytes)) as { requests: Json[] };
  return requests.map((body) => amountInBody(api, body, exponentOf(currency)));
};

const minorsInRows = (format: ExportFormat, bytes: Uint8Array, currency: Currency) => {
  const at = format.columns.findIndex(({ field }) => field === "amount");
  const column = format.columns[at];
  const decimals = column === undefined ? 0 : decimalsOf(column, currency);
  return readBackRows(format, bytes).map((cells) => parseTotal(cells[at] ?? "", decimals));
};

/** Count and sum of the rows in the finished bytes. */
export const readBackTotal = (
  format: ExportFormat,
  bytes: Uint8Array,
  currency: Currency,
): { readonly count: number; readonly total: Money } => {
  const { file } = format;
  const minors =
    file.kind === "json"
      ? minorsInBodies(file.api, bytes, currency)
      : minorsInRows(format, bytes, currency);
  const total = minors.reduce<number>((sum, minor) => sum + (minor ?? NaN), 0);
  return { count: minors.length, total: money(total, currency) };
};

/** A file as a person looks at it: cells of a sheet, or text as it stands. */
export type FileLook =
  | { readonly kind: "cells"; readonly lines: readonly (readonly string[])[] }
  | { readonly kind: "text"; readonly text: string };

/** What is in a finished file, read from its bytes. */
export const lookOf = (format: ExportFormat, bytes: Uint8Array): FileLook => {
  const { file } = format;
  if (file.kind === "xls") return { kind: "cells", lines: readXls(bytes) };
  const encoding = file.kind === "text" ? file.encoding : "utf-8";
  return { kind: "text", text: new TextDecoder(encoding).decode(bytes) };
};
