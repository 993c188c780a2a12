import {
  BinaryBitmap,
  BitArray,
  Code128Reader,
  EAN13Reader,
  GlobalHistogramBinarizer,
  HybridBinarizer,
  RGBLuminanceSource,
} from "@zxing/library";

import type { CodeFormat, DecodedCode, DecodeOptions, Frame, Pipeline } from "./decode.ts";
import { centre, halve, toGrey, turn, type GreyImage } from "./grey-image.ts";
import { blacken, type Binarizer } from "./qr/black-image.ts";
import { readQrCodes } from "./qr/read-qr.ts";

type RowReader = Pick<Code128Reader, "decodeRow">;

/** What one pass looks at: how much of the picture, how it turns grey to black, which way lines run. */
type Pass = {
  readonly share: number;
  readonly half: boolean;
  readonly binarizer: Binarizer;
  readonly upright: boolean;
};

const lineCount = 17;
const viewfinder = 0.7;

/** Six frames in turn: the viewfinder first, then the whole picture, both binarizers, both directions. */
const schedule: readonly Pass[] = [
  { share: viewfinder, half: false, binarizer: HybridBinarizer, upright: false },
  { share: viewfinder, half: false, binarizer: GlobalHistogramBinarizer, upright: true },
  { share: 1, half: true, binarizer: HybridBinarizer, upright: false },
  { share: 1, half: false, binarizer: GlobalHistogramBinarizer, upright: false },
  { share: 1, half: false, binarizer: HybridBinarizer, upright: true },
  { share: 1, half: true, binarizer: GlobalHistogramBinarizer, upright: false },
];

const filmBinarizers: readonly Binarizer[] = [HybridBinarizer, GlobalHistogramBinarizer];

const rowReaders: readonly (readonly [CodeFormat, RowReader])[] = [
  ["code_128", new Code128Reader()],
  ["ean_13", new EAN13Reader()],
];

const bitmapOf = ({ data, width, height }: GreyImage): BinaryBitmap =>
  new BinaryBitmap(new GlobalHistogramBinarizer(new RGBLuminanceSource(data, width, height)));

/** The library says "nothing here" by throwing; whatever it throws, the loop goes on. */
const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

const readRow = (row: BitArray, y: number): readonly (readonly [CodeFormat, string])[] =>
  rowReaders.flatMap(([format, reader]) => {
    const result = attempt(() => reader.decodeRow(y, row));
    return result === undefined ? [] : [[format, result.getText()] as const];
  });

/** Every line is read by itself, forwards and backwards, so that one below another is found too. */
const readLinearCodes = (image: GreyImage): readonly (readonly [CodeFormat, string])[] => {
  const bitmap = bitmapOf(image);
  const step = image.height / (lineCount + 1);
  return Array.from({ length: lineCount }, (_, index) => Math.floor(step * (index + 1))).flatMap(
    (y) => {
      const row = attempt(() => bitmap.getBlackRow(y, new BitArray(image.width)));
      if (row === undefined) return [];
      const forwards = readRow(row, y);
      if (forwards.length > 0) return forwards;
      row.reverse();
      return readRow(row, y);
    },
  );
};

type Found = Map<string, DecodedCode>;

const note = (found: Found, format: CodeFormat, text: string): void => {
  const key = `${format} ${text}`;
  const lines = format === "qr" ? 1 : (found.get(key)?.lines ?? 0) + 1;
  found.set(key, { format, text, lines });
};

const runPass = (grey: GreyImage, pass: Pass, found: Found): void => {
  const part = pass.share === 1 ? grey : centre(grey, pass.share);
  const lying = pass.upright ? turn(part) : part;
  for (const [format, text] of readLinearCodes(lying)) note(found, format, text);
  const black = attempt(() => blacken(pass.half ? halve(part) : part, pass.binarizer));
  for (const text of black === undefined ? [] : readQrCodes(black)) note(found, "qr", text);
};

/** One code fills the picture; the binarizer that begins changes from frame to frame. */
const runFilm = (grey: GreyImage, begin: number, found: Found): void => {
  for (const turnOf of [begin, begin + 1]) {
    const binarizer = filmBinarizers[turnOf % 2] ?? HybridBinarizer;
    const black = attempt(() => blacken(grey, binarizer));
    for (const text of black === undefined ? [] : readQrCodes(black)) note(found, "qr", text);
    if (found.size > 0) return;
  }
};

const passesFor = (options: Exclude<DecodeOptions, { kind: "film" }>): readonly Pass[] => {
  if (options.kind === "still") return schedule;
  const pass = schedule[options.attempt % schedule.length];
  return pass === undefined ? [] : [pass];
};

const stacks = Error as { stackTraceLimit?: number };

/** Decoding costs thousands of exceptions a frame; without their stacks it takes a third of the time. */
const withoutStacks = <T>(work: () => T): T => {
  const { stackTraceLimit = 10 } = stacks;
  stacks.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    stacks.stackTraceLimit = stackTraceLimit;
  }
};

/** Reads the codes of single frames; knows no DOM and keeps nothing from one frame to the next. */
export const createPipeline = (): Pipeline => ({
  decode: (frame: Frame, options: DecodeOptions) =>
    withoutStacks(() => {
      const found: Found = new Map();
      const grey = toGrey(frame);
      if (options.kind === "film") runFilm(grey, options.attempt, found);
      else for (const pass of passesFor(options)) runPass(grey, pass, found);
      return [...found.values()];
    }),
});
