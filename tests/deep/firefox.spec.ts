import { existsSync } from "node:fs";
import { firefox } from "@playwright/test";

import { expect, test } from "../e2e/support/app.ts";
import { pictureOf } from "../e2e/support/camera.ts";
import { wordsOf } from "../e2e/support/words.ts";

const executablePath = process.env["FIREFOX"] ?? "/usr/bin/firefox-esr";

/** A canvas with a picture on it in place of every camera. */
const beCamera = (picture: string): void => {
  const draw = async (): Promise<MediaStream> => {
    const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = document.createElement("canvas");
    canvas.width = 1280;
    canvas.height = 720;
    const context = canvas.getContext("2d");
    const paint = (): void => {
      if (context === null) return;
      context.fillStyle = "#fff";
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(bitmap, (1280 - bitmap.width) >> 1, (720 - bitmap.height) >> 1);
    };
    paint();
    setInterval(paint, 50);
    return canvas.captureStream(20);
  };
  if ("MediaDevices" in globalThis) MediaDevices.prototype.getUserMedia = draw;
};

test("the scan page reads a QR code and a Code 128 in Firefox ESR", async ({ server }) => {
  test.skip(!existsSync(executablePath), `no Firefox at ${executablePath}`);
  test.setTimeout(180_000);
  const { t } = wordsOf("zh-CN");
  await server.start();
  const browser = await firefox.launch({ channel: "moz-firefox", executablePath });
  for (const code of [
    { kind: "qrcode", text: "wxp://f2f0in9xnsA4G_eXWBRORK63ixD6bMQcP11eKGFz1VS4Kf0" },
    { kind: "code128", text: "289431869362714645" },
  ] as const) {
    const context = await browser.newContext({ locale: "zh-CN" });
    const errors: string[] = [];
    context.on("weberror", (error) => errors.push(String(error.error())));
    await context.addInitScript(beCamera, (await pictureOf(code)).toString("base64"));
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole("button", { name: t("welcome.practise"), exact: true }).click();
    await page.getByRole("button", { name: t("scan.start"), exact: true }).click();
    const said = code.kind === "qrcode" ? "scan.said.collection" : "scan.said.payment_code";
    await expect(page.locator("main .banner")).toContainText(t(said), { timeout: 30_000 });
    expect(errors).toEqual([]);
    await context.close();
  }
  await browser.close();
});
