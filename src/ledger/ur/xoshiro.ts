import { sha256 } from "../sha256.ts";

/** Draws from [0, 1), the same on every device for the same seed. */
export type Draw = () => number;

const turnLeft = (value: bigint, bits: bigint): bigint =>
  BigInt.asUintN(64, (value << bits) | (value >> (64n - bits)));

/** xoshiro256** seeded with the SHA-256 of some bytes, as the fountain of BCR-2024-001 demands. */
export const xoshiro = (seed: Uint8Array): Draw => {
  const view = new DataView(sha256(seed).buffer);
  let [a, b, c, d] = [0, 8, 16, 24].map((at) => view.getBigUint64(at)) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  return () => {
    const drawn = BigInt.asUintN(64, turnLeft(BigInt.asUintN(64, b * 5n), 7n) * 9n);
    const shifted = BigInt.asUintN(64, b << 17n);
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = turnLeft(d, 45n);
    return Number(drawn) / 2 ** 64;
  };
};

/** A whole number from `low` to `high`, both included. */
export const drawInt = (draw: Draw, low: number, high: number): number =>
  Math.floor(draw() * (high - low + 1)) + low;
