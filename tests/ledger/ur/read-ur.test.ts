import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { toBytes } from "../../../src/ledger/base64url.ts";
import { crc32 } from "../../../src/ledger/frame.ts";
import { encodeBytewords } from "../../../src/ledger/ur/bytewords.ts";
import { writePart, type FountainPart } from "../../../src/ledger/ur/fountain.ts";
import { newUrReader, type UrStep } from "../../../src/ledger/ur/read-ur.ts";
import { writeUr } from "../../../src/ledger/ur/write-ur.ts";
import { xoshiro } from "../../../src/ledger/ur/xoshiro.ts";
import { bytesOf } from "./wolf.ts";

const textOf = (part: FountainPart): string =>
  `UR:BYTES/${part.seqNum}-${part.seqLen}/${encodeBytewords(writePart(part))}`;

const takeAll = (texts: readonly string[]): readonly UrStep[] => {
  const reader = newUrReader();
  return texts.map((text) => reader.take(text));
};

const partsOf = (bytes: Uint8Array, longest: number, upTo: number): readonly string[] => {
  const { part } = writeUr(bytes, longest);
  return Array.from({ length: upTo }, (_, index) => part(index + 1));
};

describe("X9 the receiving end of animated codes", () => {
  test("refundlog §16 reads parts in any order, doubled and with any of them lost", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 300, maxLength: 4000 }),
        fc.integer({ min: 40, max: 300 }),
        fc.string({ maxLength: 9 }),
        fc.double({ min: 0, max: 0.6, noNaN: true }),
        (bytes, longest, luck, loss) => {
          const { count, part } = writeUr(bytes, longest);
          const next = xoshiro(toBytes(luck));
          const sent = Array.from({ length: 8 * count + 40 }, (_, index) => part(index + 1));
          const arrived = sent
            .filter(() => next() >= loss)
            .flatMap((text) => (next() < 0.2 ? [text, text] : [text]))
            .map((text) => [next(), text] as const)
            .sort(([a], [b]) => a - b)
            .map(([, text]) => text);
          const done = takeAll(arrived).find((step) => step.kind === "complete");
          expect(done).toEqual({ kind: "complete", bytes });
        },
      ),
      { numRuns: 50 },
    );
  });

  test("needs hardly more parts than the message has, wherever it begins to look", () => {
    const bytes = bytesOf(30_000);
    const { count, part } = writeUr(bytes, 340);
    const needed = Array.from({ length: 20 }, (_, start) => {
      const reader = newUrReader();
      for (let n = 1; n < 5 * count; n++)
        if (reader.take(part(count + 97 * start + n)).kind === "complete") return n;
      throw new Error("never complete");
    });
    const mean = needed.reduce((sum, n) => sum + n, 0) / needed.length;
    expect(mean / count).toBeLessThan(1.1);
  });

  test("counts the parts that said something new, up to the last", () => {
    const texts = partsOf(bytesOf(2000), 250, 9);
    const steps = takeAll([...texts.slice(0, 3), texts[1] ?? "", ...texts.slice(3)]);
    expect(steps.map((step) => (step.kind === "useful" ? step.got : step.kind))).toEqual([
      1,
      2,
      3,
      "known",
      4,
      5,
      6,
      7,
      8,
      "complete",
    ]);
  });

  test("goes on after an interruption from the texts it found useful", () => {
    const bytes = bytesOf(5000);
    const texts = partsOf(bytes, 340, 40);
    const before = newUrReader();
    const useful = texts.slice(0, 9).filter((text) => before.take(text).kind === "useful");
    const steps = takeAll([...useful, ...texts.slice(20)]);
    expect(steps.find((step) => step.kind === "complete")).toEqual({ kind: "complete", bytes });
  });

  test("two messages are never mixed: a part of the second is told, and changes nothing", () => {
    const one = partsOf(bytesOf(2000), 250, 9);
    const other = partsOf(bytesOf(2000, "Fox"), 250, 9);
    const mixed = one.flatMap((text, index) => [text, other[index] ?? ""]);
    const steps = takeAll(mixed);
    expect(steps.filter((step) => step.kind === "other_message")).toHaveLength(9);
    expect(steps.at(-2)).toEqual({ kind: "complete", bytes: bytesOf(2000) });
    const [single = ""] = partsOf(bytesOf(20), 250, 1);
    expect(takeAll([one[0] ?? "", single]).at(-1)).toEqual({ kind: "other_message" });
  });

  test("F81 a part changed on the way with a good checksum of its own is found at the end", () => {
    const parts = partsOf(bytesOf(2000), 250, 9);
    const forged = textOf({
      seqNum: 9,
      seqLen: 9,
      messageLen: 2003,
      checksum: crc32(Uint8Array.from([0x59, 0x07, 0xd0, ...bytesOf(2000)])),
      data: new Uint8Array(223),
    });
    const steps = takeAll([...parts.slice(0, 8), forged]);
    expect(steps.at(-1)).toEqual({ kind: "checksum_wrong" });
  });

  test.each<[string, Partial<FountainPart>]>([
    ["no parts", { seqLen: 0 }],
    ["number nought", { seqNum: 0 }],
    ["a million parts", { seqLen: 1_000_000, messageLen: 25_000_000 }],
    ["a message beyond the limit", { seqLen: 4096, messageLen: 0xffffffff }],
    ["less data than the message", { messageLen: 5000 }],
    ["more parts than the message fills", { messageLen: 900 }],
    ["no data", { data: new Uint8Array() }],
  ])("F81 keeps nothing for a part that promises %s", (_, wrong) => {
    const part = { seqNum: 1, seqLen: 9, messageLen: 2003, checksum: 7, data: new Uint8Array(223) };
    expect(newUrReader().take(textOf(part))).toMatchObject({ kind: "useful", of: 9 });
    expect(newUrReader().take(textOf({ ...part, ...wrong }))).toEqual({ kind: "foreign" });
  });

  test("F81 garbage, payment codes and other resources are passed by and never thrown at", () => {
    const [first = ""] = partsOf(bytesOf(2000), 250, 1);
    const texts = [
      "",
      "ur:",
      "ur:bytes/",
      "ur:bytes/1-9/",
      "ur:bytes/aeae",
      "281234567890123456",
      "https://example.com/ur:bytes/1-2/aeae",
      first.replace("BYTES", "CRYPTO-PSBT"),
      first.replace("1-9", "2-9"),
      first.replace("1-9", "1-8"),
      `${first}AE`,
      "ur:bytes/".padEnd(9000, "a"),
    ];
    for (const step of takeAll(texts)) expect(step).toEqual({ kind: "foreign" });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(newUrReader().take(text)).toEqual({ kind: "foreign" });
        expect(newUrReader().take(`UR:BYTES/${text}`)).toEqual({ kind: "foreign" });
      }),
    );
  });

  test("F81 no change of one letter of a part is taken for the part", () => {
    const [first = ""] = partsOf(bytesOf(600), 250, 1);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/";
    fc.assert(
      fc.property(fc.nat(first.length - 1), fc.nat(letters.length - 1), (at, letter) => {
        const changed = `${first.slice(0, at)}${letters.charAt(letter)}${first.slice(at + 1)}`;
        fc.pre(changed !== first);
        expect(newUrReader().take(changed)).toEqual({ kind: "foreign" });
      }),
      { numRuns: 500 },
    );
  });
});
