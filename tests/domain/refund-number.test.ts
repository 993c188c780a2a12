import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkCharacter,
  newPrefix,
  nextRefundNumber,
  parseRefundNumber,
} from "../../src/domain/refund-number.ts";
import { valueOf } from "../support/a.ts";

const prefixes = fc.uint8Array({ minLength: 6, maxLength: 6 }).map(newPrefix);
const counters = fc.nat(999_999_000);

const checkOf = (counter: number): string =>
  checkCharacter(`R7K2Q4${String(counter).padStart(9, "0")}`);

describe("checkCharacter", () => {
  it.each([
    ["A12425GABC1234002", "M"],
    ["R7K2Q4000012345", "S"],
  ])("knows the known answer %s → %s", (body, check) => {
    expect(checkCharacter(body)).toBe(check);
  });

  it("X33 finds every single wrong character", () => {
    const body = fc.string({
      unit: fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("")),
      minLength: 15,
      maxLength: 27,
    });
    fc.assert(
      fc.property(body, fc.nat(26), fc.constantFrom(..."0A5KZ7".split("")), (text, at, other) => {
        const place = at % text.length;
        const check = checkCharacter(text);
        const changed = text.slice(0, place) + other + text.slice(place + 1);
        if (changed !== text) expect(parseRefundNumber(changed + check).ok).toBe(false);
      }),
    );
  });
});

describe("nextRefundNumber", () => {
  it("X1 makes numbers that parse, begin with the prefix and need no I, L, O or U", () => {
    fc.assert(
      fc.property(prefixes, counters, (prefix, last) => {
        const { number, counter } = nextRefundNumber(prefix, last);
        expect(valueOf(parseRefundNumber(number))).toBe(number);
        expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
        expect(number.slice(0, 6)).toBe(prefix);
        expect(Number(number.slice(6, -1))).toBe(counter);
        expect(counter).toBeGreaterThan(last);
      }),
    );
  });

  it("skips exactly the counters whose check character is I, L, O or U", () => {
    const made: number[] = [];
    for (let last = 0; last < 2_000;) {
      last = nextRefundNumber("R7K2Q4", last).counter;
      made.push(last);
    }
    const skipped = Array.from({ length: made.at(-1) ?? 0 }, (_, index) => index + 1).filter(
      (counter) => !made.includes(counter),
    );
    expect(skipped.length).toBeGreaterThan(100);
    expect(skipped.every((counter) => "ILOU".includes(checkOf(counter)))).toBe(true);
    expect(made.some((counter) => "ILOU".includes(checkOf(counter)))).toBe(false);
  });

  it("X1 gives no number twice, neither on one device nor on two with different prefixes", () => {
    const numbers = ["R7K2Q4", "R7K2Q5", "B00001"].flatMap((prefix) => {
      const list: string[] = [];
      for (let last = 0; list.length < 3_000;) {
        const next = nextRefundNumber(prefix, last);
        list.push(next.number);
        last = next.counter;
      }
      return list;
    });
    expect(new Set(numbers).size).toBe(9_000);
  });
});

describe("parseRefundNumber", () => {
  it.each([
    "",
    "A12425GABC1234002N",
    "a12425gabc1234002m",
    "A12425GABC1234002M ",
    "A1M",
    "Ａ12425GABC1234002M",
  ])("refuses %j", (text) => {
    expect(parseRefundNumber(text)).toEqual({ ok: false, fault: { kind: "bad_refund_number" } });
  });

  it("X8 reads the number of another maker when its check character fits", () => {
    expect(parseRefundNumber("A12425GABC1234002M").ok).toBe(true);
  });
});

describe("newPrefix", () => {
  it("is six characters, the first a letter, none of them I, L, O or U, for any bytes", () => {
    fc.assert(
      fc.property(prefixes, (prefix) => {
        expect(prefix).toMatch(/^[A-HJKMNP-TV-Z][0-9A-HJKMNP-TV-Z]{5}$/);
      }),
    );
  });
});
