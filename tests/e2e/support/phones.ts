import { chromium, type Browser } from "@playwright/test";

import { executablePath, flags } from "../playwright.config.ts";
import { newApp, test as base, expect, type App } from "./app.ts";
import { cameraFlags, pointAt, showCamera, type Code } from "./camera.ts";

/** A phone of its own: own storage, own camera. */
export type Phone = App & {
  /** What the camera sees from its next opening on. */
  readonly see: (code: Code) => void;
  /** Holds the camera before the code on another phone's screen. */
  readonly lookAt: (other: App) => Promise<void>;
};

/** The code that a screen shows to another camera. */
const codeOn = ({ page }: App) => page.locator(".qr svg, .qr canvas").last();

/** Tests with phones: each a browser of its own with a camera that a file feeds. */
export const test = base.extend<{ readonly phone: (name: string) => Promise<Phone> }>({
  phone: async ({ server, locale, viewport, timezoneId }, use, info) => {
    const browsers: Browser[] = [];
    const phones: Phone[] = [];
    await use(async (name) => {
      await server.start(); // the phone before this one may have pulled the plug
      const file = info.outputPath(`${name}.y4m`);
      showCamera(file);
      const args = [...flags, ...cameraFlags(file)];
      const browser = await chromium.launch({ executablePath, args });
      browsers.push(browser);
      const context = await browser.newContext({
        viewport,
        ...(locale === undefined ? {} : { locale }),
        ...(timezoneId === undefined ? {} : { timezoneId }),
        permissions: ["camera"],
      });
      const app = await newApp(context, server, locale);
      const phone = {
        ...app,
        see: (code: Code) => showCamera(file, code),
        lookAt: (other: App) => pointAt(file, codeOn(other)),
      };
      phones.push(phone);
      return phone;
    });
    for (const { problems } of phones) expect(problems).toEqual([]);
    for (const browser of browsers) await browser.close();
  },
});
