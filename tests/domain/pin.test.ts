import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { lockOut, mostTries, noTries, waitAfter } from "../../src/domain/lock-out.ts";
import { checkPin } from "../../src/domain/pin.ts";

describe("checkPin", () => {
  it.each([
    "000000",
    "123456",
    "654321",
    "121212",
    "123123",
    "112233",
    "147258",
    "520131",
    "010190",
    "199012",
  ])("F62 refuses %s", (pin) => {
    expect(checkPin(pin)).toEqual({ kind: "pin_weak" });
  });

  it("R35 takes 6 to 12 digits and nothing else", () => {
    expect(checkPin("739182")).toBeUndefined();
    expect(checkPin("739182640173")).toBeUndefined();
    for (const pin of ["73918", "7391826401735", "73918a", "", "７３９１８２"])
      expect(checkPin(pin)).toEqual({ kind: "pin_length" });
  });

  it("F62 refuses more than a thousand of all six-digit PINs and leaves most", () => {
    let weak = 0;
    for (let pin = 0; pin < 1_000_000; pin++)
      if (checkPin(String(pin).padStart(6, "0")) !== undefined) weak += 1;
    expect(weak).toBeGreaterThan(1_000);
    expect(weak).toBeLessThan(150_000);
  });

  it("never throws, whatever was typed", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void checkPin(text)));
  });
});

describe("lockOut", () => {
  it("R35 F56 waits longer from the fifth failure on and ends after ten", () => {
    expect([0, 4, 5, 6, 7, 8, 9].map(waitAfter)).toEqual([0, 0, 30, 60, 300, 900, 3600]);
    expect(lockOut(noTries, 0)).toEqual({ kind: "open", left: mostTries });
    expect(lockOut({ fails: 5, lastFailMs: 1000 }, 1000)).toEqual({ kind: "wait", seconds: 30 });
    expect(lockOut({ fails: 5, lastFailMs: 1000 }, 31_000)).toEqual({ kind: "open", left: 5 });
    expect(lockOut({ fails: 10, lastFailMs: 0 }, 1e12)).toEqual({ kind: "disabled" });
  });

  it("F59 a clock set back starts the wait again and never shortens it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 9 }),
        fc.integer({ min: 1, max: 1e9 }),
        (fails, back) => {
          const waiting = lockOut({ fails, lastFailMs: 1e12 }, 1e12 - back);
          expect(waiting).toEqual({ kind: "wait", seconds: waitAfter(fails) });
        },
      ),
    );
  });
});
