import { fail, ok, type Result } from "../domain/result.ts";
import { isDateFormat, writeDays } from "./xlsx-dates.ts";
import { quote, writeNumber } from "./xlsx.ts";
import { readStream } from "./xls-shell.ts";

/** Why an old sheet is not read: it has a password, breaks off, is older than BIFF8, or its lines are too long together. */
export type OldSheetFault = "encrypted" | "damaged" | "xls" | "too_large";

type Entry = { readonly id: number; readonly body: DataView; readonly end: number };

const recordAt = (stream: DataView, at: number): Entry | undefined => {
  if (at + 4 > stream.byteLength) return undefined;
  const size = stream.getUint16(at + 2, true);
  const end = at + 4 + size;
  if (end > stream.byteLength) return undefined;
  const body = new DataView(stream.buffer, stream.byteOffset + at + 4, size);
  return { id: stream.getUint16(at, true), body, end };
};

const bofRecord = 0x809;
const eofRecord = 0x0a;
const continued = 0x3c;

/** The records of one part of the book, those of charts inside it left out; undefined where it breaks off. */
const recordsFrom = (stream: DataView, from: number): readonly Entry[] | undefined => {
  const found: Entry[] = [];
  let depth = 0;
  for (let at = from; ;) {
    const entry = recordAt(stream, at);
    if (entry === undefined || (at === from && entry.id !== bofRecord)) return undefined;
    if (entry.id === bofRecord) depth++;
    else if (entry.id === eofRecord) depth--;
    else if (depth === 1) found.push(entry);
    if (depth === 0) return found;
    at = entry.end;
  }
};

/** Reads texts that may go on in the next record, which then says anew whether its letters are wide ([MS-XLS] 2.5.293). */
const openTexts = (parts: readonly DataView[]) => {
  let part = 0;
  let at = 0;
  const rest = (): number => (parts[part]?.byteLength ?? 0) - at;
  const next = (): void => {
    part++;
    at = 0;
    if (part >= parts.length) throw new RangeError("text breaks off");
  };
  const take = (size: 1 | 2 | 4): number => {
    if (rest() === 0) next();
    const view = parts[part] ?? new DataView(new ArrayBuffer(0));
    at += size;
    if (size === 1) return view.getUint8(at - 1);
    return size === 2 ? view.getUint16(at - 2, true) : view.getUint32(at - 4, true);
  };
  const skip = (size: number): void => {
    let left = size;
    while (left > rest()) {
      left -= rest();
      next();
    }
    at += left;
  };
  return (): string => {
    const length = take(2);
    let flags = take(1);
    const runs = (flags & 8) === 0 ? 0 : take(2);
    const extra = (flags & 4) === 0 ? 0 : take(4);
    const letters: number[] = [];
    while (letters.length < length) {
      if (rest() === 0) {
        next();
        flags = take(1);
      }
      letters.push(take((flags & 1) === 0 ? 1 : 2));
    }
    skip(runs * 4 + extra);
    return letters.map((letter) => String.fromCharCode(letter)).join("");
  };
};

/** Ready for their lines: many cells may name the same text. */
const sharedTexts = (entries: readonly Entry[]): readonly string[] => {
  const at = entries.findIndex(({ id }) => id === 0xfc);
  const first = entries[at]?.body;
  if (first === undefined) return [];
  const more = entries.slice(at + 1);
  const end = more.findIndex(({ id }) => id !== continued);
  const parts = more.slice(0, end < 0 ? more.length : end).map(({ body }) => body);
  const head = new DataView(first.buffer, first.byteOffset + 8, first.byteLength - 8);
  const read = openTexts([head, ...parts]);
  const count = Math.min(first.getUint32(4, true), first.buffer.byteLength / 3);
  return Array.from({ length: count }, () => quote(read()));
};

type Words = {
  readonly texts: readonly string[];
  readonly dates: readonly boolean[];
  readonly since1904: boolean;
};

const textFrom = (body: DataView, at: number): string =>
  openTexts([new DataView(body.buffer, body.byteOffset + at, body.byteLength - at)])();

const wordsOf = (entries: readonly Entry[]): Words => {
  const own = new Map(
    entries
      .filter(({ id }) => id === 0x41e)
      .map(({ body }) => {
        const format = body.getUint16(0, true);
        return [format, isDateFormat(format, textFrom(body, 2))];
      }),
  );
  const formats = entries.filter(({ id }) => id === 0xe0);
  return {
    texts: sharedTexts(entries),
    dates: formats.map(({ body }) => {
      const format = body.getUint16(2, true);
      return own.get(format) ?? isDateFormat(format, undefined);
    }),
    since1904: entries.some(({ id, body }) => id === 0x22 && body.getUint16(0, true) === 1),
  };
};

/** 15 digits are all that a number keeps: a longer one shows as damaged, never as a whole number of a payment. */
const numberText = (value: number, format: number, { dates, since1904 }: Words): string => {
  if (dates[format] === true) return writeDays(String(value), since1904);
  return Math.abs(value) < 1e15 ? writeNumber(String(value)) : value.toExponential();
};

const shortNumber = (body: DataView, at: number): number => {
  const packed = body.getInt32(at, true);
  const wide = new DataView(new ArrayBuffer(8));
  wide.setInt32(4, packed & ~3, true);
  const value = (packed & 2) === 0 ? wide.getFloat64(0, true) : packed >> 2;
  return (packed & 1) === 0 ? value : value / 100;
};

/** What one record gives to the cells from its column on, quoted; undefined for records that are no cells. */
const cellsIn = ({ id, body }: Entry, words: Words): readonly string[] | undefined => {
  const format = (at: number): number => body.getUint16(at, true);
  if (id === 0xfd) return [words.texts[body.getUint32(6, true)] ?? ""];
  if (id === 0x204) return [quote(textFrom(body, 6))];
  if (id === 0x203) return [numberText(body.getFloat64(6, true), format(4), words)];
  if (id === 0x27e) return [numberText(shortNumber(body, 6), format(4), words)];
  if (id === 0x06)
    return body.getUint16(12, true) === 0xffff
      ? [""]
      : [numberText(body.getFloat64(6, true), format(4), words)];
  if (id !== 0xbd) return undefined;
  return Array.from({ length: Math.floor((body.byteLength - 6) / 6) }, (_, index) =>
    numberText(shortNumber(body, 6 + index * 6), format(4 + index * 6), words),
  );
};

const mostColumns = 256;

/** The sheet as lines of CSV: a line for each row, so that its number stays true, as wide as the widest so far. */
const linesOf = (
  entries: readonly Entry[],
  words: Words,
  most: number,
): Result<string, OldSheetFault> => {
  let length = 0;
  const rows: (string[] | undefined)[] = [];
  let place: readonly [row: string[], column: number] | undefined;
  for (const entry of entries) {
    const texts = entry.id === 0x207 ? [quote(textFrom(entry.body, 0))] : cellsIn(entry, words);
    if (texts === undefined) continue;
    if (entry.id !== 0x207)
      place = [(rows[entry.body.getUint16(0, true)] ??= []), entry.body.getUint16(2, true)];
    if (place === undefined || place[1] + texts.length > mostColumns)
      throw new RangeError("a cell outside its sheet");
    for (const [index, text] of texts.entries()) {
      place[0][place[1] + index] = text;
      length += text.length;
    }
    if (length > most) return fail("too_large");
  }
  let width = 0;
  const lines = Array.from(rows, (cells) => {
    if (cells === undefined) return "\n";
    width = Math.max(width, cells.length);
    return `${Array.from({ length: width }, (_, at) => cells[at] ?? "").join(",")}\n`;
  });
  return ok(lines.join(""));
};

const readBook = (stream: DataView, most: number): Result<string, OldSheetFault> => {
  if (recordAt(stream, 0)?.body.getUint16(0, true) !== 0x600) return fail("xls");
  const entries = recordsFrom(stream, 0);
  if (entries === undefined) return fail("damaged");
  if (entries.some(({ id }) => id === 0x2f)) return fail("encrypted");
  const sheet = entries.find(({ id, body }) => id === 0x85 && body.getUint8(5) === 0);
  const rows = sheet && recordsFrom(stream, sheet.body.getUint32(0, true));
  return rows === undefined ? fail("damaged") : linesOf(rows, wordsOf(entries), most);
};

/**
 * The first sheet of a legacy workbook (BIFF8) as lines of CSV. Own code: SheetJS, the one library that reads it, weighs
 * a hundred times as much. Whatever the bytes say, it ends in time and memory of the order of the file's size and of
 * `most`, the letters that all its cells may have together.
 */
export const readOldSheet = (bytes: Uint8Array, most: number): Result<string, OldSheetFault> => {
  try {
    const stream = readStream(bytes, "Workbook");
    if (stream !== undefined) return readBook(stream, most);
    if (readStream(bytes, "EncryptedPackage") !== undefined) return fail("encrypted");
    return fail(readStream(bytes, "Book") === undefined ? "damaged" : "xls");
  } catch (error) {
    if (error instanceof RangeError) return fail("damaged");
    throw error;
  }
};
