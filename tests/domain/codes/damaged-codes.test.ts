import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { parseCode } from "../../../src/domain/codes/index.ts";
import type { ScannedCode } from "../../../src/domain/codes/scanned-code.ts";
import type { BusinessDate } from "../../../src/domain/instant.ts";
import { isDeep, runs, seed } from "../../support/deep.ts";

const today = "2026-11-22" as BusinessDate;
const folder = "../shared/data/codes";

type Sample = { readonly text: string; readonly crcOk?: boolean };

const samplesOf = (file: string): readonly Sample[] =>
  existsSync(`${folder}/${file}`)
    ? (JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as { codes: readonly Sample[] }).codes
    : [];

const plate = {
  text: "00020101021129370016A0000006770101110113006681222333353037645802TH63041DCF",
  crcOk: true,
};
const emvSamples = [plate, ...samplesOf("emv_mpm.json").filter(({ crcOk }) => crcOk === true)];

const printable = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index));
const replacements = [...(isDeep ? printable : Array.from("019AZaz -")), "\u0000", "二"];

/** Whether a code is taken for a whole EMV code that nobody altered. */
const isTrusted = (code: ScannedCode): boolean =>
  code.kind === "merchant" &&
  code.code.kind === "emv_mpm" &&
  !code.code.reasons.includes("crc_differs");

/** The same digit of the CRC, written small: nothing is altered. */
const isSameDigit = (text: string, at: number, by: string): boolean =>
  at >= text.length - 4 && text[at]?.toLowerCase() === by.toLowerCase();

describe("F76 an EMV code", () => {
  it("is trusted as it was printed", () => {
    for (const { text } of emvSamples) expect(isTrusted(parseCode(text, today))).toBe(true);
  });

  it("is rejected or flagged when any one character of it is changed, left out or doubled", () => {
    for (const { text } of emvSamples)
      for (const [at, letter] of Array.from(text).entries()) {
        const [before, after] = [text.slice(0, at), text.slice(at + 1)];
        const changed = replacements
          .filter((by) => by !== letter && !isSameDigit(text, at, by))
          .map((by) => before + by + after);
        for (const altered of [...changed, before + after, before + letter + letter + after])
          if (isTrusted(parseCode(altered, today))) expect.fail(`${text} at ${at}: ${altered}`);
      }
  });
});

/** Repeatable whole numbers below `end`; fast enough for a million texts. */
const newRandom = (begin: number) => {
  let state = begin;
  return (end: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
};

const random = newRandom(seed);

/** Halves of surrogate pairs, controls and what turns the direction of writing are among them. */
const alphabets = [
  () => String.fromCharCode(random(0x1_0000)),
  () => String.fromCharCode(random(0x80)),
  () => String(random(10)),
  () => String.fromCodePoint(0x2000 + random(0x80)),
];

const anyText = (longest: number): string => {
  const letter = alphabets[random(alphabets.length)] ?? String;
  return Array.from({ length: random(longest) }, letter).join("");
};

const known = [
  plate.text,
  "01,32,,264270",
  "RL1:6BF%$ A",
  "4200002345",
  "https://",
  "eyJ",
  "hQVDUFYwM",
  ...["codes.json", "emv_mpm.json", "emv_cpm.json", "invoice.json"]
    .flatMap(samplesOf)
    .map(({ text }) => text),
];

/** Any text, or a known code with a part of it replaced. */
const fuzzed = (): string => {
  if (random(3) === 0) return anyText(300);
  const code = known[random(known.length)] ?? "";
  const at = random(code.length);
  return code.slice(0, at) + anyText(20) + code.slice(at + random(6));
};

it("F73 any text gets an answer without an exception, 99 of 100 within a millisecond", () => {
  const count = runs(20_000, 1_000_000);
  const times = new Float64Array(count);
  for (let run = 0; run < count; run++) {
    const text = fuzzed();
    const began = performance.now();
    try {
      parseCode(text, today);
    } catch (error) {
      expect.fail(`seed ${seed}: ${JSON.stringify(text)} throws ${String(error)}`);
    }
    times[run] = performance.now() - began;
  }
  const p99 = times.sort()[Math.floor(count * 0.99)];
  if (isDeep) expect(p99).toBeLessThan(1);
  if (isDeep) process.stdout.write(`${count} texts: p99 ${p99?.toFixed(3)} ms\n`);
}, 600_000);
