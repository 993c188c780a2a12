import type { Bytes } from "../record.ts";

/** The three shapes of CBOR (RFC 8949) that Uniform Resources need: numbers below 2^32, byte strings, a list. */

const majors = { number: 0, bytes: 2, list: 4 } as const;

type Shape = keyof typeof majors;

const head = (shape: Shape, value: number): readonly number[] => {
  const kind = majors[shape] << 5;
  if (value < 24) return [kind | value];
  if (value < 0x100) return [kind | 24, value];
  if (value < 0x10000) return [kind | 25, value >>> 8, value & 255];
  return [kind | 26, value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
};

export const writeNumber = (value: number): readonly number[] => head("number", value);

export const writeListHead = (length: number): readonly number[] => head("list", length);

/** A byte string with its length before it. */
export const writeByteString = (bytes: Uint8Array): Bytes => {
  const before = head("bytes", bytes.length);
  const whole = new Uint8Array(before.length + bytes.length);
  whole.set(before);
  whole.set(bytes, before.length);
  return whole;
};

/** Reads one thing after another; undefined for another shape and for what is cut, and so is everything after it. */
export type CborReader = {
  readonly number: () => number | undefined;
  readonly listHead: () => number | undefined;
  readonly byteString: () => Bytes | undefined;
  readonly isAtEnd: () => boolean;
};

const following: Readonly<Record<number, number>> = { 24: 1, 25: 2, 26: 4 };

export const readCbor = (bytes: Bytes): CborReader => {
  let at: number | undefined = 0;
  const take = (length: number): Bytes | undefined => {
    if (at === undefined) return undefined;
    const part = bytes.subarray(at, at + length);
    at = part.length === length ? at + length : undefined;
    return at === undefined ? undefined : part;
  };
  const readHead = (shape: Shape): number | undefined => {
    const first = take(1)?.[0];
    const short = first === undefined || first >> 5 !== majors[shape] ? undefined : first & 31;
    if (short !== undefined && short < 24) return short;
    const more = short === undefined ? undefined : take(following[short] ?? NaN);
    if (more === undefined) at = undefined;
    return more?.reduce((value, byte) => value * 256 + byte, 0);
  };
  return {
    number: () => readHead("number"),
    listHead: () => readHead("list"),
    byteString: () => {
      const length = readHead("bytes");
      return length === undefined ? undefined : take(length);
    },
    isAtEnd: () => at === bytes.length,
  };
};
