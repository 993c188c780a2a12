/** DEEP=1 proves with every number; CI with some of them. */
export const isDeep = process.env["DEEP"] === "1";

/** So many under DEEP=1, this few in CI. */
export const runs = (few: number, many: number): number => (isDeep ? many : few);

/** What random walks begin with: SEED, a new one under DEEP=1, the same in CI, where only what was changed may fail. */
export const seed = Number(process.env["SEED"] ?? (isDeep ? Date.now() % 2 ** 31 : 20_261_126));
