import type { DecodedCode, DecodeOptions, Frame, Pipeline } from "./decode.ts";
import { invert, sharpen, toGrey, type GreyImage } from "./grey-image.ts";
import { readLinearCodes } from "./linear/read-linear.ts";
import { sweepsOf } from "./linear/sweeps.ts";
import type { Point } from "./qr/black-image.ts";
import { readQrCodes } from "./qr/read-qr.ts";
import { lookAt, type Look } from "./qr/looks.ts";
import { isSure } from "./sure-codes.ts";

/** One frame of the schedule: what is done to the picture first, and the looks for QR codes. */
type Pass = { readonly prepare: (grey: GreyImage) => GreyImage; readonly looks: readonly Look[] };

const asItIs = (grey: GreyImage): GreyImage => grey;

/** Six frames in turn, what finds most first; from frame to frame another size and another way to tell black from white. */
const schedule: readonly Pass[] = [
  { prepare: asItIs, looks: ["blocks", "half_faint"] },
  { prepare: asItIs, looks: ["faint", "half_blocks", "quarter"] },
  { prepare: sharpen, looks: ["blocks"] },
  { prepare: asItIs, looks: ["twice"] },
  { prepare: invert, looks: ["blocks"] },
  { prepare: asItIs, looks: ["whole"] },
];

const filmLooks: readonly Look[] = ["blocks", "whole"];

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

const noteQrCodes = (grey: GreyImage, look: Look, found: Found): void => {
  const { black, scale, left, top } = lookAt(grey, look);
  const inFrame = ({ x, y }: Point): Point => ({ x: x * scale + left, y: y * scale + top });
  for (const { text, corners } of readQrCodes(black))
    note(found, { format: "qr", text, lines: 1, corners: corners.map(inFrame) });
};

const runPass = (grey: GreyImage, turnOf: number, found: Found): void => {
  const { prepare = asItIs, looks = [] } = schedule[turnOf % schedule.length] ?? {};
  const shown = prepare(grey);
  for (const code of readLinearCodes(shown, sweepsOf(turnOf))) note(found, code);
  for (const look of looks) noteQrCodes(shown, look, found);
};

/** One code fills the picture; the look that begins changes from frame to frame. */
const runFilm = (grey: GreyImage, begin: number, found: Found): void => {
  for (const turnOf of [begin, begin + 1]) {
    noteQrCodes(grey, filmLooks[turnOf % 2] ?? "blocks", found);
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

const readFrame = (
  grey: GreyImage,
  frame: Frame,
  options: DecodeOptions,
): readonly DecodedCode[] => {
  const found: Found = { codes: new Map(), frame };
  if (options.kind === "still") return readStill(grey, found);
  const run = options.kind === "film" ? runFilm : runPass;
  run(grey, options.attempt, found);
  return [...found.codes.values()];
};

/** Reads the codes of single frames; knows no DOM and keeps nothing from one frame to the next but the room for its grey. */
export const createPipeline = (): Pipeline => {
  let grey: GreyImage | undefined;
  return {
    decode: (frame, options) => {
      const now = toGrey(frame, grey);
      grey = now;
      return withoutStacks(() => readFrame(now, frame, options));
    },
  };
};
