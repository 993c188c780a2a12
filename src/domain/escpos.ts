/** RGBA, row by row from the top. */
export type Picture = {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
};

type Bytes = Uint8Array<ArrayBuffer>;

/** `ESC @`: whatever was set before is forgotten. */
const begin = [0x1b, 0x40];
/** `ESC d 3`: three lines on, so that the tear bar cuts below the last one. */
const feed = [0x1b, 0x64, 3];
/** Rows of one `GS v 0`: what the smallest buffers hold. */
const rowsPerBand = 64;
const dark = 128;

const luma = (data: Uint8ClampedArray, at: number): number =>
  ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 150 + (data[at + 2] ?? 0) * 29) >> 8;

const isBlack = ({ data, width }: Picture, x: number, y: number): boolean =>
  luma(data, (y * width + x) * 4) < dark;

const byteAt = (picture: Picture, column: number, y: number): number => {
  let byte = 0;
  for (let bit = 0; bit < 8; bit++) {
    const x = column * 8 + bit;
    if (x < picture.width && isBlack(picture, x, y)) byte |= 0x80 >> bit;
  }
  return byte;
};

/** `GS v 0 0 xL xH yL yH`, then one bit for each dot, 1 is black. */
const band = (picture: Picture, top: number): Bytes => {
  const columns = Math.ceil(picture.width / 8);
  const rows = Math.min(rowsPerBand, picture.height - top);
  const head = [0x1d, 0x76, 0x30, 0, columns & 255, columns >> 8, rows & 255, rows >> 8];
  const bytes = new Uint8Array(head.length + columns * rows);
  bytes.set(head);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      bytes[head.length + row * columns + column] = byteAt(picture, column, top + row);
  return bytes;
};

/** A picture as a receipt printer takes it, as wide as its print head: no letters, so no code page either. */
export const writeRaster = (picture: Picture): readonly Bytes[] => {
  const bands = Array.from({ length: Math.ceil(picture.height / rowsPerBand) }, (_, index) =>
    band(picture, index * rowsPerBand),
  );
  return [new Uint8Array(begin), ...bands, new Uint8Array(feed)];
};

/** `DLE EOT 4`: asks for the paper sensors, also in the middle of printing. */
export const askPaper: Bytes = new Uint8Array([0x10, 0x04, 0x04]);

export type PaperState = "there" | "near_end" | "out";

/** What a printer answers to `DLE EOT 4`; undefined for anything that is no such answer. */
export const readPaper = (byte: number | undefined): PaperState | undefined => {
  if (byte === undefined || (byte & 0b1001_0011) !== 0b0001_0010) return undefined;
  if ((byte & 0b0110_0000) !== 0) return "out";
  return (byte & 0b0000_1100) === 0 ? "there" : "near_end";
};

/** How a browser may reach a receipt printer. */
export type PrinterWay = "bluetooth" | "usb" | "serial";

/** Why nothing, or not all of it, was printed. */
export type PrinterFault = {
  readonly kind:
    | "printer_not_chosen"
    | "printer_not_allowed"
    | "printer_busy"
    | "printer_not_one"
    | "printer_lost"
    | "printer_no_paper";
};
