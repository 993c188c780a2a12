import { fail, ok, type Result } from "../domain/result.ts";
import { dateStyles, writeDays } from "./xlsx-dates.ts";
import { attribute, elementsIn, readText, textIn, type Element } from "./xlsx-parts.ts";
import { openEntry, type EntryFault, type ZipEntry } from "./zip.ts";

export type SheetFault = EntryFault | "too_large";

type Part = Result<string, SheetFault>;

/** Strict for small: a sheet has no more columns than a statement could. */
const mostColumns = 200;
const mostRows = 1_048_576;

const idOf = attribute("id");
const relationId = attribute("Id");
const targetOf = attribute("Target");
const typeOf = attribute("t");
const referenceOf = attribute("r");
const styleOf = attribute("s");
const since1904Of = attribute("date1904");

/** Whether the files of a zip are a workbook. */
export const isWorkbook = (entries: readonly ZipEntry[]): boolean =>
  entries.some(({ name }) => name === "xl/workbook.xml");

type Book = {
  readonly file: Blob;
  readonly entries: readonly ZipEntry[];
  /** Most bytes of one part. */
  readonly most: number;
};

/** A part of the workbook without the prefixes of its names; definitions of entities are refused (XML bombs). */
const readPart = async ({ file, entries, most }: Book, name: string): Promise<Part> => {
  const entry = entries.find((one) => one.name === name);
  if (entry === undefined) return fail("damaged");
  if (entry.size > most) return fail("too_large");
  const content = await openEntry(file, entry);
  if (!content.ok) return content;
  const text = await new Response(content.value).text().catch(() => undefined);
  return text === undefined || text.includes("<!DOCTYPE")
    ? fail("damaged")
    : ok(text.replace(/(<\/?)\w+:/g, "$1"));
};

/** A part that a workbook may do without. */
const partIfAny = async (book: Book, name: string): Promise<Part> =>
  book.entries.some((one) => one.name === name) ? readPart(book, name) : ok("");

const firstSheet = async (book: Book, workbook: string): Promise<Part> => {
  const relations = await readPart(book, "xl/_rels/workbook.xml.rels");
  if (!relations.ok) return relations;
  const [sheet] = elementsIn(workbook, "sheet");
  const id = sheet && idOf(sheet);
  const target = elementsIn(relations.value, "Relationship")
    .filter((relation) => relationId(relation) === id)
    .map((relation) => targetOf(relation))[0];
  if (target === undefined) return fail("damaged");
  return readPart(book, target.startsWith("/") ? target.slice(1) : `xl/${target}`);
};

/** What cells refer to: texts by their place, quoted as many cells may name the same, and which styles are times. */
type Words = {
  readonly texts: readonly string[];
  readonly dates: ReadonlySet<string>;
  readonly since1904: boolean;
};

const readWords = async (book: Book, workbook: string): Promise<Result<Words, SheetFault>> => {
  const shared = await partIfAny(book, "xl/sharedStrings.xml");
  if (!shared.ok) return shared;
  const styles = await partIfAny(book, "xl/styles.xml");
  if (!styles.ok) return styles;
  const [settings] = elementsIn(workbook, "workbookPr");
  return ok({
    texts: elementsIn(shared.value, "si").map(({ inner }) => quote(textIn(inner))),
    dates: dateStyles(styles.value),
    since1904: /^(?:1|true)$/.test((settings && since1904Of(settings)) ?? ""),
  });
};

/**
 * A number as a statement writes it: 15 digits are all that a spreadsheet keeps, so binary noise ends there;
 * what is longer and not written out was a number of a payment once and shows as damaged.
 */
export const writeNumber = (value: string): string => {
  if (/^-?\d*$/.test(value)) return value;
  const number = Number(value);
  return Math.abs(number) < 1e15 ? number.toPrecision(15) : number.toExponential();
};

const writeCell = (cell: Element, words: Words): string => {
  const type = typeOf(cell) ?? "n";
  if (type === "inlineStr") return quote(textIn(cell.inner));
  const value = elementsIn(cell.inner, "v")[0]?.inner ?? "";
  if (type === "s") return words.texts[Number(value)] ?? "";
  if (type !== "n") return quote(readText(value));
  const isDate = words.dates.has(styleOf(cell) ?? "0");
  return quote(isDate ? writeDays(value, words.since1904) : writeNumber(value));
};

/** `AB12` is column 27, counted from 0; a cell without a reference follows the one before. */
const columnOf = (cell: Element, next: number): number => {
  const letters = /^[A-Z]{1,3}/.exec(referenceOf(cell) ?? "")?.[0];
  if (letters === undefined) return next;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
};

/** A cell of a line of CSV; a line break inside it becomes a space. */
export const quote = (cell: string): string => {
  const line = cell.replace(/[\r\n]+/g, " ");
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
};

/** Cells of a row, quoted, those left out empty; undefined when they do not stand one behind the other. */
const cellsOf = (row: Element, words: Words): string[] | undefined => {
  const cells: string[] = [];
  for (const cell of elementsIn(row.inner, "c")) {
    const column = columnOf(cell, cells.length);
    if (column < cells.length || column >= mostColumns) return undefined;
    while (cells.length < column) cells.push("");
    cells.push(writeCell(cell, words));
  }
  return cells;
};

/**
 * As wide as the widest so far, a line for each row of the sheet so that its number stays true. Lengths are added up
 * before anything is joined: a few bytes of a row can name texts of a gigabyte.
 */
const linesOf = (
  rows: readonly Element[],
  words: Words,
  most: number,
): Result<string, SheetFault> => {
  const lines: string[] = [];
  let length = 0;
  let width = 0;
  let last = 0;
  for (const row of rows) {
    const number = Number(referenceOf(row) ?? last + 1);
    const cells = cellsOf(row, words);
    if (cells === undefined || !(number > last && number <= mostRows)) return fail("damaged");
    width = Math.max(width, cells.length);
    while (cells.length < width) cells.push("");
    const blank = number - last - 1;
    length += cells.reduce((sum, cell) => sum + cell.length + 1, blank);
    if (length > most) return fail("too_large");
    lines.push(`${"\n".repeat(blank)}${cells.join(",")}\n`);
    last = number;
  }
  return ok(lines.join(""));
};

/**
 * The first sheet of a workbook as lines of CSV. Own code, as the one library of a fitting size (fflate, 6 kB gz for
 * zip alone) checks neither sums nor sizes and reads no sheets; the others weigh ten times the whole worker. Neither a
 * part's bytes nor the letters of all lines together may be more than `most`.
 */
export const readSheet = async (
  file: Blob,
  entries: readonly ZipEntry[],
  most: number,
): Promise<Result<ReadableStream<Uint8Array>, SheetFault>> => {
  const book = { file, entries, most };
  const workbook = await readPart(book, "xl/workbook.xml");
  if (!workbook.ok) return workbook;
  const words = await readWords(book, workbook.value);
  if (!words.ok) return words;
  const sheet = await firstSheet(book, workbook.value);
  if (!sheet.ok) return sheet;
  if (!sheet.value.trimEnd().endsWith("</worksheet>")) return fail("damaged");
  const lines = linesOf(elementsIn(sheet.value, "row"), words.value, most);
  return lines.ok ? ok(new Blob(["\uFEFF", lines.value]).stream()) : lines;
};
