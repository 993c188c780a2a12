/** One byte per pixel: 1 is black. */
export type BlackImage = {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
};

export type Point = { readonly x: number; readonly y: number };

/** The pixel at a place, the nearest one for places outside. */
export const blackAt = ({ data, width, height }: BlackImage, x: number, y: number): number => {
  const column = x < 0 ? 0 : x >= width ? width - 1 : x | 0;
  const row = y < 0 ? 0 : y >= height ? height - 1 : y | 0;
  return data[row * width + column] ?? 0;
};

export const distance = (one: Point, other: Point): number =>
  Math.hypot(one.x - other.x, one.y - other.y);
