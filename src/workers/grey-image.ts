import type { Frame } from "./decode.ts";

/** One byte per pixel, 0 black to 255 white. */
export type GreyImage = {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
};

export type Box = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

const blank = (width: number, height: number): GreyImage => ({
  data: new Uint8ClampedArray(width * height),
  width,
  height,
});

/** Integer luma of RGBA pixels; `before` is written over when it is as large. */
export const toGrey = ({ data, width, height }: Frame, before?: GreyImage): GreyImage => {
  const same = before?.width === width && before.height === height;
  const grey = same ? before : blank(width, height);
  for (let pixel = 0, at = 0; pixel < grey.data.length; pixel++, at += 4) {
    const red = data[at] ?? 0;
    const green = data[at + 1] ?? 0;
    const blue = data[at + 2] ?? 0;
    grey.data[pixel] = (red * 77 + green * 150 + blue * 29) >> 8;
  }
  return grey;
};

/** Darker than any lens sees: looked at every so many pixels, in all rows and columns in turn. */
const black = 20;
const stride = 4 * 251;

/** Whether a camera delivers nothing, as one that is covered or that some in-app browsers give. */
export const isBlack = ({ data }: Frame): boolean => {
  for (let at = 1; at < data.length; at += stride) if ((data[at] ?? 0) > black) return false;
  return true;
};

export const crop = (image: GreyImage, { left, top, width, height }: Box): GreyImage => {
  const part = blank(width, height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * image.width + left;
    part.data.set(image.data.subarray(start, start + width), y * width);
  }
  return part;
};

/** The middle of the picture, `share` of each side: where the viewfinder points. */
export const centre = (image: GreyImage, share: number): GreyImage => {
  const width = Math.floor(image.width * share);
  const height = Math.floor(image.height * share);
  const left = (image.width - width) >> 1;
  const top = (image.height - height) >> 1;
  return crop(image, { left, top, width, height });
};

/** Half the size, each pixel the mean of four: heals noise, moiré and very large modules. */
export const halve = (image: GreyImage): GreyImage => {
  const half = blank(image.width >> 1, image.height >> 1);
  for (let y = 0, to = 0; y < half.height; y++) {
    let from = y * 2 * image.width;
    for (let x = 0; x < half.width; x++, from += 2, to++) {
      const upper = (image.data[from] ?? 0) + (image.data[from + 1] ?? 0);
      const below = from + image.width;
      const lower = (image.data[below] ?? 0) + (image.data[below + 1] ?? 0);
      half.data[to] = (upper + lower + 2) >> 2;
    }
  }
  return half;
};

/** White on black becomes black on white. */
export const invert = ({ data, width, height }: GreyImage): GreyImage => ({
  data: data.map((value) => 255 - value),
  width,
  height,
});

/** Twice the size, each pixel mixed from the four around: small codes get modules wide enough to be told apart. */
export const double = (image: GreyImage): GreyImage => {
  const { width, height } = image;
  const big = blank(width * 2, height * 2);
  for (let y = 0, to = 0; y < big.height; y++) {
    const near = (y >> 1) * width;
    const far = Math.min(height - 1, Math.max(0, (y >> 1) + (y % 2 === 0 ? -1 : 1))) * width;
    for (let x = 0; x < big.width; x++, to++) {
      const left = x >> 1;
      const right = Math.min(width - 1, Math.max(0, left + (x % 2 === 0 ? -1 : 1)));
      const upper = 3 * (image.data[near + left] ?? 0) + (image.data[near + right] ?? 0);
      const lower = 3 * (image.data[far + left] ?? 0) + (image.data[far + right] ?? 0);
      big.data[to] = (3 * upper + lower + 8) >> 4;
    }
  }
  return big;
};

/** Every pixel farther from its four neighbours: against soft focus. The rim stays as it is. */
export const sharpen = ({ data, width, height }: GreyImage): GreyImage => {
  const sharp = data.slice();
  for (let y = 1; y < height - 1; y++)
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const across = (data[at - 1] ?? 0) + (data[at + 1] ?? 0);
      const down = (data[at - width] ?? 0) + (data[at + width] ?? 0);
      sharp[at] = 3 * (data[at] ?? 0) - ((across + down) >> 1);
    }
  return { data: sharp, width, height };
};
