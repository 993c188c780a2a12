import { readFileSync } from "node:fs";
import type { App } from "./app.ts";

/** Chromium asks where to save; without a person that is a cancel. This makes files go to the downloads. */
export const saveByDownload = (app: App): Promise<unknown> =>
  app.context.addInitScript(() => {
    Object.defineProperty(globalThis, "showSaveFilePicker", { value: undefined });
  });

/** What a tap puts among the downloads. */
export const downloaded = async (
  app: App,
  tap: () => Promise<unknown>,
): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
  const [download] = await Promise.all([app.page.waitForEvent("download"), tap()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};
