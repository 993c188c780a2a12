import { crc32 } from "../frame.ts";
import type { Bytes } from "../record.ts";
import { degreeTable, drawFrom } from "./alias-table.ts";
import { readCbor, writeByteString, writeListHead, writeNumber } from "./cbor.ts";
import { drawInt, xoshiro } from "./xoshiro.ts";

/** One drop of the fountain (BCR-2024-001): some fragments of a message of `seqLen` fragments, mixed by exclusive or. */
export type FountainPart = {
  /** From 1; the first `seqLen` parts are the fragments themselves. */
  readonly seqNum: number;
  readonly seqLen: number;
  readonly messageLen: number;
  /** CRC-32 of the whole message. */
  readonly checksum: number;
  readonly data: Bytes;
};

/** A part as CBOR `[seqNum, seqLen, messageLen, checksum, data]`. */
export const writePart = (part: FountainPart): Bytes => {
  const { seqNum, seqLen, messageLen, checksum, data } = part;
  const numbers = [seqNum, seqLen, messageLen, checksum].flatMap(writeNumber);
  return Uint8Array.from([...writeListHead(5), ...numbers, ...writeByteString(data)]);
};

/** The part in CBOR; undefined when it is something else. */
export const readPart = (bytes: Bytes): FountainPart | undefined => {
  const cbor = readCbor(bytes);
  const length = cbor.listHead();
  const [seqNum, seqLen] = [cbor.number(), cbor.number()];
  const [messageLen, checksum] = [cbor.number(), cbor.number()];
  const data = cbor.byteString();
  if (length !== 5 || seqNum === undefined || seqLen === undefined || !cbor.isAtEnd())
    return undefined;
  return messageLen === undefined || checksum === undefined || data === undefined
    ? undefined
    : { seqNum, seqLen, messageLen, checksum, data };
};

const seedOf = (seqNum: number, checksum: number): Bytes => {
  const seed = new Uint8Array(8);
  const view = new DataView(seed.buffer);
  view.setUint32(0, seqNum);
  view.setUint32(4, checksum);
  return seed;
};

/** Tells which fragments a part mixes; both ends draw the same. */
export type ChooseFragments = (seqNum: number, checksum: number) => readonly number[];

export const fragmentChooser = (seqLen: number): ChooseFragments => {
  const degrees = degreeTable(seqLen);
  return (seqNum, checksum) => {
    if (seqNum <= seqLen) return [seqNum - 1];
    const draw = xoshiro(seedOf(seqNum, checksum));
    const degree = drawFrom(degrees, draw) + 1;
    const rest = Array.from({ length: seqLen }, (_, index) => index);
    // the reference shuffles all of them and keeps the first; the draws behind those decide nothing
    return Array.from({ length: degree }, () => {
      const [chosen = 0] = rest.splice(drawInt(draw, 0, rest.length - 1), 1);
      return chosen;
    });
  };
};

/** The fewest fragments of at most `longest` bytes, all of one length. */
const fragmentLength = (messageLen: number, longest: number): number =>
  Math.ceil(messageLen / Math.ceil(messageLen / longest));

const fragmentsOf = (message: Uint8Array, length: number): readonly Bytes[] =>
  Array.from({ length: Math.ceil(message.length / length) }, (_, index) => {
    const fragment = new Uint8Array(length);
    fragment.set(message.subarray(index * length, (index + 1) * length));
    return fragment;
  });

/** Adds bytes into others of the same length, bit by bit. */
export const mixInto = (
  target: Uint8Array | Uint32Array,
  bytes: Uint8Array | Uint32Array,
): void => {
  for (let index = 0; index < target.length; index++)
    target[index] = (target[index] ?? 0) ^ (bytes[index] ?? 0);
};

/** As many parts of a message as anybody asks for, each at most `longest` bytes of data. */
export const newFountain = (message: Uint8Array, longest: number) => {
  const length = fragmentLength(message.length, longest);
  const fragments = fragmentsOf(message, length);
  const [seqLen, checksum] = [fragments.length, crc32(message)];
  const choose = fragmentChooser(seqLen);
  const part = (seqNum: number): FountainPart => {
    const data = new Uint8Array(length);
    for (const index of choose(seqNum, checksum)) {
      const fragment = fragments[index];
      if (fragment !== undefined) mixInto(data, fragment);
    }
    return { seqNum, seqLen, messageLen: message.length, checksum, data };
  };
  return { seqLen, part };
};
