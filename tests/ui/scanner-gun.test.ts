import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { cleanCode, newBurstFilter } from "../../src/ui/scanner-gun.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Presses the characters with the same gap and tells what each key was taken for. */
const press = async (
  text: string,
  gapMs: number,
  options: { readonly setting?: number; readonly enterAfter?: number } = {},
) => {
  const bursts: string[] = [];
  const filter = newBurstFilter((burst) => bursts.push(burst), options.setting);
  const answers: Promise<boolean>[] = [];
  let at = 1_000;
  for (const character of text) {
    answers.push(filter.key(character, at));
    await vi.advanceTimersByTimeAsync(gapMs);
    at += gapMs;
  }
  let closed: boolean | undefined;
  if (options.enterAfter !== undefined) {
    await vi.advanceTimersByTimeAsync(Math.max(0, options.enterAfter - gapMs));
    closed = filter.close(at - gapMs + options.enterAfter);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  return { bursts, byHand: await Promise.all(answers), closed };
};

const code = "4200009900202611221234567";

describe("a scanner gun", () => {
  it.each([2, 8, 20, 45])("X34 is told from a person at %i ms a key", async (gap) => {
    const { bursts, byHand } = await press(code, gap);
    expect(bursts).toEqual([code]);
    expect(byHand).not.toContain(true);
  });

  it("X34 lets no key of a burst through to the keypad, also not the first", async () => {
    const { byHand } = await press("123456", 8, { enterAfter: 8 });
    expect(byHand).toEqual([false, false, false, false, false, false]);
  });

  it.each([90, 120, 300])("leaves a person's keys alone at %i ms a key", async (gap) => {
    const { bursts, byHand } = await press("12345678.50", gap);
    expect(bursts).toEqual([]);
    expect(byHand).not.toContain(false);
  });

  it("leaves five quick keys to the person, as an amount may be typed fast", async () => {
    const { bursts, byHand } = await press("36.50", 30);
    expect(bursts).toEqual([]);
    expect(byHand).toEqual([true, true, true, true, true]);
  });

  it("takes the Enter that ends a burst, so that it presses no button", async () => {
    expect((await press(code, 8, { enterAfter: 10 })).closed).toBe(true);
  });

  it("takes the Enter that comes up to 120 ms after a burst that was told already", async () => {
    const { bursts, closed } = await press(code, 8, { enterAfter: 110 });
    expect(bursts).toEqual([code]);
    expect(closed).toBe(true);
  });

  it("leaves a person's Enter alone", async () => {
    expect((await press("36", 100, { enterAfter: 100 })).closed).toBe(false);
    expect((await press(code, 8, { enterAfter: 400 })).closed).toBe(false);
  });

  it("reads a slow gun by its Enter when the gap is set to 120 ms", async () => {
    const { bursts, byHand } = await press(code, 100, { setting: 120, enterAfter: 100 });
    expect(bursts).toEqual([code]);
    expect(byHand).not.toContain(true);
  });

  it("reads two bursts after each other as two codes", async () => {
    const bursts: string[] = [];
    const filter = newBurstFilter((burst) => bursts.push(burst));
    for (const [text, start] of [
      ["AAAAAA1", 0],
      ["BBBBBB2", 500],
    ] as const)
      for (const [index, character] of Array.from(text).entries())
        void filter.key(character, start + index * 8);
    await vi.advanceTimersByTimeAsync(200);
    expect(bursts).toEqual(["AAAAAA1", "BBBBBB2"]);
  });
});

describe("what a gun sent", () => {
  it("loses its symbology prefix and control characters", () => {
    expect(cleanCode("]C1\u001d4200009900")).toBe("4200009900");
    expect(cleanCode("]Q3https://qr.95516.com/x")).toBe("https://qr.95516.com/x");
  });

  it("keeps a bracket that is no prefix", () => {
    expect(cleanCode("[A1]")).toBe("[A1]");
  });
});
