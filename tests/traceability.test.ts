import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { screensOf } from "./support/screens-of.ts";

/** Requirements (requirements.md) that are built: a test must prove each. */
const inScope = [
  ..."R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12".split(" "),
  ..."R13 R14 R15 R16 R17 R18 R19 R20".split(" "),
  ..."R21 R22 R23 R24 R25 R26 R27 R28 R29 R30 R31 R32".split(" "),
  ..."R33 R34 R35 R36 R37 R38 R39 R40 R41 R42 R43 R44 R45 R46 R47 R48 R49 R50 R51 R52 R53 R54 R55 R56 R57".split(
    " ",
  ),
  ..."X1 X2 X3 X4 X5 X6 X7 X8 X9 X10 X11 X12".split(" "),
  ..."X13 X14 X15 X16 X17 X18 X19 X20 X21 X22 X23 X24 X25 X26 X27 X28 X29 X30".split(" "),
  ..."X31 X32 X33 X34 X35 X36 X37 X38 X39 X40 X41 X42 X43 X44 X45 X46 X47".split(" "),
] as const;

/** What is not built whole; a test may name the part that is. */
const later: readonly string[] = [];

/** A string that stands where a test has its name: after `it(`, after a table's `)(`, with or without `.each`. */
const name = /(?:\b(?:it|test|describe)(?:\.\w+)*\(|\)\()\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g;

const titlesIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(name), ([, , title = ""]) => title);

/** The requirements that a title names; `rel-X6` is a rule of reliability.md and none of them. */
const idsIn = (title: string): readonly string[] =>
  Array.from(title.matchAll(/(?<![\w-])[RX]\d{1,2}(?!\w)/g), ([id]) => id);

const files = readdirSync("tests", { recursive: true })
  .map(String)
  .filter((file) => /\.(test|spec)\.tsx?$/.test(file) && file !== "traceability.test.ts");

const proven = new Set(
  files.flatMap((file) => titlesIn(readFileSync(`tests/${file}`, "utf8"))).flatMap(idsIn),
);

describe("requirements", () => {
  test("in scope are each named by a test", () => {
    expect(files.length).toBeGreaterThan(150);
    expect(inScope.filter((id) => !proven.has(id))).toEqual([]);
  });

  test("stand in one list each, all of R1 to R57 and X1 to X47", () => {
    const all = [
      ...Array.from({ length: 57 }, (_, index) => `R${index + 1}`),
      ...Array.from({ length: 47 }, (_, index) => `X${index + 1}`),
    ];
    expect([...inScope, ...later].toSorted()).toEqual(all.toSorted());
  });

  test("have their pages named in one table", () => {
    expect(Object.keys(screensOf).toSorted()).toEqual([...inScope, ...later].toSorted());
  });

  test("named by a test are all in one of the lists", () => {
    const known = new Set<string>([...inScope, ...later]);
    expect([...proven].filter((id) => !known.has(id))).toEqual([]);
  });
});

describe("the search for names", () => {
  test.each([
    ['it("R1 opens", () => {', ["R1"]],
    ["it.each([1])(`R2 ${x} X3 closes`, () => {", ["R2", "X3"]],
    ["test.skipIf(no)('R4 runs', () => {", ["R4"]],
    ['describe(\n  "X47 goes on", () => {', ["X47"]],
    ['it("rel-X6 locks, MX12 and R1a are none", () => {', []],
    ['const why = "R5 is only a word";', []],
  ])("reads %j", (text, ids) => {
    expect(titlesIn(text).flatMap(idsIn)).toEqual(ids);
  });
});
