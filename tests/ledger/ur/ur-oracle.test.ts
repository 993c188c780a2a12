import { URDecoder, UR, UREncoder } from "@ngraveio/bc-ur";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { writeByteString } from "../../../src/ledger/ur/cbor.ts";
import { newUrReader } from "../../../src/ledger/ur/read-ur.ts";
import { writeUr } from "../../../src/ledger/ur/write-ur.ts";
import { bytesOf } from "./wolf.ts";

/** Theirs is a library of its own, written from the same papers: what it reads is the established scheme. */
const readTheirs = (texts: Iterable<string>): Uint8Array | undefined => {
  const decoder = new URDecoder();
  for (const text of texts) {
    decoder.receivePart(text);
    if (decoder.isComplete()) break;
  }
  return decoder.isSuccess() ? decoder.resultUR().decodeCBOR() : undefined;
};

const readOurs = (texts: Iterable<string>): Uint8Array | undefined => {
  const reader = newUrReader();
  for (const text of texts) {
    const step = reader.take(text);
    if (step.kind === "complete") return step.bytes;
  }
  return undefined;
};

function* ours(bytes: Uint8Array, longest: number, isLost: (n: number) => boolean) {
  const { part } = writeUr(bytes, longest);
  for (let seqNum = 1; seqNum < 20_000; seqNum++) if (!isLost(seqNum)) yield part(seqNum);
}

function* theirs(bytes: Uint8Array, longest: number, isLost: (n: number) => boolean) {
  const encoder = new UREncoder(UR.fromBuffer(Buffer.from(bytes)), longest);
  for (let seqNum = 1; seqNum < 20_000; seqNum++) {
    const text = encoder.nextPart();
    if (!isLost(seqNum)) yield text;
  }
}

const sizes = [1, 2, 9, 23, 24, 255, 256, 300, 1000, 4096, 20_000, 65_536];

describe("X9 refundlog §16 animated codes are Uniform Resources: the library @ngraveio/bc-ur agrees", () => {
  test.each(sizes)("every part of %i bytes is letter for letter theirs", (size) => {
    const bytes = bytesOf(size);
    const encoder = new UREncoder(UR.fromBuffer(Buffer.from(bytes)), 340);
    const { part, count } = writeUr(bytes, 340);
    expect(count).toBe(encoder.fragmentsLength);
    const enough = Math.min(3 * count, count + 60);
    for (let seqNum = 1; seqNum <= enough; seqNum++)
      expect(part(seqNum)).toBe(encoder.nextPart().toUpperCase());
  });

  test.each(sizes)("what we write of %i bytes they read, with every third part lost", (size) => {
    const bytes = bytesOf(size);
    expect(readTheirs(ours(bytes, 900, (n) => size > 890 && n % 3 === 0))).toEqual(
      Buffer.from(bytes),
    );
  });

  test.each(sizes)("what they write of %i bytes we read, with every third part lost", (size) => {
    const bytes = bytesOf(size);
    expect(readOurs(theirs(bytes, 340, (n) => size > 330 && n % 3 === 0))).toEqual(bytes);
  });

  test("any bytes in parts of any length, from the first part on or from a later one", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 3000 }),
        fc.integer({ min: 20, max: 700 }),
        fc.nat({ max: 50 }),
        (bytes, longest, from) => {
          const isLost = (n: number): boolean => n <= from;
          expect(readOurs(theirs(bytes, longest, isLost))).toEqual(bytes);
          expect(readTheirs(ours(bytes, longest, isLost))).toEqual(Buffer.from(bytes));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("they cut a message into the same fragments, whatever its length", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 10, max: 700 }),
        (size, longest) => {
          const bytes = bytesOf(size);
          const encoder = new UREncoder(UR.fromBuffer(Buffer.from(bytes)), longest, 0, 1);
          expect(writeUr(bytes, longest).part(1)).toBe(encoder.nextPart().toUpperCase());
          expect(writeByteString(bytes)).toEqual(
            new Uint8Array(UR.fromBuffer(Buffer.from(bytes)).cbor),
          );
        },
      ),
    );
  });
});
