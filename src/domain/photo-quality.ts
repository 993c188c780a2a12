/** One byte per pixel, 0 black to 255 white. */
export type GreyPicture = {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
};

/** What a person should look at again before a photo is kept (R39). */
export type PhotoQuality = {
  readonly blurred: boolean;
  readonly dark: boolean;
  readonly bright: boolean;
  readonly small: boolean;
};

/** Longest edge of the grey picture that is judged: the limits below hold for this size. */
export const judgedEdge = 512;

/** Limits between sharp and blurred, and of how strong writing on a very dark or bright picture is. */
const leastSharpness = 250;
const legibleSharpness = 2500;
const darkestMean = 50;
const brightestMean = 235;
const shortestEdge = 400;
const leastRange = 4;

/** Parts of a picture along each edge: the sharpest one counts, so that an empty ground beside a slip does not. */
const tiles = 6;

/** Mean of all pixels. */
export const brightness = ({ data }: GreyPicture): number =>
  data.reduce((sum, value) => sum + value, 0) / Math.max(1, data.length);

/** Nothing is on it: what a canvas gives that ran out of memory (reliability.md I3). */
export const isBlank = ({ data }: GreyPicture): boolean => {
  let least = 255;
  let most = 0;
  for (const value of data) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least < leastRange;
};

/** The middle pixel against its four neighbours. */
const laplacian = ({ data, width }: GreyPicture, at: number): number =>
  (data[at - 1] ?? 0) +
  (data[at + 1] ?? 0) +
  (data[at - width] ?? 0) +
  (data[at + width] ?? 0) -
  4 * (data[at] ?? 0);

type Span = { readonly from: number; readonly to: number };

/** The n-th part of an edge without its outermost pixels, which lack a neighbour. */
const spanOf = (length: number, part: number): Span => ({
  from: 1 + Math.floor(((length - 2) * part) / tiles),
  to: 1 + Math.floor(((length - 2) * (part + 1)) / tiles),
});

const variance = (picture: GreyPicture, across: Span, down: Span): number => {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let y = down.from; y < down.to; y++) {
    for (let x = across.from; x < across.to; x++) {
      const value = laplacian(picture, y * picture.width + x);
      count++;
      sum += value;
      squares += value * value;
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
};

/** Variance of the Laplacian in the sharpest part of the picture. */
export const sharpness = (picture: GreyPicture): number => {
  let sharpest = 0;
  for (let row = 0; row < tiles; row++)
    for (let column = 0; column < tiles; column++)
      sharpest = Math.max(
        sharpest,
        variance(picture, spanOf(picture.width, column), spanOf(picture.height, row)),
      );
  return sharpest;
};

/** Judges a photo by its grey picture of `judgedEdge` and by its own size; writing that stands out is never too dark or too bright. */
export const qualityOf = (
  grey: GreyPicture,
  { width, height }: { readonly width: number; readonly height: number },
): PhotoQuality => {
  const sharp = sharpness(grey);
  const mean = brightness(grey);
  const legible = sharp >= legibleSharpness;
  return {
    blurred: sharp < leastSharpness,
    dark: mean < darkestMean && !legible,
    bright: mean > brightestMean && !legible,
    small: Math.min(width, height) < shortestEdge,
  };
};

/** Nothing to say about this photo. */
export const isClear = ({ blurred, dark, bright, small }: PhotoQuality): boolean =>
  !blurred && !dark && !bright && !small;
