/** The middle of some numbers, of an even count the lower of both; undefined where there are none. */
export const median = (numbers: readonly number[]): number | undefined =>
  [...numbers].sort((one, other) => one - other)[Math.floor((numbers.length - 1) / 2)];
