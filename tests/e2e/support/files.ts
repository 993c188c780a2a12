import { readFileSync } from "node:fs";
import type { App } from "./app.ts";

/** Chromium asks where to save; without a person that is a cancel. This makes files go to the downloads. */
export const saveByDownload = (app: App): Promise<unknown> =>
  app.context.addInitScript(() => {
    Object.defineProperty(globalThis, "showSaveFilePicker", { value: undefined });
  });

/** What a tap puts among the downloads; a file that took longer than a tap lasts asks for a second one. */
export const downloaded = async (
  app: App,
  tap: () => Promise<unknown>,
): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
  const waiting = app.page.waitForEvent("download");
  await tap();
  const first = await Promise.race([
    waiting.then(() => "download" as const),
    app.page
      .getByText(app.t("export.ready"))
      .waitFor()
      .then(
        () => "ready" as const,
        () => "download" as const,
      ),
  ]);
  if (first === "ready") await tap();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};
