import { joinBytes, u16, u32, utf16, type Bytes } from "./bytes.ts";
import { readCompoundFile, writeCompoundFile } from "./compound-file.ts";

/** A legacy spreadsheet of one sheet with text cells only ([MS-XLS], BIFF8): what portals call `.xls`. */
type Rows = readonly (readonly string[])[];

const record = (id: number, ...parts: readonly Uint8Array[]): Bytes => {
  const body = joinBytes(parts);
  return joinBytes([u16(id, body.length), body]);
};

const bof = (kind: number): Bytes => record(0x809, u16(0x600, kind, 0xdbb, 0x7cc), u32(0, 6));
const eof = record(0x0a);

const shortName = (name: string): Bytes => joinBytes([Uint8Array.of(name.length, 1), utf16(name)]);

const font = record(
  0x31,
  u16(200, 0, 0x7fff, 400, 0),
  Uint8Array.of(0, 0, 0, 0),
  shortName("Arial"),
);

/** Cell formats: number format, parent, and which of its parts are its own. */
const cellFormat = (numberFormat: number, parent: number, own: number): Bytes =>
  record(
    0xe0,
    u16(0, numberFormat, parent),
    Uint8Array.of(0x20, 0, 0, own),
    u32(0, 0),
    u16(0x20c0),
  );

const styles = 15;
const asText = 0x31;
/** The second format for cells, after the styles and the default. */
const textFormat = styles + 1;

const globals = joinBytes([
  bof(5),
  record(0x42, u16(1200)),
  record(0x3d, u16(0, 0, 0x4000, 0x2000, 0x38, 0, 0, 1, 600)),
  font,
  font,
  font,
  font,
  ...Array.from({ length: styles }, () => cellFormat(0, 0xfff5, 0xf4)),
  cellFormat(0, 1, 0),
  cellFormat(asText, 1, 4),
  record(0x293, u16(0x8000), Uint8Array.of(0, 0xff)),
]);

const sheetName = shortName("Sheet1");
const sheetRecordSize = 4 + 6 + sheetName.length;

/** Longest body of a record; what is more goes on in the next, between two texts. */
const longestBody = 8224;

const sharedTexts = (texts: readonly string[], cells: number): Bytes => {
  const bodies: Uint8Array[][] = [[u32(cells, texts.length)]];
  let size = 8;
  for (const text of texts) {
    const piece = joinBytes([u16(text.length), Uint8Array.of(1), utf16(text)]);
    if (size + piece.length > longestBody) {
      bodies.push([]);
      size = 0;
    }
    bodies.at(-1)?.push(piece);
    size += piece.length;
  }
  return joinBytes(bodies.map((body, at) => record(at === 0 ? 0xfc : 0x3c, ...body)));
};

const cellSize = 14;

/** One record for each cell with a text; written in place, for there are thousands. */
const cellsOf = (rows: Rows, places: ReadonlyMap<string, number>): Bytes => {
  const filled = rows.flat().filter((text) => text !== "").length;
  const view = new DataView(new ArrayBuffer(filled * cellSize));
  let at = 0;
  for (const [y, cells] of rows.entries())
    for (const [x, text] of cells.entries()) {
      if (text === "") continue;
      for (const [index, value] of [0xfd, cellSize - 4, y, x, textFormat].entries())
        view.setUint16(at + index * 2, value, true);
      view.setUint32(at + 10, places.get(text) ?? 0, true);
      at += cellSize;
    }
  return new Uint8Array(view.buffer);
};

const sheetOf = (rows: Rows, places: ReadonlyMap<string, number>): Bytes => {
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  return joinBytes([
    bof(0x10),
    record(0x200, u32(0, rows.length), u16(0, width, 0)),
    cellsOf(rows, places),
    record(0x23e, u16(0x6b6, 0, 0), u32(0x40), u16(0, 0), u32(0)),
    eof,
  ]);
};

/** Writes a sheet; every cell is text, so that no program computes it or rounds it. */
export const writeXls = (rows: Rows): Bytes => {
  const places = new Map<string, number>();
  const filled = rows.flat().filter((text) => text !== "");
  for (const text of filled) if (!places.has(text)) places.set(text, places.size);
  const texts = sharedTexts([...places.keys()], filled.length);
  const at = globals.length + sheetRecordSize + texts.length + eof.length;
  const stream = [
    globals,
    record(0x85, u32(at), u16(0), sheetName),
    texts,
    eof,
    sheetOf(rows, places),
  ];
  return writeCompoundFile("Workbook", joinBytes(stream));
};

const decoder = new TextDecoder("utf-16le");

const textsIn = (body: Uint8Array): readonly string[] => {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const texts: string[] = [];
  for (let at = 0; at + 3 <= body.length;) {
    const end = at + 3 + view.getUint16(at, true) * 2;
    texts.push(decoder.decode(body.subarray(at + 3, end)));
    at = end;
  }
  return texts;
};

/** The cells of a sheet that `writeXls` wrote, as its bytes have them. */
export const readXls = (bytes: Uint8Array): Rows => {
  const stream = readCompoundFile(bytes) ?? new Uint8Array();
  const view = new DataView(stream.buffer);
  const texts: string[] = [];
  const rows: (string | undefined)[][] = [];
  for (let at = 0; at + 4 <= stream.length;) {
    const [id, size] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    const body = stream.subarray(at + 4, at + 4 + size);
    if (id === 0xfc) texts.push(...textsIn(body.subarray(8)));
    if (id === 0x3c) texts.push(...textsIn(body));
    if (id === 0xfd) {
      const row = (rows[view.getUint16(at + 4, true)] ??= []);
      row[view.getUint16(at + 6, true)] = texts[view.getUint32(at + 10, true)] ?? "";
    }
    at += 4 + size;
  }
  return rows.map((cells) => Array.from(cells, (cell) => cell ?? ""));
};
