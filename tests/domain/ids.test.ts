import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base32, ulid, writeRef } from "../../src/domain/ids.ts";
import { aRef } from "../support/a.ts";

const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe("base32", () => {
  it.each([
    [[], ""],
    [[0], "00"],
    [[255], "ZW"],
    [[102, 111, 111, 98, 97, 114], "CSQPYRK1E8"],
    [Array.from({ length: 10 }, () => 255), "ZZZZZZZZZZZZZZZZ"],
  ])("writes the bytes %j as %j", (bytes, text) => {
    expect(base32(Uint8Array.from(bytes))).toBe(text);
  });

  it("writes ten bytes as sixteen characters and different bytes differently", () => {
    fc.assert(
      fc.property(tenBytes, tenBytes, (a, b) => {
        expect(base32(a)).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
        expect(base32(a) === base32(b)).toBe(a.join() === b.join());
      }),
    );
  });
});

describe("ulid", () => {
  it("knows the known answer of the ULID specification's time", () => {
    expect(ulid(1_469_918_176_385, new Uint8Array(10))).toBe("01ARYZ6S410000000000000000");
  });

  it("is 26 characters and sorts by time", () => {
    fc.assert(
      fc.property(time, time, tenBytes, tenBytes, (earlier, later, a, b) => {
        const first = ulid(earlier, a);
        expect(first).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
        if (earlier < later) expect(first < ulid(later, b)).toBe(true);
      }),
    );
  });
});

describe("writeRef", () => {
  it("names device and place", () => {
    expect(writeRef(aRef(7))).toBe("device-a:7");
  });
});
