import type { BrowserContext } from "@playwright/test";

/** Chromium does not know two of the features that the Permissions-Policy switches off for other browsers. */
const expected = /Permissions-Policy header: Unrecognized feature: '(?:bluetooth|web-share)'/;

const reportViolations = (): void => {
  addEventListener("securitypolicyviolation", (event) =>
    // oxlint-disable-next-line no-console -- the console is how a page tells the test
    console.error(`securitypolicyviolation ${event.violatedDirective} ${event.blockedURI}`),
  );
};

/** What a page must never do: break, complain, break its policy, or ask any other host. Read it when the test ends. */
export const watch = async (context: BrowserContext, url: string): Promise<readonly string[]> => {
  const problems: string[] = [];
  const { origin } = new URL(url);
  await context.addInitScript(reportViolations);
  context.on("console", (message) => {
    const loud = message.type() === "error" || message.type() === "warning";
    if (loud && !expected.test(message.text()))
      problems.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => problems.push(`page: ${String(error.error())}`));
  context.on("request", (request) => {
    const asked = new URL(request.url());
    if (/^https?:$|^wss?:$/.test(asked.protocol) && asked.origin !== origin)
      problems.push(`request: ${request.url()}`);
  });
  return problems;
};

declare global {
  var taps: number | undefined;
}

/** Counts touches from now on, over navigations inside the page. */
export const countTaps = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    globalThis.taps = 0;
    addEventListener("pointerdown", () => (globalThis.taps = (globalThis.taps ?? 0) + 1), true);
  });
