import { guardCell } from "./batches/batch-cell.ts";

const byte = "\u{FEFF}";

/**
 * Lines of the journal for a spreadsheet: UTF-8 with a byte order mark, one record a line, no cell that starts a formula or
 * loses a digit (X46).
 */
export const writeJournalCsv = (
  header: readonly string[],
  lines: readonly (readonly string[])[],
): string =>
  `${byte}${[header, ...lines, []].map((cells) => cells.map(guardCell).join(",")).join("\r\n")}`;
