import type { Deps } from "../../src/usecases/deps.ts";
import { memorySafetyCopy, type MemorySafetyCopy } from "./memory-safety-copy.ts";

/** What the app says when it dies in a test. */
export const killed = "the app was killed";

const dead = (): never => {
  throw new Error(killed);
};

/** The app dies at the k-th call of the safety copy, half-way through its bytes or right after it; gives how often it was called. */
export const dieAt = (
  copy: MemorySafetyCopy,
  at: number,
  how: "half" | "after",
): (() => number) => {
  let calls = 0;
  const { append, truncate, remove, read, list } = copy;
  const counted =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      if (calls > at) return dead();
      const half = calls === at && how === "half" && args[1] instanceof Uint8Array;
      const given = half
        ? args.map((one) => (one instanceof Uint8Array ? one.slice(0, one.length / 2) : one))
        : args;
      const done = await work(...(given as unknown as A));
      return calls === at ? dead() : done;
    };
  Object.assign(copy, {
    append: counted(append),
    truncate: counted(truncate),
    remove: counted(remove),
    read: counted(read),
    list: counted(list),
  });
  return () => calls;
};

export const copyOf = ({ journal }: Deps): MemorySafetyCopy =>
  journal.safetyCopy as MemorySafetyCopy;

/** The same stores after the app was killed. */
export const restarted = (deps: Deps): Deps => {
  const copy = memorySafetyCopy();
  for (const [name, bytes] of copyOf(deps).files) copy.files.set(name, bytes);
  return { ...deps, journal: { ...deps.journal, safetyCopy: copy } };
};
