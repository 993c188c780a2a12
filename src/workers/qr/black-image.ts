import {
  BinaryBitmap,
  BitArray,
  RGBLuminanceSource,
  type GlobalHistogramBinarizer,
  type HybridBinarizer,
} from "@zxing/library";

import type { GreyImage } from "../grey-image.ts";

/** One byte per pixel: 1 is black. */
export type BlackImage = {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
};

export type Point = { readonly x: number; readonly y: number };

export type Binarizer = typeof HybridBinarizer | typeof GlobalHistogramBinarizer;

/** Black and white as one of the library's binarizers sees it; it throws on a picture without contrast. */
export const blacken = ({ data, width, height }: GreyImage, Binarize: Binarizer): BlackImage => {
  const bitmap = new BinaryBitmap(new Binarize(new RGBLuminanceSource(data, width, height)));
  const matrix = bitmap.getBlackMatrix();
  const black = new Uint8Array(width * height);
  const row = new BitArray(width);
  for (let y = 0, at = 0; y < height; y++) {
    const words = matrix.getRow(y, row).getBitArray();
    for (let x = 0; x < width; x++) black[at++] = ((words[x >> 5] ?? 0) >>> (x & 31)) & 1;
  }
  return { data: black, width, height };
};

/** The pixel at a place, the nearest one for places outside. */
export const blackAt = ({ data, width, height }: BlackImage, x: number, y: number): number => {
  const column = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const row = Math.min(height - 1, Math.max(0, Math.floor(y)));
  return data[row * width + column] ?? 0;
};

export const distance = (one: Point, other: Point): number =>
  Math.hypot(one.x - other.x, one.y - other.y);
