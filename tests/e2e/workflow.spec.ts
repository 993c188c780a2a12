import {
  button,
  chip,
  confirmButton,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  link,
  openShop,
  owner,
  reasonChip,
  recordPayment,
  refundNumber,
  scan,
  screen,
  test,
  typeAmount,
  typeChoice,
} from "./support/app.ts";
import { saveByDownload } from "./support/files.ts";
import {
  addPhoto,
  badge,
  exportFile,
  fact,
  fillResult,
  idHere,
  lookOver,
  openCase,
  primary,
  reportUpload,
  row,
  saveResult,
  seeGoods,
  sheet,
  sheetButton,
  takeMore,
} from "./support/journey.ts";
import { refundsIn } from "./support/journal.ts";
import type { Findings } from "./support/measure.ts";
import { avatar, clerk, givePin, join, lead, takeOver, tile } from "./support/people.ts";

test.describe("at 320 px", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test(
    "R14 R15 R24 X28 what a clerk may not refund alone waits, is rejected, opened again with a photo and allowed",
    { tag: "@phone" },
    async ({ app }) => {
      const findings: Findings = {};
      await openShop(app);
      await recordPayment(app, { yuan: "300", number: "ALLOW-00001" });
      await join(app, clerk);
      await takeOver(app, clerk);
      await scan(app, "ALLOW-00001");
      await reasonChip(app, "overpaid").click();
      await confirmButton(app).click();
      await expectScreen(app, "R4");
      const id = await idHere(app);
      await expect(screen(app, "R4")).toContainText(app.t("workflow.why.role_limit"));
      await lookOver(app, "R4 pending", findings);
      await goTo(app, "#/export");
      await expect(screen(app, "E1")).toContainText(app.t("export.none"));
      await goTo(app, `#/approval/${id}`);

      const decision = app.page.getByRole("radiogroup", {
        name: app.t("workflow.approval.decision"),
      });
      await decision.getByRole("radio", { name: app.t("workflow.approval.reject") }).click();
      await lookOver(app, "R4 reject", findings);
      await givePin(app, owner);
      await expect(screen(app, "R4")).toContainText(app.t("fault.reason_missing"));
      await chip(app, app.t("refund.decline.why"), app.t("refusal.no_proof")).click();
      await givePin(app, owner);
      await expectScreen(app, "D1");
      await expect(badge(app)).toHaveText(app.t("state.refused"));
      await expect(fact(app, app.t("records.field.left"))).toHaveText(app.yuan(30_000));
      const number = await refundNumber(app);
      await lookOver(app, "D1 rejected", findings);
      await link(app, app.t("records.next.reopen")).click();
      await expectScreen(app, "R4");
      await addPhoto(app);
      await lookOver(app, "R4 reopen", findings);
      await givePin(app, owner);
      await expect(screen(app, "R4")).toContainText(app.t("workflow.approval.why"));
      await givePin(app, owner);
      await expect(screen(app, "R4")).toBeHidden();
      await openCase(app, id);
      await expect(badge(app)).toHaveText(app.t("state.ready"));
      expect(await refundNumber(app)).toBe(number);
      expect(findings).toEqual({});
    },
  );

  test(
    "R14 R24 a declined request has a page of its own and comes back once, with something new in hand",
    { tag: "@phone" },
    async ({ app }) => {
      const findings: Findings = {};
      await openShop(app);
      await recordPayment(app, { yuan: "36", number: "AGAIN-00001" });
      await typeChoice(app, "decline").click();
      await chip(app, app.t("refund.decline.why"), app.t("refusal.no_proof")).click();
      await lookOver(app, "R1 decline", findings);
      await button(app, app.t("refund.confirm_decline")).click();
      await expectScreen(app, "R7");
      const page = await app.page.evaluate(() => location.hash);
      await expect(screen(app, "R7")).toContainText(app.t("refusal.no_proof"));
      await expect(screen(app, "R7")).toContainText(app.t("refund.offer.exchange"));
      await lookOver(app, "R7", findings);
      await link(app, app.t("workflow.refusal.again")).click();
      await expectScreen(app, "R1");
      await reasonChip(app, "overpaid").click();
      await confirmButton(app).click();
      await expect(screen(app, "R1")).toContainText(app.t("fault.evidence_missing"));
      await addPhoto(app);
      await confirmButton(app).click();
      await expectScreen(app, "R5");
      await goTo(app, page);
      await link(app, app.t("workflow.refusal.reopened")).click();
      await expect(badge(app)).toHaveText(app.t("state.ready"));
      expect(findings).toEqual({});
    },
  );

  test(
    "R18 R19 R51 goods come first: a return and an exchange leave when the goods are in, each with at most one amount",
    { tag: "@phone" },
    async ({ app }) => {
      const findings: Findings = {};
      await saveByDownload(app);
      await openShop(app);
      await recordPayment(app, { yuan: "36", number: "GOODS-00001", goods: [["发夹", "18", "2"]] });
      await typeChoice(app, "exchange").click();
      await row(app, app.t("refund.exchange.goods")).click();
      await sheetButton(app, app.t("refund.lines.less", { name: "发夹" })).click();
      await sheetButton(app, app.t("refund.lines.add")).click();
      await sheet(app).locator("input[name=line-name]").fill("皮筋");
      await sheet(app).locator("input[name=line-price]").fill("10");
      await lookOver(app, "R6", findings);
      await sheetButton(app, app.t("action.done")).click();
      await reasonChip(app, "wrong_size").click();
      const difference = app.t("refund.confirm_refund_difference", { amount: app.yuan(800) });
      await button(app, difference).click();
      await expectScreen(app, "R5");
      const exchanged = await idHere(app);

      await recordPayment(app, { yuan: "50", number: "GOODS-00002" });
      await typeChoice(app, "return").click();
      await reasonChip(app, "wrong_size").click();
      await button(app, app.t("refund.confirm_return", { amount: app.yuan(5000) })).click();
      await expectScreen(app, "R5");
      await expect(screen(app, "R5")).toContainText(app.t("workflow.truth.waits_for_goods"));
      await lookOver(app, "R5 return", findings);
      const returned = await idHere(app);
      await goTo(app, "#/export");
      await expect(screen(app, "E1")).toContainText(app.t("export.blocked.title", { n: 2 }));
      await expect(screen(app, "E1")).toContainText(app.t("export.blocked.goods_awaiting"));

      const receive = async (id: string): Promise<void> => {
        await goTo(app, `#/goods/${id}`);
        await expectScreen(app, "R9");
        if (id === exchanged) await lookOver(app, "R9", findings);
        await seeGoods(app);
        await button(app, app.t("workflow.goods.confirm")).click();
        await expect(screen(app, "R9")).toBeHidden();
      };
      await receive(returned);
      await receive(exchanged);
      await openCase(app, exchanged);
      await takeMore(app, app.t("workflow.goods.title"));
      await button(app, app.t("workflow.goods.give")).click();
      await expect(screen(app, "R9")).toBeHidden();

      await goTo(app, "#/r/new?c=GOODS-00001");
      await typeChoice(app, "exchange").click();
      await chip(app, app.t("refund.exchange.sides"), app.t("refund.exchange.collect")).click();
      await typeAmount(app, "7");
      await sheetButton(app, app.t("action.done")).click();
      await reasonChip(app, "wrong_size").click();
      await button(app, app.t("refund.confirm_collect", { amount: app.yuan(700) })).click();
      await expectScreen(app, "R5");
      const collected = await idHere(app);
      await openCase(app, collected);
      await expect(badge(app)).toHaveText(app.t("state.waits_for_goods"));
      await receive(collected);
      await openCase(app, collected);
      await expect(badge(app)).toHaveText(app.t("state.to_hand_over"));
      await goTo(app, `#/goods/${collected}`);
      await button(app, app.t("workflow.goods.give")).click();
      await expect(screen(app, "R9")).toBeHidden();
      await openCase(app, collected);
      await expect(badge(app)).toHaveText(app.t("state.exchanged"));
      await expect(screen(app, "D1")).toContainText(
        app.t("workflow.truth.collect", { amount: app.yuan(700) }),
      );

      const file = (await exportFile(app)).toString("utf8").split("\r\n");
      expect(file.map((line) => line.split(",")[1])).toEqual(["8.00", "50.00"]);
      expect(findings).toEqual({});
    },
  );

  test(
    "X4 X5 X18 the acquirer's code says what to do: the same number again while it can be cured, a new one after a final refusal",
    { tag: "@phone" },
    async ({ app }) => {
      const findings: Findings = {};
      await saveByDownload(app);
      await openShop(app);
      await recordPayment(app, { yuan: "36", number: "CODES-00001" });
      const number = await confirmRefund(app, 3600);
      const id = await idHere(app);
      await exportFile(app);
      await lookOver(app, "E4", findings);
      await reportUpload(app);

      await openCase(app, id);
      await primary(app, app.t("records.next.result", { amount: app.yuan(3600) })).click();
      await fillResult(app, { result: "needs_action", by: "portal", answer: "NOT_ENOUGH" });
      await expect(screen(app, "D8")).toContainText(app.t("acquirers.error.balance_short"));
      await expect(screen(app, "D8")).toContainText(app.t("acquirers.action.topup"));
      await lookOver(app, "D8", findings);
      await app.page.locator("input[name=reference]").fill("50300807092021020105990201735");
      await saveResult(app).click();
      await expectScreen(app, "D1");
      await expect(badge(app)).toHaveText(app.t("state.needs_action"));
      await expect(screen(app, "D1")).toContainText(app.t("acquirers.action.topup"));
      await takeMore(app, app.t("workflow.more.resend"));
      await sheetButton(app, app.t("workflow.resend.confirm")).click();
      await expect(badge(app)).toHaveText(app.t("state.submitted"));
      expect(await refundNumber(app)).toBe(number);
      expect(await refundsIn(app)).toBe(1);

      await primary(app, app.t("records.next.result", { amount: app.yuan(3600) })).click();
      await fillResult(app, { result: "failed", by: "support", reference: "T-4711" });
      await saveResult(app).click();
      await expect(badge(app)).toHaveText(app.t("state.failed"));
      await expect(fact(app, app.t("records.field.left"))).toHaveText(app.yuan(3600));
      await primary(app, app.t("records.next.retry", { amount: app.yuan(3600) })).click();
      await sheetButton(app, app.t("records.next.retry", { amount: app.yuan(3600) })).click();
      await expect(badge(app)).toHaveText(app.t("state.ready"));
      expect(await refundNumber(app)).not.toBe(number);
      expect(await refundsIn(app)).toBe(2);
      expect(findings).toEqual({});
    },
  );

  test(
    "R35 X16 X28 screens §1.5 a clerk's tap on what is not theirs asks for a PIN; a file that left comes back only by another's",
    { tag: "@phone" },
    async ({ app }) => {
      const findings: Findings = {};
      await saveByDownload(app);
      await openShop(app);
      await join(app, lead);
      await join(app, clerk);
      await recordPayment(app, { yuan: "36", number: "ASKED-00001" });
      await confirmRefund(app, 3600);
      const id = await idHere(app);
      await takeOver(app, clerk);

      await goTo(app, "#/export");
      await button(app, app.t("export.save")).click();
      await expect(sheet(app)).toContainText(app.t("workflow.entitled.title"));
      await expect(tile(app, clerk)).toBeHidden();
      await lookOver(app, "E1 asks", findings);
      const waiting = app.page.waitForEvent("download");
      await givePin(app, owner);
      await waiting;
      await expectScreen(app, "E4");
      await button(app, app.t("export.upload.recall")).click();
      await sheet(app).locator("textarea[name=proof]").fill("平台批次列表里没有");
      await expect(sheet(app)).toContainText(lead.name);
      await expect(tile(app, owner)).toBeHidden();
      await lookOver(app, "E4 recall", findings);
      await givePin(app, lead);
      await expectScreen(app, "E1");
      await expect(screen(app, "E1")).toContainText(app.t("export.waiting", { n: 1 }));

      await takeOver(app, owner);
      await exportFile(app);
      await reportUpload(app);
      await takeOver(app, clerk);
      await openCase(app, id);
      await primary(app, app.t("records.next.result", { amount: app.yuan(3600) })).click();
      await fillResult(app, { result: "succeeded", by: "support", reference: "T-4711" });
      await saveResult(app).click();
      await expect(sheet(app)).toContainText(app.t("workflow.entitled.title"));
      await givePin(app, owner);
      await expectScreen(app, "D1");
      await expect(badge(app)).toHaveText(app.t("state.succeeded"));
      await expect(avatar(app)).toHaveAccessibleName(
        app.t("action.change_staff", { name: clerk.name }),
      );
      expect(findings).toEqual({});
    },
  );
});
