import { expect, type App } from "../e2e/support/app.ts";

declare global {
  var seen: Record<string, number> | undefined;
}

/** Notes, inside the page, when each page and each state of it was first on screen; read with `since`. */
export const noteTimes = (app: App): Promise<unknown> =>
  app.context.addInitScript(() => {
    const seen: Record<string, number> = {};
    globalThis.seen = seen;
    const note = (): void => {
      const id = document.querySelector("main")?.dataset["screen"];
      if (id !== undefined) seen[id] ??= performance.now();
      if (document.querySelector(".scan-live") !== null) seen["live"] ??= performance.now();
      if (document.querySelector("main .banner") !== null) seen["banner"] ??= performance.now();
    };
    new MutationObserver(note).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
    });
    for (const kind of ["click", "keydown"])
      addEventListener(kind, () => (seen["act"] = performance.now()), true);
  });

/** Forgets what was seen, so that the next time of it is noted. */
export const forget = (app: App): Promise<void> =>
  app.page.evaluate(() => {
    for (const name of Object.keys(globalThis.seen ?? {})) delete globalThis.seen?.[name];
  });

/** Milliseconds from one thing to another; from the navigation without `from`. */
export const since = async (app: App, to: string, from?: string): Promise<number> => {
  const look = () => app.page.evaluate((name) => globalThis.seen?.[name], to);
  await expect.poll(look, { timeout: 60_000, intervals: [20] }).toBeDefined();
  return app.page.evaluate(
    ([end, begin]) =>
      (globalThis.seen?.[end ?? ""] ?? NaN) -
      (begin === undefined ? 0 : (globalThis.seen?.[begin] ?? NaN)),
    [to, from],
  );
};

/** The middle of what was measured. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
};
