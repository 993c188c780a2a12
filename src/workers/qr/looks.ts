import { centre, double, halve, type GreyImage } from "../grey-image.ts";
import type { BlackImage } from "./black-image.ts";
import { blackenAsWhole, blackenByBlocks } from "./blacken.ts";

/** A black and white picture of a frame or of a part of it, and where in the frame its pixels lie. */
type Sight = {
  readonly black: BlackImage;
  readonly scale: number;
  readonly left: number;
  readonly top: number;
};

const wide = 2;
const near = 1;

const inFull = (black: BlackImage, scale: number): Sight => ({ black, scale, left: 0, top: 0 });

const half = 0.5;

/** The middle of the frame, where small codes are held, twice as large. */
const lookTwice = (grey: GreyImage): Sight => {
  const part = centre(grey, half);
  const [left, top] = [(grey.width - part.width) >> 1, (grey.height - part.height) >> 1];
  return { black: blackenByBlocks(double(part), wide), scale: half, left, top };
};

/** Ways to make a frame black and white; each finds codes that the others miss (scanner.md §5). */
const looks = {
  blocks: (grey) => inFull(blackenByBlocks(grey, wide), 1),
  near: (grey) => inFull(blackenByBlocks(grey, near), 1),
  whole: (grey) => inFull(blackenAsWhole(grey), 1),
  half_blocks: (grey) => inFull(blackenByBlocks(halve(grey), wide), 2),
  half_near: (grey) => inFull(blackenByBlocks(halve(grey), near), 2),
  half_whole: (grey) => inFull(blackenAsWhole(halve(grey)), 2),
  quarter: (grey) => inFull(blackenByBlocks(halve(halve(grey)), near), 4),
  twice: lookTwice,
} satisfies Readonly<Record<string, (grey: GreyImage) => Sight>>;

export type Look = keyof typeof looks;

export const lookAt = (grey: GreyImage, look: Look): Sight => looks[look](grey);
