import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32, readFrames, writeFrame } from "../../src/ledger/frame.ts";
import type { Bytes } from "../../src/ledger/record.ts";

const concat = (parts: readonly Uint8Array[]): Bytes => new Uint8Array(Buffer.concat(parts));
const aFile = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 6 });

/** The CRC that node writes into a gzip trailer. */
const gzipCrc = (bytes: Uint8Array): number => {
  const file = gzipSync(bytes);
  return file.readUInt32LE(file.length - 8);
};

describe("frames of the safety copy", () => {
  it("computes the CRC-32 of zip", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(crc32(bytes)).toBe(gzipCrc(bytes));
      }),
    );
  });

  it("lays a frame out as length, CRC and bytes, little-endian", () => {
    const frame = Buffer.from(writeFrame(new TextEncoder().encode("123456789")));
    expect(frame.toString("hex")).toBe(
      `090000002639f4cb${Buffer.from("123456789").toString("hex")}`,
    );
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(aFile, (contents) => {
        const { frames, badAt } = readFrames(concat(contents.map(writeFrame)));
        expect(frames).toEqual(contents.map((one) => new Uint8Array(one)));
        expect(badAt).toBeUndefined();
      }),
    );
  });

  it("reads bytes that lie inside a larger buffer", () => {
    const file = concat([new Uint8Array(5), writeFrame(Uint8Array.of(7)), new Uint8Array(3)]);
    expect(readFrames(file.subarray(5, 14))).toEqual({
      frames: [Uint8Array.of(7)],
      badAt: undefined,
    });
  });

  it("finds a torn tail at every length, and keeps all frames before it", () => {
    const contents = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5), Uint8Array.of(6)];
    const whole = concat(contents.map(writeFrame));
    const starts = [0, 11, 21, 30];
    for (let length = 0; length < whole.length; length++) {
      const { frames, badAt } = readFrames(whole.subarray(0, length));
      const good = starts.filter((start) => start > 0 && start <= length).length;
      expect([length, frames.length, badAt]).toEqual([
        length,
        good,
        starts.includes(length) ? undefined : starts[good],
      ]);
    }
  });

  it("finds any changed byte", () => {
    const whole = concat([writeFrame(Uint8Array.of(1, 2, 3)), writeFrame(Uint8Array.of(4, 5))]);
    for (let at = 0; at < whole.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        const changed = new Uint8Array(whole);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(readFrames(changed).badAt).toBe(at < 11 ? 0 : 11);
      }
  });

  it("takes a tail of zeros for damage, not for empty frames", () => {
    const whole = concat([writeFrame(Uint8Array.of(1)), new Uint8Array(64)]);
    expect(readFrames(whole)).toMatchObject({ badAt: 9 });
    expect(() => writeFrame(new Uint8Array())).toThrow();
  });

  it("does not trust a length of four gigabytes", () => {
    expect(readFrames(new Uint8Array(16).fill(255)).badAt).toBe(0);
  });
});
