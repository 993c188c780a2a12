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

/** Integer luma of RGBA pixels. */
export const toGrey = ({ data, width, height }: Frame): GreyImage => {
  const grey = blank(width, height);
  for (let pixel = 0, at = 0; pixel < grey.data.length; pixel++, at += 4) {
    const red = data[at] ?? 0;
    const green = data[at + 1] ?? 0;
    const blue = data[at + 2] ?? 0;
    grey.data[pixel] = (red * 77 + green * 150 + blue * 29) >> 8;
  }
  return grey;
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
