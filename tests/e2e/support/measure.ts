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
