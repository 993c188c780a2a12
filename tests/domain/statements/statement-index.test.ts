import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confusableKey } from "../../../src/domain/codes/number-key.ts";
import { endingOf, endingsWith, numberHash } from "../../../src/domain/statements/number-hash.ts";
import { givesBack, numbersOfRow, rowKey } from "../../../src/domain/statements/statement-block.ts";
import {
  hasSorted,
  newStatementIndex,
  placesBetween,
} from "../../../src/domain/statements/statement-index.ts";
import { secondsOf } from "../../../src/domain/instant.ts";
import { readStatement } from "./read-statement.ts";

const { rows } = readStatement(readFileSync("tests/fixtures/statements/wechat_trade_ALL_60.csv"));

const aNumber = fc.stringMatching(/^[0-9A-Za-z][0-9A-Za-z.-]{0,30}$/);

const index = newStatementIndex();
index.add(rows.slice(0, 25));
index.add(rows.slice(25));
const pieces = [...index.pieces(new Float64Array(rows.map(rowKey)))];

const pairsOf = (part: string): Uint32Array => {
  const piece = pieces.find((one) => one.part === part);
  if (!(piece?.values instanceof Uint32Array)) throw new Error(part);
  return piece.values;
};

describe("the hash and the ending of a number", () => {
  it("X33 are those of its one spelling", () => {
    fc.assert(
      fc.property(aNumber, (number) => {
        const plain = confusableKey(number);
        expect(numberHash(number)).toBe(numberHash(plain));
        expect(endingOf(number)).toBe(endingOf(plain));
        expect(numberHash(`${number}账`)).toBe(numberHash(`${plain}账`));
      }),
    );
  });

  it("an ending lies in the range of each shorter one, and another's does not", () => {
    fc.assert(
      fc.property(aNumber, aNumber, fc.integer({ min: 1, max: 6 }), (number, other, length) => {
        const [plain, unlike] = [confusableKey(number), confusableKey(other)];
        fc.pre(plain.length >= length && unlike.length >= length);
        const [from, below] = endingsWith(number.slice(-length));
        fc.pre(!/[.-]/.test(number) && !/[.-]/.test(other));
        const isIn = (one: string): boolean => from <= endingOf(one) && endingOf(one) < below;
        expect(isIn(number)).toBe(true);
        expect(isIn(other)).toBe(unlike.endsWith(plain.slice(-length)));
      }),
    );
  });
});

describe("the index of an import", () => {
  it("leads from every number of a row to its place, in the order of the keys", () => {
    const pairs = pairsOf("numbers");
    const keys = pairs.filter((_, at) => at % 2 === 1);
    expect(keys).toEqual(keys.toSorted());
    for (const [place, row] of rows.entries())
      for (const number of numbersOfRow(row)) {
        const hash = numberHash(number);
        expect(placesBetween(pairs, hash, hash + 1)).toContain(place);
      }
  });

  it("knows amounts of payments, and the second of every row", () => {
    for (const [place, { kind, minor, at }] of rows.entries()) {
      const found = placesBetween(pairsOf("amounts"), minor, minor + 1).includes(place);
      expect(found).toBe(kind === "payment");
      const second = secondsOf(at);
      expect(placesBetween(pairsOf("times"), second, second + 1)).toContain(place);
    }
  });

  it("describes its blocks: rows, returns, first and last second", () => {
    const seconds = rows.slice(0, 25).map(({ at }) => secondsOf(at));
    const [count, returns, first, last] = pairsOf("blocks");
    expect([count, first, last]).toEqual([25, Math.min(...seconds), Math.max(...seconds)]);
    expect(returns).toBe(Number(rows.slice(0, 25).some(givesBack)));
    expect(pairsOf("blocks")[4]).toBe(rows.length - 25);
  });

  it("searches like a linear search", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.nat(50), (values, value) => {
        expect(hasSorted(Float64Array.from(values).sort(), value)).toBe(values.includes(value));
      }),
    );
  });
});
