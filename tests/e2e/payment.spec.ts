import {
  button,
  chip,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  openShop,
  recordPayment,
  test,
  typeNumber,
} from "./support/app.ts";

test("a payment recorded by hand is found by its number and refunded", async ({ app }) => {
  await openShop(app);
  await recordPayment(app, { yuan: "36", number: "STALL-2026-0042" });
  await goTo(app, "#/scan");
  await typeNumber(app, "STALL-2026-0042");
  await expectScreen(app, "R1");
  await confirmRefund(app, 3600);
});

test(
  "an unknown number leads to recording its payment, and the same number twice to the first",
  { tag: "@phone" },
  async ({ app }) => {
    await openShop(app);
    await typeNumber(app, "STALL-2026-0043");
    await expectScreen(app, "T1f");
    await expect(app.page.locator("input[name=number]")).toHaveValue("STALL-2026-0043");
    await recordPayment(app, { yuan: "12.50", number: "STALL-2026-0043" });
    await goTo(app, "#/payment/new");
    await app.page.locator(".keypad").getByRole("button", { name: "1", exact: true }).click();
    await chip(app, app.t("scan.payment.channel"), app.t("channel.wechat")).click();
    await app.page.locator("input[name=number]").fill("STALL-2026-0043");
    await button(app, app.t("scan.payment.save")).click();
    await app.page.getByRole("link", { name: app.t("scan.payment.open_known") }).click();
    await expectScreen(app, "R1");
    await expect(button(app, app.t("refund.confirm", { amount: app.yuan(1250) }))).toBeVisible();
  },
);
