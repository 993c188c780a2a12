import {
  amountChip,
  button,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  openShop,
  recordPayment,
  screen,
  test,
} from "./support/app.ts";

test("a refund is found under records, shows its way, and is withdrawn before export", async ({
  app,
}) => {
  await openShop(app);
  await recordPayment(app, { yuan: "36", number: "RECORDS-0001" });
  await amountChip(app, "half").click();
  const number = await confirmRefund(app, 1800);
  await goTo(app, "#/records");
  await expectScreen(app, "T2");
  await app.page.locator("input[name=search]").fill(number);
  await app.page.locator("main a[href^='#/r/']").first().click();
  await expectScreen(app, "D1");
  await expect(screen(app, "D1")).toContainText(app.t("records.signature.good"));
  await expect(app.page.locator(".track")).toContainText(app.t("records.step.recorded"));
  await button(app, app.t("action.withdraw")).click();
  await button(app, app.t("refund.withdraw.mistake")).click();
  await expect(app.page.locator(".case-head")).toContainText(app.t("state.withdrawn"));
  await expect(button(app, app.t("action.withdraw"))).toBeHidden();
  await goTo(app, "#/r/new?c=RECORDS-0001");
  await expect(button(app, app.t("refund.confirm", { amount: app.yuan(3600) }))).toBeVisible();
  await app.page.reload();
});
