import {
  button,
  confirmButton,
  expect,
  expectScreen,
  goTo,
  openShop,
  owner,
  reasonChip,
  recordPayment,
  screen,
  test,
  typeAmount,
  typeNumber,
} from "./support/app.ts";
import {
  addPhoto,
  badge,
  fact,
  goElsewhere,
  idHere,
  lookOver,
  openCase,
  primary,
  row,
  sheet,
  sheetButton,
  voidOffer,
  writeNote,
} from "./support/journey.ts";
import { refundsIn } from "./support/journal.ts";
import type { Findings } from "./support/measure.ts";
import { clerk, givePin, join, takeOver } from "./support/people.ts";

test.describe("at 320 px", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test(
    "R1 X15 R19 a payment of today is voided at the terminal whole; what the terminal refuses is refunded instead",
    { tag: "@phone" },
    async ({ app }) => {
      const findings: Findings = {};
      await openShop(app);
      const chooseVoid = async (number: string): Promise<string> => {
        await recordPayment(app, { yuan: "36", number, acquirer: "lakala" });
        await voidOffer(app).click();
        await reasonChip(app, "overpaid").click();
        await button(app, app.t("refund.confirm_void", { amount: app.yuan(3600) })).click();
        await expectScreen(app, "R10");
        return idHere(app);
      };
      const done = await chooseVoid("VOID-000001");
      await lookOver(app, "R10", findings);
      await primary(app, app.t("workflow.terminal.done")).click();
      await lookOver(app, "R10 done", findings);
      await sheet(app).locator("input[name=reference]").fill("REF20261126001");
      await sheetButton(app, app.t("workflow.terminal.done")).click();
      await expectScreen(app, "D1");
      expect(await idHere(app)).toBe(done);
      await expect(badge(app)).toHaveText(app.t("state.succeeded"));
      await expect(fact(app, app.t("records.field.left"))).toHaveText(app.yuan(0));

      const refused = await chooseVoid("VOID-000002");
      await button(app, app.t("workflow.terminal.failed")).click();
      await sheet(app).locator("textarea[name=answer]").fill("已结算，不能撤销");
      await primary(app, app.t("workflow.terminal.refund", { amount: "" }).trim()).click();
      await expectScreen(app, "D1");
      expect(await idHere(app)).toBe(refused);
      await expect(badge(app)).toHaveText(app.t("state.ready"));
      await expect(screen(app, "D1")).toContainText(app.t("records.history.attempt", { n: 2 }));
      await lookOver(app, "D1 attempts", findings);
      expect(await refundsIn(app)).toBe(3);
      expect(findings).toEqual({});
    },
  );

  test(
    "R1 R30 X22 X31 money that goes another way: without a payment, from a transfer, in cash, and a payment whose fate is looked up first",
    { tag: "@phone" },
    async ({ app }) => {
      const findings: Findings = {};
      await openShop(app);
      await recordPayment(app, { yuan: "36", number: "FATE-000001", state: "unknown" });
      await expect(screen(app, "R1")).toContainText(app.t("refund.gate.query_first"));
      await expect(confirmButton(app)).toBeHidden();
      await lookOver(app, "R1 unknown", findings);
      await button(app, app.t("refund.gate.paid")).click();
      await goElsewhere(app, "cash");
      await lookOver(app, "R1 cash", findings);
      await confirmButton(app).click();
      await expectScreen(app, "R5");
      await expect(screen(app, "R5")).toContainText(app.t("workflow.truth.to_pay_out"));
      await openCase(app, await idHere(app));
      await primary(app, app.t("records.next.pay_out", { amount: app.yuan(3600) })).click();
      await sheetButton(app, app.t("workflow.pay_out.confirm")).click();
      await expect(badge(app)).toHaveText(app.t("state.succeeded"));

      const transfer = "10000500012026112000012345678";
      await typeNumber(app, transfer);
      await expectScreen(app, "T1f");
      await expect(screen(app, "T1f")).toContainText(app.t("scan.said.transfer"));
      await typeAmount(app, "20");
      await button(app, app.t("scan.payment.save_refund")).click();
      await expectScreen(app, "R1");
      await expect(row(app, app.t("refund.destination"))).toContainText(
        app.t("refund.destination.other"),
      );
      await goElsewhere(app, "other");
      await confirmButton(app).click();
      await expectScreen(app, "R5");

      await join(app, clerk);
      await takeOver(app, clerk);
      await goTo(app, "#/r/new?u=1");
      await button(app, app.t("refund.keypad.title")).click();
      await typeAmount(app, "15");
      await sheetButton(app, app.t("action.done")).click();
      await reasonChip(app, "overpaid").click();
      await writeNote(app, "顾客没有小票");
      await addPhoto(app);
      await primary(app, app.t("refund.free.confirm", { amount: app.yuan(1500) })).click();
      await expectScreen(app, "R4");
      await expect(screen(app, "R4")).toContainText(app.t("refund.needs.owner"));
      await givePin(app, owner);
      await expectScreen(app, "R5");
      await expect(screen(app, "R5")).toContainText(app.t("workflow.truth.to_pay_out"));
      expect(findings).toEqual({});
    },
  );
});
