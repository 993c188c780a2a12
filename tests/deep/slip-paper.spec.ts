import { readFile } from "node:fs/promises";
import type { Browser, Page } from "@playwright/test";
import sharp from "sharp";

import type { Picture } from "../../src/domain/escpos.ts";
import {
  button,
  confirmRefund,
  expect,
  expectScreen,
  link,
  openShop,
  recordPayment,
  test,
} from "../e2e/support/app.ts";
import { paperOf } from "../support/printers.ts";
import { bundle } from "./bundle.ts";

const papers = [
  { paper: "slip_58", dots: 384, mm: 58 },
  { paper: "slip_80", dots: 576, mm: 80 },
] as const;

declare const codes: typeof import("../support/codes.ts");

/** A page of nothing but the app's own scanner. */
const openScanner = async (browser: Browser): Promise<Page> => {
  const page = await browser.newPage();
  await page.addScriptTag({ content: await bundle("../support/codes.ts", "codes") });
  return page;
};

/** The codes in a PNG, and how wide it is. */
const readPng = (scanner: Page, png: Buffer) =>
  scanner.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    if (pen === null) throw new Error("no canvas");
    pen.drawImage(bitmap, 0, 0);
    const { width, height } = bitmap;
    return { width, texts: codes.readFrame(pen.getImageData(0, 0, width, height)) };
  }, png.toString("base64"));

const pngOf = ({ data, width, height }: Picture): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();

/** A USB printer that keeps what it is sent, a print dialog that nobody sees, and files among the downloads. */
const plugPrinter = (): void => {
  const sent: number[][] = [];
  const endpoints = [{ endpointNumber: 2, direction: "out", type: "bulk" }];
  const device = {
    configuration: {
      interfaces: [{ interfaceNumber: 0, alternate: { interfaceClass: 7, endpoints } }],
    },
    open: async () => undefined,
    close: async () => undefined,
    claimInterface: async () => undefined,
    transferOut: async (_: number, bytes: Uint8Array) => {
      sent.push([...bytes]);
      return { status: "ok" };
    },
  };
  const usb = { requestDevice: async () => device };
  Object.defineProperty(navigator, "usb", { value: usb });
  Object.assign(globalThis, { sent, print: () => undefined, showSaveFilePicker: undefined });
};

const sentIn = (page: Page): Promise<number[][]> =>
  page.evaluate(() => (globalThis as unknown as { sent: number[][] }).sent.splice(0));

const mmPerPoint = 25.4 / 72;

/** Pages of a PDF, and the size of the first in millimetres. */
const sheetOf = (pdf: Buffer) => {
  const text = pdf.toString("latin1");
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)];
  const [width = 0, height = 0] = boxes[0]?.slice(1).map(Number) ?? [];
  return { pages: boxes.length, width: width * mmPerPoint, height: height * mmPerPoint };
};

test("R50 the slip at 58 and 80 mm: its picture, what a printer burns and the printed page", async ({
  app,
  browser,
}) => {
  test.setTimeout(180_000);
  await app.context.addInitScript(plugPrinter);
  const scanner = await openScanner(browser);
  await openShop(app);
  await recordPayment(app, { yuan: "36", number: "SLIP-0000003" });
  await confirmRefund(app, 3600);
  await link(app, app.t("action.print")).click();
  await expectScreen(app, "D2");
  await app.page.locator("summary", { hasText: app.t("records.printer.title") }).click();
  for (const { paper, dots, mm } of papers) {
    await app.page.locator(`input[value="${paper}"]`).check({ force: true });

    const saved = app.page.waitForEvent("download");
    await button(app, app.t("records.slip.share")).click();
    const picture = await readPng(scanner, await readFile(await (await saved).path()));
    expect(picture.width).toBe(dots);
    const [code = ""] = picture.texts;
    expect(code).toMatch(paper === "slip_58" ? /^RL1:/ : /^(https?:|ey)/);

    await button(app, app.t("records.printer.usb")).click();
    const said = app.page.locator(".banner-title", { hasText: app.t("records.printer.sent") });
    await expect(said).toBeVisible();
    const burnt = paperOf((await sentIn(app.page)).map((bytes) => Uint8Array.from(bytes)));
    expect(await readPng(scanner, await pngOf(burnt))).toEqual({ width: dots, texts: [code] });

    const slip = app.page.locator(".slip").first();
    const height = (await slip.boundingBox())?.height ?? 0;
    await app.page
      .getByRole("button", { name: app.t("records.slip.print", { amount: app.yuan(3600) }) })
      .click();
    const sheet = sheetOf(await app.page.pdf({ preferCSSPageSize: true }));
    const wanted = Math.ceil((height * 25.4) / 96) + 2;
    expect(sheet.pages).toBe(1);
    expect(Math.abs(sheet.width - mm)).toBeLessThan(1);
    expect(Math.abs(sheet.height - wanted)).toBeLessThan(1);
  }
});
