import type { Sweep } from "./read-linear.ts";

/** Codes lie along rows or columns most often; the other angles take turns, so that no code is tilted by more than 8°. */
const slants = [
  [45, 135],
  [15, 105],
  [165, 75],
  [30, 120],
  [150, 60],
] as const;

const straightGap = 24;
const slantedGap = 32;

/** Six frames in turn lay their lines beside those of the others. */
export const sweepsOf = (attempt: number): readonly Sweep[] => {
  const shift = (attempt % 6) / 6;
  return [
    { angles: [0, 90], gap: straightGap, shift },
    { angles: slants[attempt % slants.length] ?? [], gap: slantedGap, shift },
  ];
};
