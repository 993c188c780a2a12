import { writeFileSync } from "node:fs";

import {
  button,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  openShop,
  recordPayment,
  refundNumber,
  screen,
  test,
  typeNumber,
  unlock,
  type App,
} from "./support/app.ts";
import { downloaded, saveByDownload } from "./support/files.ts";

const prefixShown = async (app: App): Promise<string> => {
  const pair = app.page
    .locator("main dl")
    .filter({ hasText: app.t("devices.prefix") })
    .first();
  const text = (await pair.textContent()) ?? "";
  return text.split(app.t("devices.prefix"))[1]?.slice(0, 6) ?? "";
};

const changeKey = async (app: App, recovery: string): Promise<void> => {
  await goTo(app, "#/devices");
  await app.page.getByText(app.t("devices.rotate.title"), { exact: true }).click();
  await app.page.locator("input[name=recovery]").fill(recovery);
  const opened = app.page.waitForEvent("load");
  await button(app, app.t("devices.rotate.submit")).click();
  await opened;
  await unlock(app);
  await goTo(app, "#/devices");
  await expectScreen(app, "P10");
};

test(
  "X45 F50 this device goes on under a new key, refunds what was paid before, and keeps the last file of the old one",
  { tag: "@phone" },
  async ({ app }, info) => {
    test.setTimeout(120_000);
    await saveByDownload(app);
    const recovery = await openShop(app);
    await recordPayment(app, { yuan: "36", number: "ROTATE-00001" });
    await goTo(app, "#/devices");
    const before = await prefixShown(app);

    await changeKey(app, recovery);
    const own = screen(app, "P10");
    await expect(own).toContainText("T1B");
    const prefix = await prefixShown(app);
    expect(prefix).toMatch(/^[0-9A-Z]{6}$/);
    expect(prefix).not.toBe(before);

    await own.locator("button.row").filter({ hasText: "T1" }).first().click();
    const last = await downloaded(app, () => button(app, app.t("devices.former.save")).click());
    const path = info.outputPath(last.name);
    writeFileSync(path, last.bytes);
    await goTo(app, "#/verify");
    await expectScreen(app, "E2");
    await app.page.locator("main input[type=file]").last().setInputFiles(path);
    await expect(app.page.locator("main .banner").first()).toContainText(
      app.t("verify.verdict.complete"),
    );

    await typeNumber(app, "ROTATE-00001");
    await confirmRefund(app, 3600);
    expect(await refundNumber(app)).toContain(prefix);
  },
);
