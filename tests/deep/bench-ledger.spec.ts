import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "@playwright/test";

import { executablePath, flags } from "../e2e/playwright.config.ts";
import {
  button,
  chip,
  expect,
  expectScreen,
  goTo,
  newApp,
  openAt,
  openShop,
  test,
  unlock,
  type App,
} from "../e2e/support/app.ts";
import { saveByDownload } from "../e2e/support/files.ts";
import { builtFolder, type AppServer } from "../e2e/support/server.ts";
import { bigLog } from "./big-log.ts";
import { bundle } from "./bundle.ts";
import {
  burdenOf,
  forgetTasks,
  megabytes,
  noteLongTasks,
  peakOf,
  sayBurden,
  tasksSince,
} from "./burden.ts";
import { newTable } from "./figures.ts";
import type { fill, signEach } from "./seed-shop.ts";

declare const seedShop: { readonly fill: typeof fill; readonly signEach: typeof signEach };

const dist = fileURLToPath(new URL(`../../${builtFolder}/`, import.meta.url));
const table = newTable();

/** Playwright's recording of the page would be measured too. */
test.use({ trace: "off" });

test.afterAll(() => table.print());

const shopIn = async (browser: Browser, server: AppServer): Promise<App> => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
  });
  await server.start();
  const app = await newApp(context, server, "zh-CN");
  await saveByDownload(app);
  await noteLongTasks(context);
  await openShop(app);
  return app;
};

/** The modules that record, in a page of this origin without the app; then the app again, its owner at it. */
const besideTheApp = async (app: App, work: (copyWorker: string) => Promise<void>) => {
  await openAt(app, "robots.txt");
  await app.page.evaluate(
    `${await bundle("seed-shop.ts", "seedShop")};globalThis.seedShop=seedShop`,
  );
  const worker = readdirSync(`${dist}assets`).find((name) => name.startsWith("safety-copy.worker"));
  await work(`assets/${worker ?? ""}`);
  await openAt(app);
  await unlock(app);
};

/** Waits frame by frame: a locator looks twice a second only, which is no clock for what takes a second. */
const stands = (page: Page, selector: string, words = ""): Promise<unknown> =>
  page.waitForFunction(
    ([wanted, text]) =>
      [...document.querySelectorAll(wanted)].some((one) => one.textContent.includes(text)),
    [selector, words] as const,
    { timeout: 600_000 },
  );

type Shop = { readonly app: App; readonly browser: Browser };

/** Everything that a tap on 保存 does until the file is there; a slow one asks for a second tap, which is not counted. */
const exportAll = async ({ app, browser }: Shop, what: string): Promise<string> => {
  await goTo(app, "#/export");
  await chip(app, app.t("export.for_whom"), app.t("export.format.ledger_all")).click();
  const save = button(app, app.t("export.save"));
  const saving = app.page.waitForEvent("download", { timeout: 120_000 });
  const asked = stands(app.page, "main *", app.t("export.ready"));
  await forgetTasks(app.page);
  const isAsked = Promise.race([
    saving.then(() => false),
    asked.then(
      () => true,
      () => false,
    ),
  ]);
  const burden = await burdenOf(browser, async () => {
    await save.click();
    await isAsked;
  });
  table.row(what, `${sayBurden(burden)}, ${await tasksSince(app.page)}`);
  if (await isAsked) await save.click();
  return (await saving).path();
};

/** A file on the 验证 screen until its verdict is there. */
const verifyOnScreen = async (
  { app, browser }: Shop,
  path: string,
  what: string,
): Promise<string> => {
  await goTo(app, "#/about");
  await goTo(app, "#/verify");
  await expectScreen(app, "E2");
  const verdict = app.page.locator("main .banner").first();
  await forgetTasks(app.page);
  const burden = await burdenOf(browser, async () => {
    await app.page.locator("main input[type=file]").last().setInputFiles(path);
    await stands(app.page, "main .banner");
  });
  table.row(what, `${sayBurden(burden)}, ${await tasksSince(app.page)}`);
  return (await verdict.textContent()) ?? "";
};

/** Every record of a file is good. */
const all = /(\d+)\/\1 ✓/;

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? NaN;

test("10,000 records: sign and append, export, verification", async ({ server }) => {
  test.setTimeout(900_000);
  const browser = await chromium.launch({ executablePath, args: flags });
  const app = await shopIn(browser, server);
  await besideTheApp(app, async (copyWorker) => {
    const filled = await app.page.evaluate(([records, worker]) => seedShop.fill(records, worker), [
      9900,
      copyWorker,
    ] as const);
    table.row(
      `filling a journal with ${filled.records} records, 250 at once`,
      `${Math.round(filled.ms)} ms`,
    );
    const each = await app.page.evaluate(([times, worker]) => seedShop.signEach(times, worker), [
      100,
      copyWorker,
    ] as const);
    const [half, most] = [0.5, 0.95].map((share) => percentile(each, share).toFixed(1));
    table.row(
      "sign and append one record, both copies, to 10,000",
      `p50 ${half} ms, p95 ${most} ms`,
    );
  });
  let path = "";
  for (const run of ["first", "second", "third"])
    path = await exportAll({ app, browser }, `export of 10,000 records, ${run} time`);
  for (const run of ["first", "second", "third"]) {
    const what = `verification of 10,000 records on the screen, ${run} time`;
    const said = await verifyOnScreen({ app, browser }, path, what);
    expect(said).toContain(app.t("verify.verdict.tail"));
  }
  await browser.close();
});

test("100,000 records: verification on the screen", async ({ server }) => {
  test.setTimeout(1_200_000);
  const path = await bigLog(100_000);
  const browser = await chromium.launch({ executablePath, args: flags });
  const app = await shopIn(browser, server);
  const what = "verification of 100,000 records on the screen";
  const said = await verifyOnScreen({ app, browser }, path, what);
  expect(said).toContain(app.t("verify.verdict.unknown_issuer").split("{")[0]?.trim() ?? "");
  await browser.close();
});

test("100,000 records: verification by verify.html from the disk", async () => {
  test.setTimeout(1_200_000);
  const path = await bigLog(100_000);
  const browser = await chromium.launch({ executablePath, args: flags });
  const context = await browser.newContext();
  await noteLongTasks(context);
  const page = await context.newPage();
  await page.goto(pathToFileURL(`${dist}verify.html`).href);
  const burden = await burdenOf(browser, async () => {
    await page.locator("#file").setInputFiles(path);
    await stands(page, "#report:not([hidden])");
  });
  const what = "verification of 100,000 records by verify.html";
  table.row(what, `${sayBurden(burden)}, ${await tasksSince(page)}`);
  await expect(page.locator("#report")).toContainText(all);
  await browser.close();
});

test("100,000 records: verification on the command line", async () => {
  test.setTimeout(1_200_000);
  const path = await bigLog(100_000);
  const began = performance.now();
  const child = spawn(process.execPath, [`${dist}refundlog-verify.mjs`, path]);
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0));
  }, 50);
  let said = "";
  child.stdout.on("data", (text) => (said += String(text)));
  await new Promise((resolve) => child.on("close", resolve));
  clearInterval(timer);
  const taken = `${Math.round(performance.now() - began)} ms, ${megabytes(peak)} in all`;
  table.row("verification of 100,000 records by Node", taken);
  expect(said).toMatch(all);
});
