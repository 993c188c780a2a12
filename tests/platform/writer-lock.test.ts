import { afterEach, expect, test, vi } from "vitest";

import { lockWriter } from "../../src/platform/writer-lock.ts";

type Waiter = { readonly start: () => void };

/** Web Locks as specified: one holder per name, a queue, signals and stealing. */
const aLockManager = () => {
  const holders = new Map<string, { readonly breakLock: () => void }>();
  const queue: (Waiter & { readonly name: string })[] = [];

  const request = (
    name: string,
    options: { signal?: AbortSignal; steal?: boolean },
    work: () => Promise<unknown>,
  ) =>
    new Promise((resolve, reject) => {
      const abort = (): unknown => reject(new DOMException("signal", "AbortError"));
      const start = (): void => {
        options.signal?.removeEventListener("abort", abort);
        const holder = { breakLock: () => reject(new DOMException("stolen", "AbortError")) };
        holders.set(name, holder);
        void work()
          .then(resolve, reject)
          .finally(() => {
            if (holders.get(name) !== holder) return;
            holders.delete(name);
            queue.splice(0, 1)[0]?.start();
          });
      };
      if (options.steal === true) holders.get(name)?.breakLock();
      if (options.steal === true || !holders.has(name)) return start();
      const waiter = { name, start };
      queue.push(waiter);
      options.signal?.addEventListener("abort", () => queue.splice(queue.indexOf(waiter), 1));
      options.signal?.addEventListener("abort", abort);
    });
  return { request };
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(() => vi.unstubAllGlobals());

const abilities: [string, () => object][] = [
  ["Web Locks", () => ({ locks: aLockManager() })],
  ["no Web Locks", () => ({})],
];

test.each(abilities)(
  "rel-S9 with %s writers take turns and give back their results",
  async (_name, given) => {
    vi.stubGlobal("navigator", given());
    const exclusively = lockWriter();
    const seen: string[] = [];
    const work = (letter: string, ms: number) => async () => {
      seen.push(`${letter} in`);
      await pause(ms);
      seen.push(`${letter} out`);
      return letter;
    };
    const results = await Promise.all([
      exclusively("journal", work("a", 20)),
      exclusively("journal", work("b", 1)),
      exclusively("journal", work("c", 1)),
    ]);
    expect(results).toEqual(["a", "b", "c"]);
    expect(seen).toEqual(["a in", "a out", "b in", "b out", "c in", "c out"]);
  },
);

test.each(abilities)("with %s a writer that fails lets the next one in", async (_name, given) => {
  vi.stubGlobal("navigator", given());
  const exclusively = lockWriter({ stealAfterMs: 1000 });
  const failing = exclusively("journal", () => Promise.reject(new Error("disk")));
  const next = exclusively("journal", async () => "fine");
  await expect(failing).rejects.toThrow("disk");
  expect(await next).toBe("fine");
});

test("rel-S9 a lock held too long is taken away, and the thief knows it", async () => {
  vi.stubGlobal("navigator", { locks: aLockManager() });
  const held = lockWriter()("journal", async () => {
    await pause(120);
    return "late";
  });
  const thief = lockWriter({ stealAfterMs: 30 })("journal", async (stolen) => stolen);
  expect(await thief).toBe(true);
  expect(await held).toBe("late");
});

test("rel-S9 nothing is stolen from a holder that lets go in time", async () => {
  vi.stubGlobal("navigator", { locks: aLockManager() });
  const held = lockWriter()("journal", () => pause(20));
  const next = lockWriter({ stealAfterMs: 500 })("journal", async (stolen) => stolen);
  expect(await next).toBe(false);
  await held;
});

test("work that outlasts the patience of its own start is not run twice", async () => {
  vi.stubGlobal("navigator", { locks: aLockManager() });
  let runs = 0;
  const slow = lockWriter({ stealAfterMs: 20 })("journal", async () => {
    runs += 1;
    await pause(60);
    return runs;
  });
  expect(await slow).toBe(1);
});
