import { centre, double, halve, sharpen, type GreyImage } from "../grey-image.ts";
import type { BlackImage } from "./black-image.ts";
import { blackenAsWhole, blackenByBlocks, blackenFaint } from "./blacken.ts";

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

/** More than noise makes of paper; of half the size it makes less. */
const noise = { full: 14, half: 8 };

const half = 0.5;
/** As many as the middle of a frame of 1280 × 720 has. */
const mostPixels = 640 * 360;

/** The middle of the frame, where small codes are held, sharpened and twice as large; of a small picture more than half. */
const lookTwice = (grey: GreyImage): Sight => {
  const share = Math.sqrt(mostPixels / (grey.width * grey.height));
  const part = centre(grey, Math.min(1, Math.max(half, share)));
  const [left, top] = [(grey.width - part.width) >> 1, (grey.height - part.height) >> 1];
  return { black: blackenByBlocks(double(sharpen(part)), wide), scale: half, left, top };
};

/** Ways to make a frame black and white; each finds codes that the others miss (scanner.md §5). */
const looks = {
  blocks: (grey) => inFull(blackenByBlocks(grey, wide), 1),
  faint: (grey) => inFull(blackenFaint(grey, noise.full), 1),
  whole: (grey) => inFull(blackenAsWhole(grey), 1),
  half_blocks: (grey) => inFull(blackenByBlocks(halve(grey), wide), 2),
  half_faint: (grey) => inFull(blackenFaint(halve(grey), noise.half), 2),
  quarter: (grey) => inFull(blackenByBlocks(halve(halve(grey)), near), 4),
  twice: lookTwice,
} satisfies Readonly<Record<string, (grey: GreyImage) => Sight>>;

export type Look = keyof typeof looks;

export const lookAt = (grey: GreyImage, look: Look): Sight => looks[look](grey);
