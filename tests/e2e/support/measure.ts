import { AxeBuilder } from "@axe-core/playwright";

import type { App } from "./app.ts";

/** Controls smaller than a fingertip, as `name w×h`; a control inside a label is as large as the label. */
export const smallTargets = (app: App): Promise<readonly string[]> =>
  app.page.evaluate(() => {
    const least = 47.5;
    const controls = document.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary",
    );
    return [...controls].flatMap((control) => {
      if (!control.checkVisibility() || control.matches(".scan-gun, .u-hidden, .u-hidden *"))
        return [];
      const place = control.matches("input") ? (control.closest("label") ?? control) : control;
      const { width, height } = place.getBoundingClientRect();
      const name = control.getAttribute("aria-label") ?? control.textContent.trim().slice(0, 20);
      return width < least || height < least
        ? [
            `${control.tagName}.${control.className} “${name}” ${width.toFixed(0)}×${height.toFixed(0)}`,
          ]
        : [];
    });
  });

/** What sticks out of the window sideways and cannot be scrolled to in a box of its own. */
export const overflowing = (app: App): Promise<readonly string[]> =>
  app.page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (["auto", "scroll"].includes(getComputedStyle(element).overflowX) ||
        scrolls(element.parentElement));
    const wide = document.documentElement.scrollWidth - innerWidth;
    const outside = [...document.body.querySelectorAll<HTMLElement>("*")].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      return width > 0 && right > innerWidth + 1 && element.checkVisibility() && !scrolls(element);
    });
    const named = outside
      .filter((element) => !element.matches(".u-hidden, .u-hidden *"))
      .slice(0, 5)
      .map((element) => `${element.tagName}.${element.getAttribute("class") ?? ""}`);
    return wide > 1 ? [`page is ${wide}px too wide`, ...named] : named;
  });

/** Headers that lie over what follows, and codes too tall to be seen whole beside the header and the buttons. */
const cramped = (app: App): Promise<readonly string[]> =>
  app.page.evaluate(() => {
    const heads = [...document.querySelectorAll(".head")].filter(
      ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1,
    );
    const codes = [...document.querySelectorAll(".qr > svg, .film > canvas")].filter(
      (code) => code.getBoundingClientRect().height > innerHeight * 0.6,
    );
    return [...heads, ...codes].map((element) => `cramped ${element.tagName}`);
  });

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds against by the rules of WCAG 2.2 AA, or by some rules alone. */
export const axeFindings = async (
  app: App,
  rules?: readonly string[],
): Promise<readonly string[]> => {
  const builder = new AxeBuilder({ page: app.page }).setLegacyMode(true);
  const chosen = rules === undefined ? builder.withTags(standards) : builder.withRules([...rules]);
  const { violations } = await chosen.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary ?? ""}`),
  );
};

/** What was found, by the page it was found on. */
export type Findings = Record<string, readonly string[]>;

/** A window as tall as the page: what a bar covers can be scrolled out from under it, which axe does not know. */
export const stretch = async (app: App): Promise<() => Promise<void>> => {
  const before = app.page.viewportSize() ?? { width: 390, height: 844 };
  const height = await app.page.evaluate(() => document.documentElement.scrollHeight);
  await app.page.setViewportSize({
    width: before.width,
    height: Math.max(before.height, height + 200),
  });
  return () => app.page.setViewportSize(before);
};

/** axe in light, contrast again in dark, the size of every target, and what has too little room. */
export const look = async (app: App, name: string, findings: Findings): Promise<void> => {
  const tight = await cramped(app);
  const shrink = await stretch(app);
  await app.page.emulateMedia({ colorScheme: "light" });
  const light = await axeFindings(app);
  const small = await smallTargets(app);
  await app.page.emulateMedia({ colorScheme: "dark" });
  const dark = await axeFindings(app, ["color-contrast"]);
  await app.page.emulateMedia({ colorScheme: "light" });
  const all = [...light, ...dark.map((text) => `dark ${text}`), ...small, ...tight];
  if (all.length > 0) findings[name] = all;
  await shrink();
};
