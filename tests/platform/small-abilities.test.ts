import { afterEach, expect, test, vi } from "vitest";

import { showBadge } from "../../src/platform/app-badge.ts";
import { copyText } from "../../src/platform/clipboard.ts";
import { askToKeep, findSpace, readPersistence } from "../../src/platform/durable-storage.ts";
import { createFeedback } from "../../src/platform/feedback.ts";
import { pause } from "../../src/platform/pause.ts";

afterEach(() => vi.unstubAllGlobals());

const givenStorage = (storage: object | undefined) => vi.stubGlobal("navigator", { storage });

test.each([
  [true, "kept"],
  [false, "may_be_cleared"],
])("rel-S12 the true answer to persist() is told: %s is %s", async (answer, told) => {
  givenStorage({ persist: async () => answer, persisted: async () => answer });
  expect(await askToKeep()).toBe(told);
  expect(await readPersistence()).toBe(told);
});

test("rel-S12 a browser that never answers holds nobody up", async () => {
  givenStorage({ persist: () => new Promise(() => {}) });
  expect(await askToKeep(20)).toBe("unknown");
});

test.each([
  ["no storage", undefined],
  ["none of its functions", {}],
  [
    "functions that fail",
    {
      persist: () => Promise.reject(new TypeError("opaque origin")),
      persisted: () => Promise.reject(new TypeError("opaque origin")),
      estimate: () => Promise.reject(new TypeError("opaque origin")),
    },
  ],
])("a browser with %s gives unknown and throws nothing", async (_case, storage) => {
  givenStorage(storage);
  expect(await askToKeep()).toBe("unknown");
  expect(await readPersistence()).toBe("unknown");
  expect(await findSpace()).toBeUndefined();
});

test("rel-S11 space used and given is told in bytes", async () => {
  givenStorage({ estimate: async () => ({ usage: 5, quota: 100 }) });
  expect(await findSpace()).toEqual({ usedBytes: 5, quotaBytes: 100 });
});

const refuse = () => Promise.reject(new DOMException("", "NotAllowedError"));

test("R46 the app's icon counts where it can, and nobody hears of it where it cannot", async () => {
  const shown: number[] = [];
  vi.stubGlobal("navigator", {
    setAppBadge: async (count: number) => shown.push(count),
    clearAppBadge: async () => shown.push(0),
  });
  showBadge(3);
  showBadge(0);
  expect(shown).toEqual([3, 0]);
  for (const navigator of [{}, { setAppBadge: refuse, clearAppBadge: refuse }]) {
    vi.stubGlobal("navigator", navigator);
    expect(() => showBadge(1)).not.toThrow();
    expect(() => showBadge(0)).not.toThrow();
  }
  await Promise.resolve(); // a refusal that nobody caught would fail the run
});

test("copying tells whether the text is on the clipboard", async () => {
  const texts: string[] = [];
  vi.stubGlobal("navigator", {
    clipboard: { writeText: async (text: string) => texts.push(text) },
  });
  expect(await copyText("A7-000123")).toBe(true);
  expect(texts).toEqual(["A7-000123"]);
  vi.stubGlobal("navigator", { clipboard: { writeText: () => Promise.reject(new Error("no")) } });
  expect(await copyText("x")).toBe(false);
  vi.stubGlobal("navigator", {});
  expect(await copyText("x")).toBe(false);
});

const stubSound = () => {
  const heard: number[] = [];
  const buzzed: unknown[] = [];
  vi.stubGlobal("navigator", { vibrate: (pattern: unknown) => buzzed.push(pattern) });
  vi.stubGlobal(
    "AudioContext",
    class {
      state = "suspended";
      currentTime = 0;
      destination = {};
      resume = async () => {
        this.state = "running";
      };
      createGain = () => ({ gain: { value: 1 }, connect: () => undefined });
      createOscillator = () => {
        const frequency = { value: 0 };
        return {
          frequency,
          connect: <Next>(next: Next) => next,
          start: () => heard.push(frequency.value),
          stop: () => undefined,
        };
      };
    },
  );
  return { heard, buzzed };
};

test("a recognised code beeps and buzzes after the first tap, and is silent before", () => {
  const { heard, buzzed } = stubSound();
  const feedback = createFeedback(() => ({ sound: true, vibration: true }));
  feedback.recognised();
  expect(heard).toEqual([]);
  feedback.wake();
  feedback.recognised();
  expect(heard).toEqual([1800]);
  expect(buzzed).toEqual([60, 60]);
  feedback.refused();
  expect(heard).toEqual([1800, 330, 330]);
});

test("what the person switched off stays off, from the next signal on", () => {
  const { heard, buzzed } = stubSound();
  let settings = { sound: true, vibration: true };
  const feedback = createFeedback(() => settings);
  feedback.wake();
  settings = { sound: false, vibration: false };
  feedback.recognised();
  expect(heard).toEqual([]);
  expect(buzzed).toEqual([]);
});

test("a browser without sound or vibration is simply silent", () => {
  vi.stubGlobal("navigator", {});
  const feedback = createFeedback(() => ({ sound: true, vibration: true }));
  expect(() => {
    feedback.wake();
    feedback.recognised();
    feedback.refused();
  }).not.toThrow();
});

test("a pause in long work lets what waited come first", async () => {
  const { port1, port2 } = new MessageChannel();
  const came: string[] = [];
  port1.addEventListener("message", () => came.push("tap"));
  port1.start();
  port2.postMessage(undefined);
  await pause();
  port1.close();
  expect(came).toEqual(["tap"]);
});

test("a pause right after another waits for nothing, one after a dozen milliseconds does", async () => {
  await pause();
  const { port1, port2 } = new MessageChannel();
  const came: string[] = [];
  port1.addEventListener("message", () => came.push("tap"));
  port1.start();
  port2.postMessage(undefined);
  const began = performance.now();
  const now = vi.spyOn(performance, "now").mockReturnValue(began);
  await pause();
  expect(came).toEqual([]);
  now.mockReturnValue(began + 12);
  await pause();
  expect(came).toEqual(["tap"]);
  now.mockRestore();
  port1.close();
});
