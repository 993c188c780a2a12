import { GlobalHistogramBinarizer, HybridBinarizer } from "@zxing/library";

import type { DecodedCode, DecodeOptions, Frame, Pipeline } from "./decode.ts";
import { centre, halve, invert, toGrey, type GreyImage } from "./grey-image.ts";
import { readLinearCodes } from "./linear/read-linear.ts";
import { sweepsOf } from "./linear/sweeps.ts";
import { blacken, type Binarizer, type Point } from "./qr/black-image.ts";
import { readQrCodes } from "./qr/read-qr.ts";
import { isSure } from "./sure-codes.ts";

/** What one pass looks at: how much of the picture, how it turns grey to black, whether codes are white on black. */
type Pass = {
  readonly share: number;
  readonly half: boolean;
  readonly binarizer: Binarizer;
  readonly inverted: boolean;
};

const viewfinder = 0.7;

const aPass = { share: 1, half: false, binarizer: HybridBinarizer, inverted: false };

/** Six frames in turn: the viewfinder first, then the whole picture, both binarizers, once inverted. */
const schedule: readonly Pass[] = [
  { ...aPass, share: viewfinder },
  { ...aPass, share: viewfinder, binarizer: GlobalHistogramBinarizer },
  { ...aPass, half: true },
  { ...aPass, binarizer: GlobalHistogramBinarizer },
  { ...aPass, inverted: true },
  { ...aPass },
];

const filmBinarizers: readonly Binarizer[] = [HybridBinarizer, GlobalHistogramBinarizer];

/** The library says "nothing here" by throwing; whatever it throws, the loop goes on. */
const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** What all passes over one frame have found. */
type Found = {
  readonly codes: Map<string, DecodedCode>;
  readonly frame: { readonly width: number; readonly height: number };
};

type Sighting = Omit<DecodedCode, "corners"> & { readonly corners: readonly Point[] };

const note = ({ codes, frame }: Found, { format, text, lines, corners }: Sighting): void => {
  const key = `${format} ${text}`;
  const before = format === "qr" ? 0 : (codes.get(key)?.lines ?? 0);
  const shares = corners.map(({ x, y }) => ({ x: x / frame.width, y: y / frame.height }));
  codes.set(key, { format, text, lines: before + lines, corners: shares });
};

const noteQrCodes = (grey: GreyImage, pass: Pass, found: Found): void => {
  const part = pass.share === 1 ? grey : centre(grey, pass.share);
  const black = attempt(() => blacken(pass.half ? halve(part) : part, pass.binarizer));
  const scale = pass.half ? 2 : 1;
  const [left, top] = [(grey.width - part.width) >> 1, (grey.height - part.height) >> 1];
  const inFrame = ({ x, y }: Point): Point => ({ x: x * scale + left, y: y * scale + top });
  for (const { text, corners } of black === undefined ? [] : readQrCodes(black))
    note(found, { format: "qr", text, lines: 1, corners: corners.map(inFrame) });
};

const runPass = (grey: GreyImage, turnOf: number, found: Found): void => {
  const pass = schedule[turnOf % schedule.length] ?? aPass;
  const shown = pass.inverted ? invert(grey) : grey;
  for (const code of readLinearCodes(shown, sweepsOf(turnOf))) note(found, code);
  noteQrCodes(shown, pass, found);
};

/** One code fills the picture; the binarizer that begins changes from frame to frame. */
const runFilm = (grey: GreyImage, begin: number, found: Found): void => {
  for (const turnOf of [begin, begin + 1]) {
    const binarizer = filmBinarizers[turnOf % 2] ?? HybridBinarizer;
    noteQrCodes(grey, { ...aPass, binarizer }, found);
    if (found.codes.size > 0) return;
  }
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

/** Nobody looks at a still picture a second time: what was read too seldom is left out. */
const readStill = (grey: GreyImage, found: Found): readonly DecodedCode[] => {
  for (const turnOf of schedule.keys()) runPass(grey, turnOf, found);
  const codes = [...found.codes.values()];
  return codes.filter((code) => isSure(code, codes));
};

const readFrame = (frame: Frame, options: DecodeOptions): readonly DecodedCode[] => {
  const grey = toGrey(frame);
  const found: Found = { codes: new Map(), frame };
  if (options.kind === "still") return readStill(grey, found);
  const run = options.kind === "film" ? runFilm : runPass;
  run(grey, options.attempt, found);
  return [...found.codes.values()];
};

/** Reads the codes of single frames; knows no DOM and keeps nothing from one frame to the next. */
export const createPipeline = (): Pipeline => ({
  decode: (frame, options) => withoutStacks(() => readFrame(frame, options)),
});
