import type { GreyImage } from "../grey-image.ts";
import type { BlackImage } from "./black-image.ts";

/** The threshold that parts light from dark best (Otsu); every fourth pixel is enough. */
const partingOf = (data: Uint8ClampedArray): number => {
  const heap = new Float64Array(256);
  for (let at = 0; at < data.length; at += 4) {
    const value = data[at] ?? 0;
    heap[value] = (heap[value] ?? 0) + 1;
  }
  const all = heap.reduce((total, count) => total + count, 0);
  const sum = heap.reduce((total, count, value) => total + count * value, 0);
  let [best, most, below, belowSum] = [127, 0, 0, 0];
  for (let value = 0; value < 255; value++) {
    below += heap[value] ?? 0;
    belowSum += (heap[value] ?? 0) * value;
    const above = all - below;
    if (below === 0 || above === 0) continue;
    const gap = belowSum / below - (sum - belowSum) / above;
    const spread = below * above * gap * gap;
    if (spread > most) [best, most] = [value, spread];
  }
  return best;
};

/** 1 where a value is at most the threshold: the sign bit, for a branch would cost twice the time on noise. */
const isDark = (value: number, threshold: number): number => (value - threshold - 1) >>> 31;

/** Black is what is darker than one threshold for the whole picture. */
export const blackenAsWhole = ({ data, width, height }: GreyImage): BlackImage => {
  const threshold = partingOf(data);
  const black = new Uint8Array(width * height);
  for (let at = 0; at < black.length; at++) black[at] = isDark(data[at] ?? 0, threshold);
  return { data: black, width, height };
};

const blockSize = 8;

type Raster = { readonly columns: number; readonly rows: number };

type Level = { readonly mean: number; readonly least: number; readonly contrast: number };

/** Every second row tells enough. */
const measure = ({ data, width }: GreyImage, column: number, row: number): Level => {
  let [sum, least, most] = [0, 255, 0];
  for (let y = 0; y < blockSize; y += 2) {
    let pixel = (row * blockSize + y) * width + column * blockSize;
    for (const end = pixel + blockSize; pixel < end; pixel++) {
      const value = data[pixel] ?? 0;
      sum += value;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return { mean: (sum * 2) / blockSize ** 2, least, contrast: most - least };
};

/** The level of a block without contrast. */
type PlainLevel = (levels: Float32Array, at: number, raster: Raster, least: number) => number;

/** Blocks with less contrast than that are plain: paper, or the inside of something black. */
type Style = { readonly leastContrast: number; readonly plain: PlainLevel };

/** A plain block is white unless it is darker than its neighbours' levels. */
const whiteUnlessDarker: PlainLevel = (levels, at, { columns }, least) => {
  if (at % columns === 0 || at < columns) return least / 2;
  const [above, before, corner] = [levels[at - columns], levels[at - 1], levels[at - columns - 1]];
  const around = ((above ?? 0) + 2 * (before ?? 0) + (corner ?? 0)) / 4;
  return least < around ? around : least / 2;
};

/** Does not count among the blocks around. */
const none = -1;

/** What parts black from white in each block: its mean, as in the library's hybrid binarizer. */
const levelsOf = (image: GreyImage, raster: Raster, { leastContrast, plain }: Style) => {
  const levels = new Float32Array(raster.columns * raster.rows);
  for (let row = 0, at = 0; row < raster.rows; row++)
    for (let column = 0; column < raster.columns; column++, at++) {
      const { mean, least, contrast } = measure(image, column, row);
      levels[at] = contrast > leastContrast ? mean : plain(levels, at, raster, least);
    }
  return levels;
};

/** The mean of the levels around each block, in a window that stays inside; 0 where there are none. */
const meansOf = (levels: Float32Array, { columns, rows }: Raster, reach: number): Float32Array => {
  const means = new Float32Array(columns * rows);
  const inside = (at: number, count: number): number =>
    Math.min(count - 1 - reach, Math.max(reach, at));
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++) {
      const [middle, centre] = [inside(row, rows), inside(column, columns)];
      let [sum, count] = [0, 0];
      for (let y = middle - reach; y <= middle + reach; y++)
        for (let x = centre - reach; x <= centre + reach; x++) {
          const level = levels[y * columns + x] ?? none;
          if (level === none) continue;
          sum += level;
          count++;
        }
      means[at] = count === 0 ? 0 : sum / count;
    }
  return means;
};

/** Where a block ends; the last one takes what is left over. */
const endOf = (block: number, blocks: number, pixels: number): number =>
  block === blocks - 1 ? pixels : (block + 1) * blockSize;

const blackenWith = (image: GreyImage, reach: number, style: Style): BlackImage => {
  const { data, width, height } = image;
  const [columns, rows] = [Math.floor(width / blockSize), Math.floor(height / blockSize)];
  if (Math.min(columns, rows) <= 2 * reach) return blackenAsWhole(image);
  const raster = { columns, rows };
  const thresholds = new Uint8Array(meansOf(levelsOf(image, raster, style), raster, reach));
  const black = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.min(rows - 1, Math.floor(y / blockSize)) * columns;
    for (let column = 0, at = y * width; column < columns; column++) {
      const threshold = thresholds[row + column] ?? 0;
      for (const end = y * width + endOf(column, columns, width); at < end; at++)
        black[at] = isDark(data[at] ?? 0, threshold);
    }
  }
  return { data: black, width, height };
};

/** Black is what is darker than the blocks around, `reach` of them to each side: shadows do no harm. */
export const blackenByBlocks = (image: GreyImage, reach: number): BlackImage =>
  blackenWith(image, reach, { leastContrast: 24, plain: whiteUnlessDarker });

/**
 * Black is what is darker than the blocks next to it that have black and white in them; paper does not count, so that faint
 * print is told from it. What has less contrast than the least is noise.
 */
export const blackenFaint = (image: GreyImage, leastContrast: number): BlackImage =>
  blackenWith(image, 1, { leastContrast, plain: () => none });
