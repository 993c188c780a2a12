import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "@playwright/test";

import { executablePath, flags } from "../e2e/playwright.config.ts";
import {
  amountChip,
  button,
  chip,
  confirmButton,
  expect,
  expectScreen,
  goTo,
  newApp,
  openAt,
  openShop,
  practise,
  reasonChip,
  recordPayment,
  shoot,
  test,
  type App,
} from "../e2e/support/app.ts";
import { cameraFlags, showCamera } from "../e2e/support/camera.ts";
import { downloaded, saveByDownload } from "../e2e/support/files.ts";
import type { AppServer } from "../e2e/support/server.ts";
import { forget, noteTimes, since } from "./clock.ts";
import { newTable } from "./figures.ts";
import { openFilm, showFilm } from "./film-page.ts";
import { weigh } from "./weigh.ts";

const generator = fileURLToPath(
  new URL("../../../shared/data/generate/gen-statements.mjs", import.meta.url),
);
const table = newTable();
const { note } = table;

type Place = { readonly browser: Browser; readonly server: AppServer };

const fresh = async ({ browser, server }: Place, permissions: string[] = []): Promise<App> => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    permissions,
  });
  await server.start();
  const app = await newApp(context, server, "zh-CN");
  await noteTimes(app);
  await saveByDownload(app);
  return app;
};

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await act();
  return performance.now() - began;
};

const repeated = async (times: number, act: (index: number) => Promise<number>) => {
  const values: number[] = [];
  for (let index = 0; index < times; index++) values.push(await act(index));
  return values;
};

/** Playwright's recording of the page would be measured too. */
test.use({ trace: "off" });

test.afterAll(() => {
  const { entry, first, precache } = weigh();
  table.row("entry bundle (gz)", entry);
  table.row("first load, all files (gz)", first);
  table.row("precache (gz)", precache);
  table.print();
});

test("first load, repeat start, scan to editor", async ({ server }, info) => {
  test.setTimeout(300_000);
  const file = info.outputPath("camera.y4m");
  showCamera(file);
  const browser = await chromium.launch({ executablePath, args: [...flags, ...cameraFlags(file)] });
  note(
    "first load to the welcome page",
    await repeated(5, async () => {
      const app = await fresh({ browser, server });
      await openAt(app);
      const ms = await since(app, "S0");
      await app.context.close();
      return ms;
    }),
  );
  const app = await fresh({ browser, server }, ["camera"]);
  await practise(app);
  const starts = repeated(5, async () => {
    await app.page.reload();
    return since(app, "live");
  });
  note("repeat start, offline, to the live scanner", await starts);
  await button(app, app.t("scan.sample")).click();
  await expectScreen(app, "R1");
  const number = decodeURIComponent(
    (await app.page.evaluate(() => location.hash)).split("c=")[1] ?? "",
  );
  note(
    "scan to editor: camera live to R1",
    await repeated(5, async () => {
      await goTo(app, "#/about");
      await expectScreen(app, "P8");
      showCamera(file, { kind: "code128", text: number });
      await forget(app);
      await goTo(app, "#/scan");
      return since(app, "R1", "live");
    }),
  );
  showCamera(file);
  note(
    "scan to editor: last key of a scanner gun to R1",
    await repeated(10, async () => {
      await goTo(app, "#/scan");
      await expectScreen(app, "T1");
      await forget(app);
      await shoot(app, number);
      return since(app, "R1", "act");
    }),
  );
  await browser.close();
});

test("animated codes from one phone to another", async ({ browser }) => {
  test.setTimeout(300_000);
  const page = await openFilm(browser);
  for (const loss of [0, 0.1, 0.3]) {
    const seen = await showFilm(page, { size: 20_000, framesPerSecond: 15, loss });
    const times = `${seen.encodeMs.toFixed(1)} ms to draw, ${seen.decodeMs.toFixed(0)} ms to read`;
    table.row(
      `animated codes, 15 frames/s, version ${seen.version}, ${100 * loss} % of frames missed`,
      `${seen.bytesPerSecond} B/s (${seen.frames} frames, ${times})`,
    );
    expect(seen.read).toBeGreaterThan(0.9);
  }
  await page.close();
});

test("confirm to saved", async ({ browser, server }) => {
  test.setTimeout(300_000);
  const app = await fresh({ browser, server });
  await openShop(app);
  await recordPayment(app, { yuan: "90000" });
  const address = await app.page.evaluate(() => location.hash);
  const confirm = confirmButton(app);
  note(
    "confirm to saved twice and shown",
    await repeated(15, async () => {
      await goTo(app, address);
      await amountChip(app, "half").click();
      await reasonChip(app, "faulty").click();
      await forget(app);
      await confirm.click();
      return since(app, "R5", "act");
    }),
  );
  await app.context.close();
});

test("100,000 rows: import and look-up", async ({ browser, server }, info) => {
  test.skip(!existsSync(generator), "../shared/data/generate is not on this machine");
  test.setTimeout(600_000);
  const folder = info.outputPath("statement");
  const options = ["--format", "wechat-all", "--rows", "100000", "--out", folder];
  const said = execFileSync(process.execPath, [realpathSync(generator), ...options], {
    encoding: "utf8",
  });
  const name = /[\w.-]+\.csv/.exec(said)?.[0] ?? "wechat_trade_ALL_100000.csv";
  const app = await fresh({ browser, server });
  await openShop(app);
  await goTo(app, "#/recon/import");
  await forget(app);
  const input = app.page.locator("main input[type=file]").first();
  const whole = timed(async () => {
    await input.setInputFiles(join(folder, name));
    await since(app, "banner");
    await forget(app);
    await button(app, app.t("recon.confirm.import")).click();
    await since(app, "banner");
  });
  note("import of 100,000 rows", [await whole]);
  await expect(app.page.locator("main")).toContainText("100,000");
  const rows = readFileSync(join(folder, name), "utf8").split("\r\n").slice(1, 100_001);
  const numbers = rows
    .filter((row) => row.includes("`SUCCESS"))
    .map((row) => /`(4200\d{24})/.exec(row)?.[1] ?? "");
  note(
    "look-up of one of 100,000 by its number",
    await repeated(15, async (index) => {
      await goTo(app, "#/type");
      await app.page.locator("input[name=number]").fill(numbers[index * 6000 + 17] ?? "");
      await forget(app);
      await button(app, app.t("action.continue")).click();
      return since(app, "R1", "act");
    }),
  );
  await app.context.close();
});

/** Showing a refund to its customer is a record: going from one to the next makes one each time. */
const growTo = (app: App, count: number, caseIds: readonly string[]): Promise<void> =>
  app.page.evaluate(
    async ([wanted, ids]) => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open("refund-desk");
        request.addEventListener("success", () => resolve(request.result));
      });
      const head = (): Promise<number> =>
        new Promise((resolve) => {
          const all = db.transaction("heads").objectStore("heads").getAll();
          all.addEventListener("success", () =>
            resolve((all.result as { readonly seq: number }[])[0]?.seq ?? 0),
          );
        });
      for (let seq = await head(); seq < wanted - 2;) {
        location.hash = `#/show/${ids[seq % ids.length] ?? ""}`;
        for (let now = seq; now === seq; now = await head())
          await new Promise((resolve) => setTimeout(resolve, 2));
        seq = await head();
      }
      db.close();
    },
    [count, caseIds] as const,
  );

test("1,000 records: export and verification", async ({ browser, server }) => {
  test.setTimeout(900_000);
  const app = await fresh({ browser, server });
  await openShop(app);
  await recordPayment(app, { yuan: "100" });
  const address = await app.page.evaluate(() => location.hash);
  const caseIds: string[] = [];
  for (let refunds = 0; refunds < 12; refunds++) {
    await goTo(app, address);
    await amountChip(app, "half").click();
    await reasonChip(app, "faulty").click();
    await confirmButton(app).click();
    await expectScreen(app, "R5");
    caseIds.push((await app.page.evaluate(() => location.hash)).split("/").at(-1) ?? "");
  }
  await growTo(app, 1000, caseIds);
  await goTo(app, "#/export");
  await chip(app, app.t("export.for_whom"), app.t("export.format.ledger_all")).click();
  const save = () => button(app, app.t("export.save")).click();
  const began = performance.now();
  const { bytes } = await downloaded(app, save);
  note("export of 1,000 records, with both taps", [performance.now() - began]);
  note(
    "verification of 1,000 records",
    await repeated(3, async () => {
      await goTo(app, "#/about");
      await goTo(app, "#/verify");
      await expectScreen(app, "E2");
      const file = { name: "day.refundlog", mimeType: "application/octet-stream", buffer: bytes };
      const input = app.page.locator("main input[type=file]").last();
      return timed(async () => {
        await input.setInputFiles(file);
        await expect(app.page.locator("main .banner").first()).toContainText(
          app.t("verify.verdict.tail"),
        );
      });
    }),
  );
  await app.context.close();
});
