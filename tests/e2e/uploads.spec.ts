import { startUploadServer, type UploadServer } from "../support/upload-server.ts";
import {
  amountChip,
  button,
  chip,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  newApp,
  openShop,
  recordPayment,
  test as base,
  unlock,
  type App,
} from "./support/app.ts";
import { downloaded, saveByDownload } from "./support/files.ts";
import { look, type Findings } from "./support/measure.ts";
import { buildAs } from "./support/next-build.ts";
import { startServer } from "./support/server.ts";

const appPort = Number(process.env["PORT"] ?? "4300") + 50;
const storagePort = appPort + 1;
const storageOrigin = `http://127.0.0.1:${storagePort}`;

type Sending = App & { readonly storage: UploadServer };

/** The app as a host builds it for a storage of its own, and that storage. */
const test = base.extend<{ readonly sending: Sending }>({
  sending: async ({ context, locale }, use, info) => {
    process.env["UPLOAD_ORIGIN"] = storageOrigin; // page and header are made of it
    const folder = buildAs("for-own-storage", info.outputPath("build"));
    const server = await startServer(appPort, folder);
    delete process.env["UPLOAD_ORIGIN"];
    const storage = await startUploadServer(storagePort);
    await use({ ...(await newApp(context, server, locale)), storage });
    await server.stop();
    await storage.stop();
  },
});

const turnOn = async (app: App): Promise<void> => {
  await goTo(app, "#/uploads");
  await expectScreen(app, "E11");
  await app.page.locator("input[name=address]").fill(`${storageOrigin}/refunds/{name}`);
  await button(app, app.t("action.save")).click();
  await expect(app.page.getByText(app.t("uploads.empty"))).toBeVisible();
};

const exportTo = async (app: App, target?: string): Promise<Buffer> => {
  await goTo(app, "#/export");
  await expectScreen(app, "E1");
  if (target !== undefined) await chip(app, app.t("export.for_whom"), target).click();
  return (await downloaded(app, () => button(app, app.t("export.save")).click())).bytes;
};

/** The page with its form and the sheet of a file, on a narrow phone. */
const expectFit = async (app: App): Promise<void> => {
  const { page } = app;
  const size = page.viewportSize() ?? { width: 390, height: 844 };
  await page.setViewportSize({ width: 320, height: 640 });
  await page.locator("main .fold summary").click();
  await page.locator("select[name=proof]").selectOption("password");
  const findings: Findings = {};
  await look(app, "E11", findings);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await page.locator("main .rows .row").first().click();
  await look(app, "E11 file", findings);
  await page.keyboard.press("Escape");
  await page.setViewportSize(size);
  expect(findings).toEqual({});
};

test(
  "X16 F96 what was exported in aeroplane mode goes to the merchant's own storage once, when there is a network",
  { tag: "@phone" },
  async ({ sending: app }) => {
    test.setTimeout(180_000); // it builds
    const { storage, page, context } = app;
    await saveByDownload(app);
    await openShop(app);
    await turnOn(app);
    expect(storage.taken).toEqual([]);
    await context.setOffline(true);
    await recordPayment(app, { yuan: "36", number: "S20260105170702357723" });
    await amountChip(app, "half").click();
    await confirmRefund(app, 1800);
    const batch = await exportTo(app);
    await expectScreen(app, "E4");
    const ledger = await exportTo(app, app.t("export.format.ledger_all"));
    await goTo(app, "#/uploads");
    await expect(page.getByText(app.t("uploads.state.offline"))).toHaveCount(2);
    await expectFit(app);
    expect(app.problems).toEqual([]);

    await context.setOffline(false);
    await expect(page.getByText(app.t("uploads.state.sent"))).toHaveCount(2);
    const bodies = storage.taken.map(({ body }) => body);
    expect(bodies).toHaveLength(2); // whichever was due first
    expect(bodies).toEqual(expect.arrayContaining([batch, ledger]));
    const keys = storage.taken.map(({ headers }) => headers["idempotency-key"]);
    expect(new Set(keys).size).toBe(2);

    await page.reload();
    await unlock(app);
    await goTo(app, "#/uploads");
    await expect(page.getByText(app.t("uploads.state.sent"))).toHaveCount(2);
    expect(storage.taken).toHaveLength(2);
    const others = app.problems.filter(
      (problem) => !problem.includes(`request: ${storageOrigin}/`),
    );
    expect(others).toEqual([]);
  },
);
