import { correction, generate, mode } from "lean-qr";

import { longestPart } from "../../src/usecases/send-records.ts";
import { newReceiver } from "../../src/usecases/receive-records.ts";
import { writeUr } from "../../src/ledger/ur/write-ur.ts";
import { createPipeline } from "../../src/workers/decode-frame.ts";
import type { Frame } from "../../src/workers/decode.ts";

const width = 1280;
const height = 720;
const quiet = 4;
/** Samples a side of one pixel: a camera sees the mean over it. */
const samples = 2;

type View = {
  /** The code with its margin fills so much of the picture's height. */
  readonly share: number;
  /** Radians. */
  readonly turned: number;
  /** Grey values that the sensor adds or takes. */
  readonly noise: number;
};

/** How a phone is held: nearly upright, not quite filling the frame. */
const inHand: View = { share: 0.85, turned: 0.03, noise: 12 };

/** Repeatable noise. */
const hash = (n: number): number => {
  const mixed = Math.imul(n ^ (n >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
};

/** Black or white of each module and of the margin around the code. */
const modulesOf = (text: string): { readonly side: number; readonly light: Uint8Array } => {
  const code = generate(mode.alphaNumeric(text), { minCorrectionLevel: correction.L });
  const side = code.size + 2 * quiet;
  const light = new Uint8Array(side * side).fill(225);
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++)
      if (code.get(x, y)) light[(y + quiet) * side + x + quiet] = 25;
  return { side, light };
};

/** One code as a camera sees it on another screen: turned, off the pixel grid, grey, with noise. */
const filmed = (text: string, { share, turned, noise }: View): Frame => {
  const { side, light } = modulesOf(text);
  const module = (height * share) / side;
  const [cos, sin] = [Math.cos(turned) / module, Math.sin(turned) / module];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let part = 0; part < samples * samples; part++) {
        const dx = x + (part % samples) / samples - width / 2;
        const dy = y + Math.floor(part / samples) / samples - height / 2;
        const column = Math.floor(dx * cos + dy * sin + side / 2);
        const row = Math.floor(dy * cos - dx * sin + side / 2);
        const inside = column >= 0 && row >= 0 && column < side && row < side;
        sum += inside ? (light[row * side + column] ?? 0) : 60;
      }
      const at = (y * width + x) * 4;
      const grey = sum / (samples * samples) + (hash(at) - 0.5) * 2 * noise;
      data[at] = grey;
      data[at + 1] = grey;
      data[at + 2] = grey;
    }
  return { data, width, height };
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

export type FilmFigures = {
  readonly version: number;
  /** Share of the frames that were looked at and read. */
  readonly read: number;
  readonly encodeMs: number;
  readonly decodeMs: number;
  readonly frames: number;
  readonly bytesPerSecond: number;
};

export type FilmJob = {
  /** Bytes that nothing makes smaller, so many. */
  readonly size: number;
  readonly framesPerSecond: number;
  /** Share of the frames that the camera misses. */
  readonly loss: number;
};

/** Shows parts at a pace until the receiver has the message; a reader that is slower than the film misses frames. */
export const film = ({ size, framesPerSecond, loss }: FilmJob): FilmFigures => {
  const bytes = Uint8Array.from({ length: size }, (_, at) => Math.floor(hash(at) * 256));
  const { part } = writeUr(bytes, longestPart);
  const { decode } = createPipeline();
  const receiver = newReceiver();
  const [encodeMs, decodeMs]: [number[], number[]] = [[], []];
  const frameMs = 1000 / framesPerSecond;
  let [looked, read, busyUntil, version] = [0, 0, 0, 0];
  for (let seqNum = 1; ; seqNum++) {
    const now = (seqNum - 1) * frameMs;
    const began = performance.now();
    const text = part(seqNum);
    const code = generate(mode.alphaNumeric(text), { minCorrectionLevel: correction.L });
    encodeMs.push(performance.now() - began);
    version = (code.size - 17) / 4;
    if (now < busyUntil || hash(seqNum * 7919) < loss) continue;
    const picture = filmed(text, {
      ...inHand,
      turned: inHand.turned + (hash(seqNum) - 0.5) * 0.02,
    });
    const start = performance.now();
    const seen = decode(picture, { kind: "film", attempt: looked });
    const took = performance.now() - start;
    decodeMs.push(took);
    busyUntil = now + took;
    looked += 1;
    if (seen.length > 0) read += 1;
    if (!seen.some((one) => receiver.take(one.text).kind === "complete")) continue;
    const seconds = (seqNum * frameMs) / 1000;
    return {
      version,
      read: read / looked,
      encodeMs: median(encodeMs),
      decodeMs: median(decodeMs),
      frames: seqNum,
      bytesPerSecond: Math.round(bytes.length / seconds),
    };
  }
};
