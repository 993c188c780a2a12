import { chromium, type Browser, type Locator, type Page } from "@playwright/test";

import { executablePath, flags } from "../playwright.config.ts";
import { newApp, test as base, expect, type App } from "./app.ts";

/** A phone of its own: own storage, and a camera that sees what it is pointed at. */
export type Phone = App & {
  /** Holds the camera before the code on another phone's screen, until it was read where that can be seen. */
  readonly lookAt: (other: App, until?: Locator) => Promise<void>;
  /** The camera sees white paper. */
  readonly lookAway: () => Promise<void>;
  /** Films what another phone plays until something is there. */
  readonly film: (other: App, until: Locator) => Promise<void>;
};

const size = { width: 1280, height: 720 };

/** Every camera that the page opens shows one canvas, for as long as the page is open. */
const installCamera = ({ width, height }: typeof size): void => {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  let picture: CanvasImageSource | undefined;
  const draw = (): void => {
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
    if (picture !== undefined)
      context.drawImage(picture, (width - height + 40) / 2, 20, height - 40, height - 40);
  };
  setInterval(draw, 60);
  if ("mediaDevices" in navigator)
    // an empty page has none
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(15);
  Object.assign(globalThis, {
    seeThrough: (shown?: CanvasImageSource): void => {
      picture = shown;
      draw();
    },
  });
};

/** Puts a picture of what another window shows before the camera of this one. */
const show = async (page: Page, shown: Locator): Promise<void> => {
  const png = await shown.screenshot({ animations: "allow" });
  await page.evaluate(
    async (bytes) => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
      const { seeThrough } = globalThis as { seeThrough?: (shown: CanvasImageSource) => void };
      seeThrough?.(picture);
    },
    [...png],
  );
};

/** A hand holds still for as long as it takes. */
const hold = async (page: Page, shown: Locator, until: Locator | undefined): Promise<void> => {
  const isRead = async (): Promise<boolean> => until === undefined || until.isVisible();
  do await show(page, shown);
  while (!(await isRead()));
};

const hide = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { seeThrough } = globalThis as { seeThrough?: () => void };
    seeThrough?.();
  });

const codeOn = ({ page }: App) => page.locator(".qr svg").last();
const filmOn = ({ page }: App) => page.locator(".film canvas");

/** Tests with phones: each a browser of its own. */
export const test = base.extend<{ readonly phone: () => Promise<Phone> }>({
  phone: async ({ server, locale, viewport, timezoneId }, use, info) => {
    const browsers: Browser[] = [];
    const phones: Phone[] = [];
    await use(async () => {
      await server.start(); // the phone before this one may have pulled the plug
      const browser = await chromium.launch({ executablePath, args: flags });
      browsers.push(browser);
      const context = await browser.newContext({
        viewport,
        ...(locale === undefined ? {} : { locale }),
        ...(timezoneId === undefined ? {} : { timezoneId }),
        permissions: ["camera"],
      });
      await context.addInitScript(installCamera, size);
      const app = await newApp(context, server, locale);
      const phone: Phone = {
        ...app,
        lookAt: (other, until) => hold(app.page, codeOn(other), until),
        lookAway: () => hide(app.page),
        film: (other, until) => hold(app.page, filmOn(other), until),
      };
      phones.push(phone);
      return phone;
    });
    if (info.status !== info.expectedStatus)
      for (const [at, { page }] of phones.entries())
        await page.screenshot({ path: info.outputPath(`phone-${at + 1}.png`) });
    for (const { problems } of phones) expect(problems).toEqual([]);
    for (const browser of browsers) await browser.close();
  },
});
