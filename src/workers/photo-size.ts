import type { PictureType } from "../domain/evidence.ts";
import { jpegSize } from "./photo-jpeg.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export type PictureSize = { readonly width: number; readonly height: number };

type ReadSize = (bytes: Bytes, view: DataView) => PictureSize | undefined;

const isName = (view: DataView, at: number, name: string): boolean =>
  at + name.length <= view.byteLength &&
  Array.from(name).every((letter, index) => view.getUint8(at + index) === letter.charCodeAt(0));

/** Chunks of a PNG one after another up to its end; undefined when it is cut. */
const pngSize: ReadSize = (_bytes, view) => {
  if (view.byteLength < 33 || !isName(view, 12, "IHDR")) return undefined;
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  let at = 8;
  while (at + 12 <= view.byteLength) {
    if (isName(view, at + 4, "IEND")) return size;
    at += 12 + view.getUint32(at);
  }
  return undefined;
};

/** Where the data blocks end that begin here; undefined when they do not. */
const skipBlocks = (view: DataView, from: number): number | undefined => {
  let at = from;
  while (at < view.byteLength) {
    const length = view.getUint8(at);
    if (length === 0) return at + 1;
    at += 1 + length;
  }
  return undefined;
};

/** Bytes of the colour table that a packed field announces. */
const tableBytes = (packed: number): number =>
  (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);

const trailer = 0x3b;
const extension = 0x21;
const image = 0x2c;

type Block = PictureSize & { readonly end: number | undefined };

/** One frame with its place on the screen, or an extension, which takes no room. */
const gifBlock = (view: DataView, at: number): Block | undefined => {
  const kind = view.getUint8(at);
  if (kind === extension) return { width: 0, height: 0, end: skipBlocks(view, at + 2) };
  if (kind !== image || at + 11 > view.byteLength) return undefined;
  const word = (offset: number): number => view.getUint16(at + offset, true);
  return {
    width: word(1) + word(5),
    height: word(3) + word(7),
    end: skipBlocks(view, at + 11 + tableBytes(view.getUint8(at + 9))),
  };
};

/** The screen of a GIF or the largest of its frames: decoders take whichever is larger. */
const gifSize: ReadSize = (_bytes, view) => {
  if (view.byteLength < 14) return undefined;
  let width = view.getUint16(6, true);
  let height = view.getUint16(8, true);
  let at: number | undefined = 13 + tableBytes(view.getUint8(10));
  while (at !== undefined && at < view.byteLength) {
    if (view.getUint8(at) === trailer) return { width, height };
    const block = gifBlock(view, at);
    width = Math.max(width, block?.width ?? 0);
    height = Math.max(height, block?.height ?? 0);
    at = block?.end;
  }
  return undefined;
};

const uint24 = (view: DataView, at: number): number =>
  view.getUint16(at, true) | (view.getUint8(at + 2) << 16);

const webpSize: ReadSize = (_bytes, view) => {
  if (view.byteLength < 30 || view.getUint32(4, true) + 8 > view.byteLength) return undefined;
  if (isName(view, 12, "VP8X"))
    return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  if (isName(view, 12, "VP8 "))
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (!isName(view, 12, "VP8L") || view.getUint8(20) !== 0x2f) return undefined;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
};

/** The oldest header has short words; a height below zero only turns the rows round. */
const bmpSize: ReadSize = (_bytes, view) => {
  if (view.byteLength < 26) return undefined;
  if (view.getUint32(14, true) === 12)
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return {
    width: Math.abs(view.getInt32(18, true)),
    height: Math.abs(view.getInt32(22, true)),
  };
};

const readers: Readonly<Record<PictureType, ReadSize>> = {
  "image/jpeg": jpegSize,
  "image/png": pngSize,
  "image/gif": gifSize,
  "image/webp": webpSize,
  "image/bmp": bmpSize,
};

/** Width and height as the picture's own header says, before anything is decoded; undefined when it is cut or no such picture. */
export const pictureSize = (type: PictureType, bytes: Bytes): PictureSize | undefined => {
  const size = readers[type](bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return size === undefined || size.width === 0 || size.height === 0 ? undefined : size;
};
