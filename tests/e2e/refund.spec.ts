import {
  button,
  amountChip,
  reasonChip,
  typeAmount,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  practise,
  recordPayment,
  screen,
  taps,
  test,
  typeNumber,
  openShop,
  type App,
} from "./support/app.ts";
import { keptDrafts } from "./support/journal.ts";

/** The sample opens the newest payment that nobody refunded: 奶茶 ×2, ¥36.00. */
const openSample = async (app: App): Promise<void> => {
  await button(app, app.t("scan.sample")).click();
  await expectScreen(app, "R1");
};

const confirmOf = (app: App, minor: number) =>
  button(app, app.t("refund.confirm", { amount: app.yuan(minor) }));

/** Phones type on a sheet, tablets beside the amount. */
const finishTyping = async (app: App): Promise<void> => {
  const done = app.page.locator("dialog").getByRole("button", { name: app.t("action.done") });
  if (await done.isVisible()) await done.click();
};

test("a full refund takes two taps and says that no money has moved", async ({ app }) => {
  await practise(app);
  await openSample(app);
  const before = await taps(app);
  await reasonChip(app, "faulty").click();
  await confirmOf(app, 3600).click();
  await expectScreen(app, "R5");
  expect((await taps(app)) - before).toBe(2);
  await expect(screen(app, "R5")).toContainText(app.t("refund.recorded.truth"));
  await expect(screen(app, "R5")).toContainText(app.t("refund.recorded.copies"));
  await expect(app.page.locator(".track li").last()).toContainText(app.t("track.later"));
  await expect(app.page.locator("body")).not.toContainText(/退款成功|refund successful/i);
});

test("R3 X2 half takes three taps, the balance is reserved at once and after a reload, the rest is exact", async ({
  app,
}) => {
  await practise(app);
  await openSample(app);
  const address = await app.page.evaluate(() => location.hash);
  const before = await taps(app);
  await amountChip(app, "half").click();
  await reasonChip(app, "faulty").click();
  await confirmOf(app, 1800).click();
  await expectScreen(app, "R5");
  expect((await taps(app)) - before).toBe(3);
  await goTo(app, address);
  await expect(confirmOf(app, 1800)).toBeVisible();
  await app.page.reload();
  await expect(confirmOf(app, 1800)).toBeVisible();
  await confirmRefund(app, 1800);
  await goTo(app, address);
  await expect(screen(app, "R1")).toContainText(app.t("refund.gate.open_record"));
  await expect(amountChip(app, "full")).toBeHidden();
});

test(
  "R16 R17 one fen above what is left cannot be typed; a full refund after partial ones is the rest",
  { tag: "@phone" },
  async ({ app }) => {
    await openShop(app);
    await recordPayment(app, { yuan: "10.01" });
    const address = await app.page.evaluate(() => location.hash);
    for (const [typed, minor] of [
      ["3.33", 333],
      ["3.34", 334],
    ] as const) {
      await goTo(app, address);
      await amountChip(app, "typed").click();
      await typeAmount(app, typed);
      await finishTyping(app);
      await confirmRefund(app, minor);
    }
    await goTo(app, address);
    await amountChip(app, "typed").click();
    await typeAmount(app, "3.35");
    const refused = app.t("word.up_to", { amount: app.yuan(334) });
    await expect(app.page.locator(".keypad")).toBeVisible();
    await expect(app.page.getByText(refused).first()).toBeVisible();
    await finishTyping(app);
    await expect(confirmOf(app, 330)).toBeVisible();
    await amountChip(app, "full").click();
    await confirmRefund(app, 334);
  },
);

test("X1 confirm tapped twice records one refund", { tag: "@phone" }, async ({ app }) => {
  await openShop(app);
  await recordPayment(app, { yuan: "25", number: "X1-TWICE-0001" });
  await amountChip(app, "half").click();
  await reasonChip(app, "faulty").click();
  await confirmOf(app, 1250).dblclick();
  await expectScreen(app, "R5");
  await typeNumber(app, "X1-TWICE-0001");
  await expectScreen(app, "R1");
  await expect(confirmOf(app, 1250)).toBeVisible();
});

test("a draft survives a reload and is offered again", { tag: "@phone" }, async ({ app }) => {
  await practise(app);
  await openSample(app);
  await reasonChip(app, "wrong_size").click();
  await expect(app.page.getByText(app.t("refund.restored"))).toBeHidden();
  await expect.poll(() => keptDrafts(app)).toBeGreaterThan(0);
  await app.page.reload();
  await expectScreen(app, "R1");
  await expect(app.page.getByText(app.t("refund.restored"))).toBeVisible();
  await expect(reasonChip(app, "wrong_size")).toBeChecked();
});
