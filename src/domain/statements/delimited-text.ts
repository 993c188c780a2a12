const space = 32;
const tick = 96;
const firstBeyondAscii = 127;

/** Whether an ASCII character stands here that is neither white space nor a back-tick. */
const isPlain = (code: number): boolean => code > space && code < firstBeyondAscii && code !== tick;

/** A cell without its back-tick and the white space around it; most have neither, and are looked at by their ends. */
export const cleanCell = (cell: string): string => {
  if (isPlain(cell.charCodeAt(0)) && isPlain(cell.charCodeAt(cell.length - 1))) return cell;
  const trimmed = cell.trim();
  return trimmed.startsWith("`") ? trimmed.slice(1).trim() : trimmed;
};

/** A column's name as layouts spell it: half-width brackets, nothing around it. */
export const headerWord = (cell: string): string =>
  cleanCell(cell).replaceAll("（", "(").replaceAll("）", ")");

const cellEnd = (line: string, start: number, separator: string): number => {
  const next = line.indexOf(separator, start);
  return next === -1 ? line.length : next;
};

/** Cells of an RFC 4180 line; undefined when a quoted cell is not closed right before a separator. */
export const splitQuoted = (line: string, separator = ","): readonly string[] | undefined => {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line.charAt(at) === '"') {
      const quoted = readQuoted(line, at + 1, separator);
      if (quoted === undefined) return undefined;
      cells.push(quoted.cell);
      at = quoted.end;
    } else {
      const end = cellEnd(line, at, separator);
      cells.push(line.slice(at, end));
      at = end;
    }
    if (at >= line.length) return cells;
    at++;
  }
};

const readQuoted = (
  line: string,
  start: number,
  separator: string,
): { readonly cell: string; readonly end: number } | undefined => {
  let at = line.indexOf('"', start);
  while (at !== -1 && line.charAt(at + 1) === '"') at = line.indexOf('"', at + 2);
  if (at === -1) return undefined;
  const end = cellEnd(line, at + 1, separator);
  if (line.slice(at + 1, end).trim() !== "") return undefined;
  return { cell: line.slice(start, at).replaceAll('""', '"'), end };
};

/** Back-ticked cells part at comma and back-tick, which survives commas in names; a re-saved line is RFC 4180. */
export const splitTicked = (line: string, count: number): readonly string[] | undefined => {
  const ticked = line.startsWith("`") ? line.slice(1).split(",`") : [];
  if (ticked.length === count) return ticked;
  const quoted = splitQuoted(line);
  return quoted?.length === count ? quoted : undefined;
};

/** Cells of any line: quoted where that closes, else at every comma. */
export const splitCells = (line: string): readonly string[] =>
  line.includes('"') ? (splitQuoted(line) ?? line.split(",")) : line.split(",");

/** The words of a header line, however it was saved. */
export const headerWords = (line: string): readonly string[] => splitCells(line).map(headerWord);
