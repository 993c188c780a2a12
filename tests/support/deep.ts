/** DEEP=1 proves with every number; CI with some of them. */
export const isDeep = process.env["DEEP"] === "1";

/** So many under DEEP=1, this few in CI. */
export const runs = (few: number, many: number): number => (isDeep ? many : few);
