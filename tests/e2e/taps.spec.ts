import {
  amountChip,
  button,
  chip,
  confirmButton,
  expect,
  expectScreen,
  link,
  openAt,
  openShop,
  reasonChip,
  recordPayment,
  refundNumber,
  scan,
  screen,
  tapsOf,
  test,
  typeAmount,
  typeChoice,
  unlock,
  type App,
} from "./support/app.ts";
import { badge, seeGoods, sheet, sheetButton } from "./support/journey.ts";
import { keptDrafts, refundsIn } from "./support/journal.ts";
import { avatar, clerk, join, lead, tapPin, tile } from "./support/people.ts";

test(
  "R3 R16 R17 R18 R19 screens §3 each kind of refund takes no more taps than it may, from the live scanner",
  { tag: "@phone" },
  async ({ app }) => {
    await openShop(app);
    await recordPayment(app, {
      yuan: "90",
      number: "TAPS-000001",
      goods: [["奶茶", "30", "3"]],
    });
    const counted: Record<string, number> = {};
    const count = async (name: string, id: string, work: () => Promise<unknown>) => {
      await scan(app, "TAPS-000001");
      counted[name] = await tapsOf(app, work);
      await expectScreen(app, id);
    };
    await count("by item", "R5", async () => {
      await amountChip(app, "lines").click();
      await sheetButton(app, app.t("refund.lines.more", { name: "奶茶" })).click();
      await sheetButton(app, app.t("action.done")).click();
      await reasonChip(app, "overpaid").click();
      await button(app, app.t("refund.confirm", { amount: app.yuan(3000) })).click();
    });
    counted["next"] = await tapsOf(app, () => link(app, app.t("action.next")).click());
    await expectScreen(app, "T1");
    await count("half", "R5", async () => {
      await amountChip(app, "half").click();
      await reasonChip(app, "overpaid").click();
      await button(app, app.t("refund.confirm", { amount: app.yuan(3000) })).click();
    });
    counted["withdraw"] = await tapsOf(app, async () => {
      await button(app, app.t("action.withdraw")).click();
      await sheet(app).locator(".row").first().click();
    });
    await expect(screen(app, "R5")).toContainText(app.t("refund.recorded.withdrawn_more"));
    await count("even exchange", "R5", async () => {
      await typeChoice(app, "exchange").click();
      await reasonChip(app, "overpaid").click();
      await button(app, app.t("refund.confirm_even")).click();
    });
    await count("decline", "R7", async () => {
      await typeChoice(app, "decline").click();
      await chip(app, app.t("refund.decline.why"), app.t("refusal.past_window")).click();
      await button(app, app.t("refund.confirm_decline")).click();
    });
    await count("return", "R5", async () => {
      await typeChoice(app, "return").click();
      await reasonChip(app, "overpaid").click();
      await button(app, app.t("refund.confirm_return", { amount: app.yuan(6000) })).click();
    });
    counted["goods"] = await tapsOf(app, async () => {
      await link(app, app.t("records.next.goods")).click();
      await expectScreen(app, "R9");
      await seeGoods(app);
      await button(app, app.t("workflow.goods.confirm")).click();
    });
    await link(app, app.t("action.next")).click();
    counted["withdraw from the list"] = await tapsOf(app, async () => {
      await link(app, app.t("tab.records")).click();
      await screen(app, "T2").locator("a.row").first().click();
      await button(app, app.t("action.withdraw")).click();
      await sheet(app).locator(".row").first().click();
    });
    await expect(badge(app)).toHaveText(app.t("state.withdrawn"));
    await count("full", "R5", async () => {
      await reasonChip(app, "overpaid").click();
      await button(app, app.t("refund.confirm", { amount: app.yuan(6000) })).click();
    });
    expect(counted).toEqual({
      "by item": 3 + 2,
      next: 1,
      half: 3,
      withdraw: 2,
      "even exchange": 3,
      decline: 3,
      return: 3,
      goods: 2 + 2,
      "withdraw from the list": 4,
      full: 2,
    });
  },
);

test(
  "R14 X28 screens §3 above the limit it is one tap and a PIN more, a change of staff two taps and a PIN",
  { tag: "@phone" },
  async ({ app }) => {
    await openShop(app);
    await recordPayment(app, { yuan: "300", number: "TAPS-000002" });
    await join(app, lead);
    await join(app, clerk);
    const change = await tapsOf(app, async () => {
      await avatar(app).click();
      await tile(app, clerk).click();
      await tapPin(app, clerk);
      await expect(screen(app, "S1")).toBeHidden();
    });
    expect(change).toBe(2 + clerk.pin.length);
    await scan(app, "TAPS-000002");
    const asked = await tapsOf(app, async () => {
      await reasonChip(app, "overpaid").click();
      await confirmButton(app).click();
      await expectScreen(app, "R4");
    });
    expect(asked).toBe(2);
    await expect(tile(app, clerk)).toBeHidden();
    const allowed = await tapsOf(app, async () => {
      await tile(app, lead).click();
      await tapPin(app, lead);
      await expectScreen(app, "R5");
    });
    expect(allowed).toBe(1 + lead.pin.length);
    await expect(screen(app, "R5")).toContainText(app.t("workflow.step.approved"));
  },
);

test(
  "X1 a double tap, Enter and a tap, a reload in the middle and a second tab record one refund each",
  { tag: "@phone" },
  async ({ app }) => {
    await openShop(app);
    let expected = 0;
    const fillHalf = async (number: string): Promise<string> => {
      await recordPayment(app, { yuan: "20", number });
      await amountChip(app, "half").click();
      await reasonChip(app, "overpaid").click();
      expected += 1;
      return app.page.evaluate(() => location.hash);
    };

    await fillHalf("ONCE-000001");
    await confirmButton(app).dblclick();
    await expectScreen(app, "R5");
    expect(await refundsIn(app)).toBe(expected);

    await fillHalf("ONCE-000002");
    await confirmButton(app).focus();
    const place = await confirmButton(app).boundingBox();
    await Promise.all([
      app.page.keyboard.press("Enter"),
      app.page.mouse.click((place?.x ?? 0) + 20, (place?.y ?? 0) + 20),
    ]);
    await expectScreen(app, "R5");
    expect(await refundsIn(app)).toBe(expected);

    const address = await fillHalf("ONCE-000003");
    await expect.poll(() => keptDrafts(app)).toBe(1);
    const second = await app.context.newPage();
    const twin = { ...app, page: second };
    await openAt(twin, address);
    await unlock(twin);
    await expect(amountChip(twin, "half")).toBeChecked();
    await Promise.all([confirmButton(app).click(), confirmButton(twin).click()]);
    await expectScreen(app, "R5");
    await expectScreen(twin, "R5");
    expect(await refundNumber(twin)).toBe(await refundNumber(app));
    expect(await refundsIn(app)).toBe(expected);
    await second.close();

    await fillHalf("ONCE-000004");
    await expect.poll(() => keptDrafts(app)).toBe(1);
    await confirmButton(app).click({ noWaitAfter: true });
    await app.page.reload();
    await unlock(app);
    if ((await refundsIn(app)) < expected) {
      await expect(app.page.getByText(app.t("refund.restored"))).toBeVisible();
      await confirmButton(app).click();
      await expectScreen(app, "R5");
    }
    expect(await refundsIn(app)).toBe(expected);
  },
);

/** A large amount is typed, then another one, then the first again; only then is it taken. */
const typeTwice = async (app: App, finish: () => Promise<void>): Promise<void> => {
  const said = (words: string) => expect(app.page.getByText(words).first()).toBeVisible();
  await openShop(app);
  await recordPayment(app, { yuan: "1500" });
  await reasonChip(app, "overpaid").click();
  await amountChip(app, "typed").click();
  await typeAmount(app, "1200");
  await finish();
  await said(app.t("refund.keypad.again"));
  await typeAmount(app, "1020");
  await finish();
  await said(app.t("fault.typed_differs"));
  expect(await refundsIn(app)).toBe(0);
  await typeAmount(app, "1200");
  await finish();
};

test(
  "R44 a large amount is typed twice on the sheet, and what differs is not taken",
  { tag: "@phone" },
  async ({ app }) => {
    await typeTwice(app, () => sheetButton(app, app.t("action.done")).click());
    await expect(app.page.getByRole("dialog")).toBeHidden();
    await button(app, app.t("refund.confirm", { amount: app.yuan(120_000) })).click();
    await expectScreen(app, "R5");
    expect(await refundsIn(app)).toBe(1);
  },
);

test(
  "R44 a large amount is typed twice beside the editor, and what differs is not taken",
  { tag: "@tablet" },
  async ({ app }) => {
    await typeTwice(app, () => confirmButton(app).click());
    await expectScreen(app, "R5");
    expect(await refundsIn(app)).toBe(1);
  },
);
