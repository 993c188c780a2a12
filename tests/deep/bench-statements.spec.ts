import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type Page } from "@playwright/test";

import { executablePath, flags } from "../e2e/playwright.config.ts";
import {
  button,
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
import type { AppServer } from "../e2e/support/server.ts";
import type { Instant } from "../../src/domain/instant.ts";
import { bundle } from "./bundle.ts";
import {
  burdenOf,
  forgetTasks,
  noteLongTasks,
  sayBurden,
  tasksSince,
  type Burden,
} from "./burden.ts";
import { forget, noteTimes, since } from "./clock.ts";
import { newTable } from "./figures.ts";
import type { lookUp, Wanted } from "./look-up.ts";

declare const lookUps: { readonly lookUp: typeof lookUp };

const generator = fileURLToPath(
  new URL("../../../shared/data/generate/gen-statements.mjs", import.meta.url),
);
const require = createRequire(import.meta.url);
const papaparse = require.resolve("papaparse/papaparse.min.js");
const table = newTable();

/** Playwright's recording of the page would be measured too. */
test.use({ trace: "off" });

test.afterAll(() => table.print());

/** A browser whose data lies on the disk, as a merchant's does. */
const browserAt = (folder: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath,
    args: flags,
    viewport: { width: 390, height: 844 },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
  });

const browserOf = (context: BrowserContext): Browser => {
  const browser = context.browser();
  if (browser === null) throw new Error("the browser is ours");
  return browser;
};

const appIn = async (context: BrowserContext, server: AppServer): Promise<App> => {
  await server.start();
  const app = await newApp(context, server, "zh-CN");
  await noteTimes(app);
  await noteLongTasks(context);
  await saveByDownload(app);
  return app;
};

/** Waits frame by frame until the page says something. */
const says = (page: Page, words: string): Promise<unknown> =>
  page.waitForFunction((text) => document.body.textContent.includes(text), words, {
    timeout: 600_000,
  });

/** A bill of two days ago, so that what it shows is compared. */
const generated = (folder: string, rows: number): string => {
  const date = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  const name = "statement.csv";
  const options = ["--rows", String(rows), "--date", date, "--out", folder, "--name", name];
  execFileSync(process.execPath, [realpathSync(generator), ...options]);
  return join(folder, name);
};

/** What a first opening leaves to be done, such as keeping the whole app for offline, is no part of what comes next. */
const rest = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.waitForTimeout(2000);
};

type Imported = { readonly read: Burden; readonly counted: Burden; readonly tasks: string };

/** Choosing the file until it can be confirmed, and confirming it until its rows count. */
const importFile = async (app: App, path: string, rows: string): Promise<Imported> => {
  await goTo(app, "#/recon/import");
  await expectScreen(app, "C1");
  await rest(app.page);
  await forgetTasks(app.page);
  const browser = browserOf(app.context);
  const read = await burdenOf(browser, async () => {
    await app.page.locator("main input[type=file]").first().setInputFiles(path);
    await says(app.page, app.t("recon.confirm.title"));
  });
  const counted = await burdenOf(browser, async () => {
    await button(app, app.t("recon.confirm.import")).click();
    await says(app.page, app.t("recon.import.compared"));
  });
  await expect(app.page.locator("main")).toContainText(rows);
  return { read, counted, tasks: await tasksSince(app.page) };
};

/** The figures of the middle one, and all times. */
const middleOf = (burdens: readonly Burden[]): string => {
  const sorted = [...burdens].sort((a, b) => a.wallMs - b.wallMs);
  const [middle] = sorted.slice(sorted.length >> 1);
  const all = sorted.map(({ wallMs }) => Math.round(wallMs)).join(", ");
  return `${middle === undefined ? "" : sayBurden(middle)}${sorted.length > 1 ? ` (of ${all})` : ""}`;
};

/** The same file by a parser that keeps nothing: rows of cells, and rows by the names of their columns. */
const parseOnly = async (context: BrowserContext, path: string): Promise<readonly number[]> => {
  const page = await context.newPage();
  await page.setContent("<input type=file>");
  await page.addScriptTag({ content: readFileSync(papaparse, "utf8") });
  await page.locator("input").setInputFiles(path);
  const taken: number[] = [];
  for (const header of [false, true]) {
    const ms = await page.evaluate((named) => {
      const parser = (
        globalThis as unknown as { readonly Papa: { parse: (...all: unknown[]) => void } }
      ).Papa;
      const file = document.querySelector("input")?.files?.[0];
      const began = performance.now();
      return new Promise<number>((resolve) => {
        parser.parse(file, { header: named, complete: () => resolve(performance.now() - began) });
      });
    }, header);
    taken.push(ms);
  }
  await page.close();
  return taken;
};

const share = (values: readonly number[], part: number): string =>
  `${[...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1]?.toFixed(1) ?? "?"} ms`;

/** Payments from all over the file. */
const wantedFrom = (path: string, count: number): readonly Wanted[] => {
  const lines = readFileSync(path, "latin1").split("\r\n");
  const step = Math.floor(lines.length / count);
  const wanted: Wanted[] = [];
  for (let at = 1; at < lines.length && wanted.length < count; at += step) {
    const line = lines
      .slice(at, at + 50)
      .find((one) => one.includes("`SUCCESS`,") || one.includes(",`SUCCESS,`"));
    const cells = line?.slice(1).split(",`") ?? [];
    const time = `${cells[0]?.replace(" ", "T") ?? ""}+08:00`;
    if (cells[9] !== "SUCCESS") continue;
    const at8601 = `${new Date(time).toISOString().slice(0, 19)}Z` as Instant;
    wanted.push({
      number: cells[5] ?? "",
      minor: Math.round(Number(cells[24]) * 100),
      at: at8601,
    });
  }
  return wanted;
};

const lookUpAll = async (app: App, wanted: readonly Wanted[], rows: string): Promise<void> => {
  await openAt(app, "robots.txt");
  await app.page.evaluate(`${await bundle("look-up.ts", "lookUps")};globalThis.lookUps=lookUps`);
  for (const { way, ms, found } of await app.page.evaluate((all) => lookUps.lookUp(all), wanted)) {
    const [first = NaN, ...more] = ms;
    table.row(
      `look-up among ${rows} rows by ${way}`,
      `p50 ${share(more, 0.5)}, p95 ${share(more, 0.95)}, the first ${first.toFixed(0)} ms; found ${found} of ${ms.length}`,
    );
  }
};

/** A browser that was just started is busy with pages of its own, which are looked at apart. */
const openCold = async (folder: string, server: AppServer, rows: string): Promise<void> => {
  const [settled, atOnce]: [number[], number[]] = [[], []];
  for (let time = 0; time < 10; time++) {
    const context = await browserAt(folder);
    const app = await appIn(context, server);
    if (time % 2 === 0) await app.page.waitForTimeout(2000);
    await openAt(app);
    (time % 2 === 0 ? settled : atOnce).push(await since(app, "S1"));
    if (time === 9) await reconcileIn(app, rows);
    await context.close();
  }
  table.note(`cold open with ${rows} rows, until the lock is there`, settled);
  table.note(`cold open with ${rows} rows, while the browser itself still starts`, atOnce);
};

const reconcileIn = async (app: App, rows: string): Promise<void> => {
  await unlock(app);
  await forget(app);
  await forgetTasks(app.page);
  const burden = await burdenOf(browserOf(app.context), async () => {
    await goTo(app, "#/recon");
    await says(app.page, app.t("recon.results"));
  });
  table.row(`对账 with ${rows} rows`, `${sayBurden(burden)}, ${await tasksSince(app.page)}`);
};

for (const [rows, count] of [
  ["100,000", 100_000],
  ["1,000,000", 1_000_000],
] as const)
  test(`${rows} rows`, async ({ server }) => {
    test.skip(!existsSync(generator), "../shared/data/generate is not on this machine");
    test.setTimeout(1_200_000);
    const folder = mkdtempSync(join(tmpdir(), "statements-"));
    const path = generated(folder, count);
    const imported: Imported[] = [];
    const parsed: (readonly number[])[] = [];
    const times = count === 100_000 ? 5 : 1;
    for (let time = 1; time <= times; time++) {
      rmSync(join(folder, "profile"), { recursive: true, force: true });
      const context = await browserAt(folder);
      const app = await appIn(context, server);
      await openShop(app);
      imported.push(await importFile(app, path, rows));
      if (times > 1) parsed.push(await parseOnly(context, path));
      if (time === times) await lookUpAll(app, wantedFrom(path, 100), rows);
      await context.close();
    }
    const tasks = imported.map((one) => one.tasks).join("; ");
    table.row(`${rows} rows read and stored`, middleOf(imported.map(({ read }) => read)));
    table.row(`${rows} rows confirmed`, middleOf(imported.map(({ counted }) => counted)));
    table.row(`tasks of the page meanwhile`, tasks);
    if (times > 1) {
      const by = "the same file by papaparse, only parsed";
      table.note(
        `${by}: rows of cells`,
        parsed.map(([cells = NaN]) => cells),
      );
      table.note(
        `${by}: rows by column names`,
        parsed.map(([, named = NaN]) => named),
      );
    }
    await openCold(folder, server, rows);
    rmSync(folder, { recursive: true });
  });
