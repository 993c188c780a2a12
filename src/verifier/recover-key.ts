import { decodeBase64url, encodeBase64url, hashBytes } from "../ledger/base64url.ts";
import { readInteger, writeInteger } from "../ledger/integer.ts";
import { order, type UnverifiedJws } from "../ledger/jws.ts";
import { parseJwk } from "../ledger/keys.ts";
import type { Jwk } from "../ledger/record.ts";

/**
 * The keys that an ES256 signature can belong to (SEC 1 §4.1.6).
 * People compare a fingerprint, not a key: of these candidates the one with that fingerprint is the shop's root.
 */
const prime = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const generator: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

type Point = { readonly x: bigint; readonly y: bigint };
/** Undefined is the point at infinity. */
type Sum = Point | undefined;

const mod = (value: bigint, by: bigint): bigint => ((value % by) + by) % by;

const power = (base: bigint, exponent: bigint, by: bigint): bigint => {
  let result = 1n;
  let square = mod(base, by);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % by;
    square = (square * square) % by;
  }
  return result;
};

/** By Euclid; the modulus is prime. */
const inverse = (value: bigint, by: bigint): bigint => {
  let [rest, divisor] = [by, mod(value, by)];
  let [before, factor] = [0n, 1n];
  while (divisor > 0n) {
    const quotient = rest / divisor;
    [rest, divisor] = [divisor, rest - quotient * divisor];
    [before, factor] = [factor, before - quotient * factor];
  }
  return mod(before, by);
};

const add = (one: Sum, other: Sum): Sum => {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.x === other.x && mod(one.y + other.y, prime) === 0n) return undefined;
  const slope =
    one.x === other.x
      ? (3n * one.x * one.x - 3n) * inverse(2n * one.y, prime)
      : (other.y - one.y) * inverse(other.x - one.x, prime);
  const x = mod(slope * slope - one.x - other.x, prime);
  return { x, y: mod(slope * (one.x - x) - one.y, prime) };
};

const multiply = (point: Sum, factor: bigint): Sum => {
  let result: Sum;
  let double = point;
  for (let rest = mod(factor, order); rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = add(result, double);
    double = add(double, double);
  }
  return result;
};

const pointsAt = (x: bigint): readonly Point[] => {
  const square = mod(x * x * x - 3n * x + b, prime);
  const y = power(square, (prime + 1n) / 4n, prime);
  const isOnCurve = x < prime && mod(y * y, prime) === square;
  return isOnCurve
    ? [
        { x, y },
        { x, y: prime - y },
      ]
    : [];
};

const coordinate = (value: bigint): string => encodeBase64url(writeInteger(value));

const jwkOf = ({ x, y }: Point): readonly Jwk[] => {
  const jwk = parseJwk({ crv: "P-256", kty: "EC", x: coordinate(x), y: coordinate(y) });
  return jwk.ok ? [jwk.value] : [];
};

/** Every key under which this signature is right; at most four. */
export const recoverKeys = ({ signature, signed }: UnverifiedJws): readonly Jwk[] => {
  const r = readInteger(signature.subarray(0, 32));
  const s = readInteger(signature.subarray(32));
  const hash = readInteger(decodeBase64url(hashBytes(signed)) ?? new Uint8Array());
  const back = inverse(r, order);
  const points = [...pointsAt(r), ...pointsAt(r + order)];
  return points.flatMap((point) => {
    const sum = add(multiply(point, s), multiply(generator, -hash));
    const key = multiply(sum, back);
    return key === undefined ? [] : jwkOf(key);
  });
};
