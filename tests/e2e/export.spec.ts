import { judge } from "../cross/judge.ts";
import {
  amountChip,
  button,
  chip,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  link,
  openShop,
  recordPayment,
  test,
  type App,
} from "./support/app.ts";
import { downloaded, saveByDownload } from "./support/files.ts";

const orderNo = "S20260105170702357723";

const aRefund = async (app: App): Promise<string> => {
  await openShop(app);
  await recordPayment(app, { yuan: "36", number: orderNo });
  await amountChip(app, "half").click();
  return confirmRefund(app, 1800);
};

const target = (app: App, name: string) => chip(app, app.t("export.for_whom"), name);

const save = (app: App) => button(app, app.t("export.save")).click();

const reopenExport = async (app: App): Promise<void> => {
  await goTo(app, "#/export");
  await expectScreen(app, "E1");
};

test("F54 a cancelled export leaves everything to export", { tag: "@phone" }, async ({ app }) => {
  await aRefund(app);
  await reopenExport(app);
  await save(app); // Chromium without a person: the dialog is cancelled
  await expect(app.page.locator("main")).toContainText(app.t("export.cancelled"));
  await expect(app.page.locator("main")).toContainText(app.t("export.waiting", { n: 1 }));
  await target(app, app.t("export.format.ledger_all")).click();
  await save(app);
  await expect(app.page.locator("main")).toContainText(app.t("export.cancelled"));
  await expect(app.page.locator("main")).toContainText(app.t("export.waiting", { n: 1 }));
});

test(
  "the real downloaded .refundlog is good in the eyes of jose, and holds the refund",
  { tag: "@phone" },
  async ({ app }) => {
    await saveByDownload(app);
    const number = await aRefund(app);
    await reopenExport(app);
    await target(app, app.t("export.format.ledger_all")).click();
    const file = await downloaded(app, () => save(app));
    expect(file.name).toMatch(/\.refundlog$/);
    const { faults, refunds } = await judge(file.bytes);
    expect(faults).toEqual([]);
    expect(refunds).toEqual([number]);
  },
);

test("a WeChat file goes out, its upload is reported, the result comes with evidence", async ({
  app,
}) => {
  await saveByDownload(app);
  const number = await aRefund(app);
  await reopenExport(app);
  await target(app, app.t("export.format.wechat-batch-txt")).click();
  const file = await downloaded(app, () => save(app));
  expect(file.bytes.toString("utf8")).toContain(number);
  expect(file.bytes.toString("utf8")).toContain(orderNo);
  await expectScreen(app, "E4");
  const amount = app.yuan(1800);
  const count = app.t("word.count", { n: 1 });
  await button(app, app.t("export.upload.report", { count, amount })).click();
  await expect(app.page.locator("main")).toContainText(app.t("export.upload.is_uploaded"));

  await app.page.locator("main a[href^='#/r/']").first().click();
  await expectScreen(app, "D1");
  await expect(app.page.locator("main")).toContainText(app.t("state.submitted"));
  await link(app, app.t("records.next.result", { amount })).click();
  await expectScreen(app, "D8");
  await chip(app, app.t("records.result.which"), app.t("state.succeeded")).click();
  await chip(app, app.t("records.result.source"), app.t("records.by.portal")).click();
  await app.page.locator("input[name=reference]").fill("50300807092021020105990201735");
  const saveAs = app.t("records.result.save_state", { state: app.t("state.succeeded"), amount });
  await button(app, saveAs).click();
  await expectScreen(app, "D1");
  await expect(app.page.locator(".case-head")).toContainText(app.t("state.succeeded"));
});

test(
  "a refund that the platform refused gives its balance back",
  { tag: "@phone" },
  async ({ app }) => {
    await saveByDownload(app);
    await aRefund(app);
    await reopenExport(app);
    await downloaded(app, () => save(app));
    await expectScreen(app, "E4");
    const amount = app.yuan(1800);
    const count = app.t("word.count", { n: 1 });
    await button(app, app.t("export.upload.report", { count, amount })).click();
    await app.page.locator("main a[href^='#/r/']").first().click();
    await link(app, app.t("records.next.result", { amount })).click();
    await chip(app, app.t("records.result.which"), app.t("state.failed")).click();
    await chip(app, app.t("records.result.source"), app.t("records.by.portal")).click();
    await app.page.locator("input[name=reference]").fill("50300807092021020105990201735");
    const saveAs = app.t("records.result.save_state", { state: app.t("state.failed"), amount });
    await button(app, saveAs).click();
    await expect(app.page.locator(".case-head")).toContainText(app.t("state.failed"));
    await goTo(app, `#/r/new?c=${orderNo}`);
    await expect(button(app, app.t("refund.confirm", { amount: app.yuan(3600) }))).toBeVisible();
  },
);

test(
  "a file that did not leave by the share sheet is taken back; one that did is out",
  { tag: "@tablet" },
  async ({ app }) => {
    await app.context.addInitScript(() => {
      let tries = 0;
      const share = (): Promise<void> =>
        tries++ === 0
          ? Promise.reject(new DOMException("closed", "AbortError"))
          : Promise.resolve();
      Object.assign(Navigator.prototype, { canShare: () => true, share });
    });
    await aRefund(app);
    await reopenExport(app);
    const count = app.t("word.count", { n: 1 });
    const what = app.t("export.offer", { count, amount: app.yuan(1800) });
    await button(app, app.t("export.share", { what })).click();
    await expect(app.page.locator("main")).toContainText(app.t("export.cancelled"));
    await expect(app.page.locator("main")).toContainText(app.t("export.waiting", { n: 1 }));
    await button(app, app.t("export.share", { what })).click();
    await expectScreen(app, "E4");
  },
);
