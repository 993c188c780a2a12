import { writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import sharp from "sharp";

import { executablePath, flags } from "../e2e/playwright.config.ts";
import {
  expect,
  expectScreen,
  goTo,
  newApp,
  practise,
  test as base,
  type App,
} from "../e2e/support/app.ts";
import { cameraFlags, lumaOf, pictureOf, writeCamera, type Code } from "../e2e/support/camera.ts";
import {
  burdenOf,
  forgetTasks,
  megabytes,
  noteLongTasks,
  sayBurden,
  tasksSince,
} from "./burden.ts";
import { filmed, type Scene } from "./camera-scenes.ts";
import { forgetCamera, liveTracks, paceOf, toldAfter, watchCamera } from "./camera-watch.ts";
import { median } from "./clock.ts";
import { newTable } from "./figures.ts";

const table = newTable();
const fps = 30;
const locale = "zh-CN";

type Till = App & { readonly film: (pictures: readonly Buffer[]) => Promise<void> };

/** The app in practice with a video for a camera; `film` changes what is before it. */
const test = base.extend<{ readonly till: Till }>({
  till: async ({ server, viewport }, use, info) => {
    const file = info.outputPath("camera.y4m");
    writeCamera(file, [lumaOf()], fps);
    await server.start();
    const browser = await chromium.launch({
      executablePath,
      args: [...flags, ...cameraFlags(file)],
    });
    const context = await browser.newContext({ viewport, permissions: ["camera"], locale });
    await noteLongTasks(context);
    await watchCamera(context);
    const app = await newApp(context, server, locale);
    await practise(app);
    const film = async (pictures: readonly Buffer[]): Promise<void> => {
      await goTo(app, "#/about");
      await expectScreen(app, "P8");
      writeCamera(file, pictures, fps);
    };
    await use({ ...app, film });
    expect(app.problems).toEqual([]);
    await browser.close();
  },
});

test.use({ trace: "off" }); // pictures of the page are work for it
test.afterAll(() => table.print());

const codes: readonly Code[] = [
  { kind: "qrcode", text: "wxp://f2f0in9xnsA4G_eXWBRORK63ixD6bMQcP11eKGFz1VS4Kf0" },
  { kind: "code128", text: "289431869362714645" },
];
const bars: Readonly<Record<Scene, number>> = {
  clean: 400,
  noisy: 1500,
  blurred: 1500,
  "low light": 1500,
};

/** Opens the scan page and waits for what it reads. */
const visit = async (till: Till): Promise<number> => {
  await goTo(till, "#/about");
  await expectScreen(till, "P8");
  await forgetCamera(till.page);
  await goTo(till, "#/scan");
  await expect.poll(() => toldAfter(till.page), { timeout: 20_000, intervals: [50] }).toBeDefined();
  return (await toldAfter(till.page)) ?? NaN;
};

for (const [scene, bar] of Object.entries(bars) as readonly [Scene, number][])
  test(`from the camera to a code, ${scene}`, async ({ till }) => {
    test.setTimeout(300_000);
    for (const code of codes) {
      await till.film(filmed(code, scene, 12));
      const times: number[] = [];
      for (let turn = 0; turn < 15; turn++) times.push(await visit(till));
      const sorted = times.toSorted((a, b) => a - b);
      const slowest = Math.round(sorted.at(-1) ?? NaN);
      table.row(
        `camera asked for to code told, ${scene} ${code.kind} (p50 of ${times.length}, bar ${bar} ms)`,
        `${Math.round(median(times))} ms, slowest ${slowest} ms`,
      );
    }
  });

test("looks and page frames a second while nothing is found, and what keeps the page busy", async ({
  till,
}) => {
  test.setTimeout(300_000);
  for (const [name, pictures] of [
    ["white paper", [lumaOf()]],
    ["noise", filmed(undefined, "noisy", 12)],
  ] as const) {
    await till.film(pictures);
    await goTo(till, "#/scan");
    await expect(till.page.locator(".scan-live")).toBeVisible();
    await forgetTasks(till.page);
    const { looks, frames } = await paceOf(till.page, 10);
    table.row(
      `looks a second at 1280×720, ${name} (bar 10; page frames, bar 60)`,
      `${looks} looks, ${frames.toFixed(1)} frames, ${await tasksSince(till.page)}`,
    );
  }
});

/** A photo of two codes on paper, of so many pixels once its EXIF has turned it upright. */
const photoOf = async (width: number, height: number): Promise<Buffer> => {
  const codesInIt = await Promise.all(
    codes.map(async (code, index) => ({
      input: await sharp(await pictureOf(code))
        .resize({ width: 2400, kernel: "nearest" })
        .toBuffer(),
      left: 1800,
      top: 400 + 3000 * index,
    })),
  );
  const upright = sharp({ create: { width, height, channels: 3, background: "#f4f0e8" } })
    .composite(codesInIt)
    .png({ compressionLevel: 1 });
  const turned = sharp(await upright.toBuffer(), { limitInputPixels: false }).rotate(-90);
  return turned.withMetadata({ orientation: 6 }).jpeg({ quality: 90 }).toBuffer();
};

test("a photo of 50 megapixels, turned by its EXIF", async ({ till }, info) => {
  test.setTimeout(300_000);
  const { page } = till;
  const browser = page.context().browser();
  if (browser === null) throw new Error("no browser");
  const save = async (name: string, photo: Promise<Buffer>): Promise<string> => {
    const path = info.outputPath(name);
    writeFileSync(path, await photo);
    return path;
  };
  const input = page.locator("input[type=file]");
  const largest = await save("50.jpg", photoOf(5773, 8660));
  const larger = await save("50.5.jpg", photoOf(5800, 8700));
  await goTo(till, "#/about");
  await goTo(till, "#/scan");
  await expect(page.locator(".scan-live")).toBeVisible();
  await forgetTasks(page);
  const sheet = page.getByRole("dialog");
  const burden = await burdenOf(browser, async () => {
    await input.setInputFiles(largest);
    await expect(sheet.locator("svg text")).toHaveText(["1", "2"], { timeout: 60_000 });
  });
  table.row(
    "two codes in a JPEG of 50 megapixels",
    `${sayBurden(burden)}, ${await tasksSince(page)}`,
  );
  const box = await sheet
    .locator("canvas")
    .evaluate((canvas: HTMLCanvasElement) => canvas.height / canvas.width);
  expect(box).toBeCloseTo(1.5, 1);
  await page.keyboard.press("Escape");
  await input.setInputFiles(larger);
  await expect(page.locator("main .fault")).toContainText(till.t("fault.picture_too_large"));
});

test("200 times open and closed: no live track, no growth", async ({ till }) => {
  test.setTimeout(600_000);
  const { page, context } = till;
  const devtools = await context.newCDPSession(page);
  const heap = async (): Promise<number> => {
    await devtools.send("HeapProfiler.collectGarbage");
    return (await devtools.send("Runtime.getHeapUsage")).usedSize;
  };
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn++) {
      await goTo(till, "#/scan");
      await expect(page.locator(".scan-live")).toBeVisible();
      await goTo(till, "#/about");
      await expectScreen(till, "P8");
    }
  };
  await till.film([lumaOf()]);
  await turns(20);
  const [before, workers] = [await heap(), page.workers().length];
  await turns(180);
  const grown = (await heap()) - before;
  table.row(
    "200 × open and close: live tracks, growth of the heap, workers before and after",
    `${await liveTracks(page)}, ${megabytes(grown)}, ${workers} → ${page.workers().length}`,
  );
  expect(await liveTracks(page)).toBe(0);
  expect(page.workers().length).toBeLessThanOrEqual(workers);
  expect(grown).toBeLessThan(10e6);
});
