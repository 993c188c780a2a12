import { deflateSync } from "node:zlib";

import type { GreyPicture } from "../../src/domain/photo-quality.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const latin = (text: string): Bytes => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

export const joined = (...parts: readonly (Bytes | string | readonly number[])[]): Bytes =>
  new Uint8Array(
    parts.flatMap((part) => Array.from(typeof part === "string" ? latin(part) : part)),
  );

const word = (value: number): readonly number[] => [value >> 8, value & 0xff];
const long = (value: number): readonly number[] => [...word(value >>> 16), ...word(value & 0xffff)];
const wordLe = (value: number): readonly number[] => [value & 0xff, value >> 8];
const longLe = (value: number): readonly number[] => [
  ...wordLe(value & 0xffff),
  ...wordLe(value >>> 16),
];

/** One JPEG segment with its length. */
export const segment = (marker: number, body: Bytes | string): Bytes =>
  joined([0xff, marker], word(body.length + 2), body);

const scan = joined(
  segment(0xda, "\x01\x01\0\0\x3f\0"),
  [0x12, 0xff, 0, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xff, 0, 0x78],
);

/** A JPEG in form, with any segments before its frame and anything behind its end. */
export const aJpeg = (
  width: number,
  height: number,
  { before = [], after = "" }: { readonly before?: readonly Bytes[]; readonly after?: string } = {},
): Bytes =>
  joined(
    [0xff, 0xd8],
    segment(0xe0, "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
    ...before,
    segment(0xdb, "\0".padEnd(65, "\x10")),
    segment(0xc0, joined([8], word(height), word(width), "\x01\x01\x11\0")),
    segment(0xc4, "\0".padEnd(18, "\x01")),
    scan,
    [0xff, 0xd9],
    after,
  );

/** An EXIF block as phones write it: a maker, the turn of the camera, and the place in degrees. */
export const exif = segment(
  0xe1,
  joined(
    "Exif\0\0MM\0*\0\0\0\x08\0\x03",
    "\x01\x0f\0\x02\0\0\0\x06\0\0\0\x32", // Make → "Huawei"
    "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0", // Orientation 6
    "\x88\x25\0\x04\0\0\0\x01\0\0\0\x38", // GPS
    "\0\0\0\0Huawei",
    "\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0GPSLatitude 31.2304",
  ),
);

/** Everything else that may tell more than the picture. */
export const traces: readonly Bytes[] = [
  exif,
  segment(0xe1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPSLatitude</x:xmpmeta>"),
  segment(0xe2, "ICC_PROFILE\0\x01\x01"),
  segment(0xe0, "JFXX\0\x10thumbnail"),
  segment(0xed, "Photoshop 3.0\x008BIM\x04\x04City: Shanghai"),
  segment(0xee, "Adobe\0d\0\0\0\0\x01 and a serial number"),
  segment(0xfe, "serial number 4711"),
];

const chunk = (name: string, body: Bytes | string): Bytes =>
  joined(long(body.length), name, body, [0, 0, 0, 0]);

/** A PNG of that size by its header; its data are a few zeros. */
export const aPng = (width: number, height: number): Bytes =>
  joined(
    "\x89PNG\r\n\x1a\n",
    chunk("IHDR", joined(long(width), long(height), [8, 2, 0, 0, 0])),
    chunk("tEXt", "Comment\0GPS"),
    chunk("IDAT", new Uint8Array(deflateSync(new Uint8Array(1000)))),
    chunk("IEND", ""),
  );

type Frame = readonly [left: number, top: number, width: number, height: number];

export const aGif = (
  width: number,
  height: number,
  frames: readonly Frame[] = [[0, 0, width, height]],
): Bytes =>
  joined(
    "GIF89a",
    wordLe(width),
    wordLe(height),
    [0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    [0x21, 0xf9, 4, 0, 0, 0, 0, 0],
    ...frames.map(([left, top, across, down]) =>
      joined(
        [0x2c],
        wordLe(left),
        wordLe(top),
        wordLe(across),
        wordLe(down),
        [0, 2, 2, 0x44, 1, 0],
      ),
    ),
    [0x3b],
  );

const riff = (form: string, body: Bytes): Bytes =>
  joined("RIFF", longLe(body.length + 4), form, body);

const vp8: Readonly<Record<"VP8 " | "VP8L" | "VP8X", (w: number, h: number) => Bytes>> = {
  "VP8 ": (w, h) => joined([0, 0, 0, 0x9d, 0x01, 0x2a], wordLe(w), wordLe(h), [0, 0]),
  VP8L: (w, h) => joined([0x2f], longLe((w - 1) | ((h - 1) << 14)), [0, 0, 0, 0, 0]),
  VP8X: (w, h) => joined([0, 0, 0, 0], longLe(w - 1).slice(0, 3), longLe(h - 1).slice(0, 3)),
};

export const aWebp = (kind: keyof typeof vp8, width: number, height: number): Bytes => {
  const body = vp8[kind](width, height);
  return riff("WEBP", joined(kind, longLe(body.length), body));
};

export const aBmp = (width: number, height: number): Bytes =>
  joined(
    "BM",
    longLe(58),
    [0, 0, 0, 0],
    longLe(54),
    longLe(40),
    longLe(width),
    longLe(height),
    [1, 0, 24, 0],
    new Uint8Array(28),
  );

export const aWav = (): Bytes => riff("WAVE", joined("fmt ", longLe(16), new Uint8Array(16)));

/** An MP4 with the handlers of its tracks. */
export const anMp4 = (brand: string, handlers: readonly string[]): Bytes =>
  joined(
    long(24),
    `ftyp${brand}\0\0\0\0isommp42`,
    ...handlers.map((name) => joined(long(32), `hdlr\0\0\0\0\0\0\0\0${name}`, new Uint8Array(12))),
  );

/** A grey picture whose every pixel is told by its place. */
export const aGrey = (
  width: number,
  height: number,
  level: (x: number, y: number) => number,
): GreyPicture => {
  const data = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data[y * width + x] = level(x, y);
  return { data, width, height };
};

/** Numbers from 0 to 1 that are the same in every run. */
export const newRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
