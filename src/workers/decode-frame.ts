import {
  BinaryBitmap,
  BitArray,
  Code128Reader,
  DecodeHintType,
  EAN13Reader,
  GlobalHistogramBinarizer,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
  type Result as ZxingResult,
} from "@zxing/library";

import type { CodeFormat, DecodedCode, DecodeOptions, Frame, Pipeline } from "./decode.ts";
import { centre, halve, paintOver, toGrey, turn, type Box, type GreyImage } from "./grey-image.ts";

type Binarizer = typeof HybridBinarizer | typeof GlobalHistogramBinarizer;
type RowReader = Pick<Code128Reader, "decodeRow">;

/** What one pass looks at: how much of the picture, how it turns grey to black, which way lines run. */
type Pass = {
  readonly share: number;
  readonly half: boolean;
  readonly binarizer: Binarizer;
  readonly upright: boolean;
};

const mostCodes = 6;
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

const rowReaders: readonly (readonly [CodeFormat, RowReader])[] = [
  ["code_128", new Code128Reader()],
  ["ean_13", new EAN13Reader()],
];
const qrReader = new QRCodeReader();
const qrHints = new Map<DecodeHintType, unknown>();

const bitmapOf = ({ data, width, height }: GreyImage, Binarize: Binarizer): BinaryBitmap =>
  new BinaryBitmap(new Binarize(new RGBLuminanceSource(data, width, height)));

/** The library says "nothing here" by throwing; whatever it throws, the loop goes on. */
const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** The square of a QR code around its finder centres, which lie 3.5 modules inside. */
const boxOf = (result: ZxingResult): Box => {
  const points = result.getResultPoints();
  const xs = points.map((point) => point.getX());
  const ys = points.map((point) => point.getY());
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const margin = Math.max(width, height) / 3;
  return {
    left: left - margin,
    top: top - margin,
    width: width + 2 * margin,
    height: height + 2 * margin,
  };
};

const readQrCodes = (image: GreyImage, binarizer: Binarizer): readonly string[] => {
  const texts: string[] = [];
  while (texts.length < mostCodes) {
    const bitmap = bitmapOf(image, binarizer);
    const result = attempt(() => qrReader.decode(bitmap, qrHints));
    if (result === undefined) break;
    texts.push(result.getText());
    paintOver(image, boxOf(result));
  }
  return texts;
};

const readRow = (row: BitArray, y: number): readonly (readonly [CodeFormat, string])[] =>
  rowReaders.flatMap(([format, reader]) => {
    const result = attempt(() => reader.decodeRow(y, row));
    return result === undefined ? [] : [[format, result.getText()] as const];
  });

/** Every line is read by itself, forwards and backwards, so that one below another is found too. */
const readLinearCodes = (image: GreyImage): readonly (readonly [CodeFormat, string])[] => {
  const bitmap = bitmapOf(image, GlobalHistogramBinarizer);
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
  const scaled = pass.half ? halve(part) : { ...part, data: part.data.slice() };
  for (const text of readQrCodes(scaled, pass.binarizer)) note(found, "qr", text);
};

const passesFor = (options: DecodeOptions): readonly Pass[] => {
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
      for (const pass of passesFor(options)) runPass(grey, pass, found);
      return [...found.values()];
    }),
});
