import { blackAt, distance, type BlackImage, type Point } from "./black-image.ts";
import type { Triple } from "./finder-triples.ts";

const stride = 0.5;

/** How far it is from a finder's middle, towards another, to the end of its outer black ring: 3.5 modules. */
const halfFinder = (image: BlackImage, from: Point, towards: Point): number | undefined => {
  const length = distance(from, towards);
  const [dx, dy] = [(towards.x - from.x) / length, (towards.y - from.y) / length];
  let expected = 1;
  let changes = 0;
  for (let step = 0; step < length; step += stride) {
    const [x, y] = [from.x + dx * step, from.y + dy * step];
    const isOutside = x < 0 || y < 0 || x >= image.width || y >= image.height;
    if (!isOutside && blackAt(image, x, y) === expected) continue;
    expected = 1 - expected;
    changes++;
    if (changes === 3) return step - stride / 2;
    if (isOutside) return undefined;
  }
  return undefined;
};

/** The finder's whole width on a line: towards the other finder and away from it. */
const moduleTowards = (image: BlackImage, from: Point, towards: Point): number | undefined => {
  const away = { x: 2 * from.x - towards.x, y: 2 * from.y - towards.y };
  const [inner, outer] = [halfFinder(image, from, towards), halfFinder(image, from, away)];
  return inner === undefined || outer === undefined ? undefined : (inner + outer) / 7;
};

const modulesBetween = (image: BlackImage, one: Point, other: Point): number | undefined => {
  const sizes = [moduleTowards(image, one, other), moduleTowards(image, other, one)].filter(
    (size) => size !== undefined,
  );
  if (sizes.length === 0) return undefined;
  const mean = sizes.reduce((product, size) => product * size, 1) ** (1 / sizes.length);
  return distance(one, other) / mean; // geometric: what is farther away is smaller
};

/** Modules a side of version 1, the only one without an alignment pattern. */
export const smallest = 21;
const largest = 177;

/** The likeliest dimensions, nearest first: 17 + 4 × version (ISO/IEC 18004 §6.3.1). */
export const dimensionsOf = (
  image: BlackImage,
  { topLeft, topRight, bottomLeft }: Triple,
): readonly number[] => {
  const across = modulesBetween(image, topLeft, topRight);
  const down = modulesBetween(image, topLeft, bottomLeft);
  const known = [across, down].filter((count) => count !== undefined);
  if (known.length === 0) return [];
  const estimate = known.reduce((sum, count) => sum + count, 0) / known.length + 7;
  const middle = 17 + 4 * Math.round((estimate - 17) / 4);
  const spread = middle > 60 ? [0, 4, -4, 8, -8] : [0, 4, -4];
  return spread
    .map((offset) => middle + offset)
    .filter((dimension) => dimension >= smallest && dimension <= largest)
    .sort((one, other) => Math.abs(one - estimate) - Math.abs(other - estimate));
};
