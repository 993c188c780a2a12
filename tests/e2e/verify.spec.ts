import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import {
  amountChip,
  button,
  chip,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  openShop,
  recordPayment,
  test,
  type App,
} from "./support/app.ts";
import { downloaded, saveByDownload } from "./support/files.ts";

const statement = fileURLToPath(
  new URL("../fixtures/statements/wechat_trade_ALL_60.csv", import.meta.url),
);

const verify = async (app: App, buffer: Buffer): Promise<void> => {
  await goTo(app, "#/verify");
  await expectScreen(app, "E2");
  await app.page
    .locator("main input[type=file]")
    .last()
    .setInputFiles({ name: "day.refundlog", mimeType: "application/octet-stream", buffer });
};

const verdict = (app: App) => app.page.locator("main .banner").first();

/** A template's text up to its number. */
const upTo = (text: string): string => text.split("{")[0]?.trim() ?? "";

test(
  "an own export is valid, one flipped byte is found, a foreign file is no log",
  { tag: "@phone" },
  async ({ app }) => {
    await saveByDownload(app);
    await openShop(app);
    await recordPayment(app, { yuan: "36", number: "VERIFY-00001" });
    await amountChip(app, "half").click();
    await confirmRefund(app, 1800);
    await goTo(app, "#/export");
    await chip(app, app.t("export.for_whom"), app.t("export.format.ledger_all")).click();
    const { bytes } = await downloaded(app, () => button(app, app.t("export.save")).click());

    await verify(app, bytes);
    await expect(verdict(app)).toContainText(app.t("verify.verdict.tail"));
    await expect(app.page.locator("main")).toContainText(app.t("verify.key.ours"));

    for (const place of [0.03, 0.5, 0.97]) {
      const changed = Buffer.from(bytes);
      const at = Math.floor(changed.length * place);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await verify(app, changed);
      await expect(verdict(app)).not.toContainText(app.t("verify.verdict.tail"));
      await expect(app.page.locator("main")).toContainText(app.t("verify.finding.error"));
    }

    await verify(app, readFileSync(statement));
    await expect(verdict(app)).toContainText(app.t("verify.verdict.no_log"));
  },
);

test(
  "a shop that is not ours is told as an unknown key",
  { tag: "@phone" },
  async ({ app, browser }) => {
    await saveByDownload(app);
    await openShop(app);
    await goTo(app, "#/export");
    await chip(app, app.t("export.for_whom"), app.t("export.format.ledger_all")).click();
    const { bytes } = await downloaded(app, () => button(app, app.t("export.save")).click());
    await app.server.start();
    const context = await browser.newContext({ locale: app.language });
    const page = await context.newPage();
    const other = { ...app, page, context };
    await openShop(other);
    await verify(other, bytes);
    await expect(verdict(other)).toContainText(upTo(app.t("verify.verdict.unknown_issuer")));
    await context.close();
  },
);
