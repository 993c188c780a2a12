import { writeFileSync } from "node:fs";

import {
  arrive,
  button,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  link,
  openShop,
  recordPayment,
  refundNumber,
  screen,
  typeNumber,
  unlock,
  type App,
} from "./support/app.ts";
import { downloaded, saveByDownload } from "./support/files.ts";
import { test } from "./support/phones.ts";

const backUp = async (app: App, recovery: string) => {
  await goTo(app, "#/backup");
  await expectScreen(app, "E3");
  const form = app.page.locator("form").filter({ hasText: app.t("backup.code_title") });
  await form.locator("input[name=recovery]").fill(recovery);
  await button(app, app.t("backup.code_save")).click();
  await button(app, app.t("backup.make")).click();
  const ready = button(app, app.t("backup.hand_out"));
  await ready.waitFor({ timeout: 30_000 });
  return downloaded(app, () => ready.click());
};

const restore = async (app: App, path: string, recovery: string): Promise<void> => {
  await arrive(app);
  await link(app, app.t("backup.restore")).click();
  await expectScreen(app, "S0b");
  await app.page.locator("main input[type=file]").setInputFiles(path);
  await app.page.locator("input[name=recovery]").fill(recovery);
  await button(app, app.t("backup.restore_check")).click();
  await expect(screen(app, "S0b")).toContainText(app.t("backup.genuine"), { timeout: 30_000 });
  const opened = app.page.waitForEvent("load");
  await button(app, app.t("backup.restore_now")).click();
  await opened;
};

test(
  "R45 R49 a backup brings refunds and people to another phone, which goes on with the owner's PIN and a prefix of its own",
  { tag: "@phone" },
  async ({ phone }, info) => {
    test.setTimeout(150_000);
    const old = await phone();
    await saveByDownload(old);
    const recovery = await openShop(old);
    await recordPayment(old, { yuan: "36", number: "BACKUP-00001" });
    await typeNumber(old, "BACKUP-00001");
    await confirmRefund(old, 3600);
    const before = await refundNumber(old);
    const backup = await backUp(old, recovery);
    const path = info.outputPath(backup.name);
    writeFileSync(path, backup.bytes);

    const fresh = await phone();
    await restore(fresh, path, recovery);
    await unlock(fresh);
    await typeNumber(fresh, before);
    await expectScreen(fresh, "D1");
    await expect(screen(fresh, "D1")).toContainText(fresh.yuan(3600));
    await recordPayment(fresh, { yuan: "12", number: "BACKUP-00002" });
    await typeNumber(fresh, "BACKUP-00002");
    await confirmRefund(fresh, 1200);
    expect((await refundNumber(fresh)).slice(0, 6)).not.toBe(before.slice(0, 6));
  },
);
