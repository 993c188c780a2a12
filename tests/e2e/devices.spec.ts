import {
  button,
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
  screen,
} from "./support/app.ts";
import { enrol, heading, showKeyCard, twoTills } from "./support/enrol.ts";
import { downloaded, saveByDownload } from "./support/files.ts";
import { badge, idHere, openCase, sheet } from "./support/journey.ts";
import { clerk, join, lead, takeOver, tapPin } from "./support/people.ts";
import { test } from "./support/phones.ts";

test(
  "X29 M9 a phone that joined by codes approves what a clerk may not, and that its file is taken back, each screen the camera picture of the other",
  { tag: "@phone" },
  async ({ phone }) => {
    test.setTimeout(240_000);
    const till = await phone();
    await saveByDownload(till);
    const recovery = await openShop(till);
    const approver = await phone();
    await enrol(till, approver, { role: "approver", recovery });
    const joined = approver.page.getByText(approver.t("devices.join.approver"));
    await expect(joined).toBeVisible({ timeout: 60_000 }); // the PIN's key is slow on purpose
    await link(approver, approver.t("devices.join.to_approve")).click();
    await expectScreen(approver, "R4b");

    await recordPayment(till, { yuan: "300", number: "PHONE-00001" });
    const form = await till.page.evaluate(() => location.hash);
    await join(till, clerk);
    await join(till, lead);
    await takeOver(till, clerk);
    await goTo(till, form);
    await reasonChip(till, "overpaid").click();
    await confirmButton(till).click();
    await expectScreen(till, "R4");
    const id = await idHere(till);
    await link(till, till.t("phone.title")).click();
    await expectScreen(till, "R4a");
    await approver.lookAt(till, approver.page.getByText(approver.t("phone.answer.card")));
    await showKeyCard(till);
    const yes = approver.t("phone.answer.approve", { amount: approver.yuan(30_000) });
    await approver.lookAt(till, button(approver, yes));
    await button(approver, yes).click();
    await tapPin(approver, owner);
    await expect(
      heading(
        approver,
        approver.t("phone.answer.signed.approve", { amount: approver.yuan(30_000) }),
      ),
    ).toBeVisible();
    await goTo(till, `#/approval/${id}/phone`);
    await button(till, till.t("phone.back")).click();
    await till.lookAt(approver, screen(till, "R5").or(screen(till, "D1")));
    await openCase(till, id);
    await expect(badge(till)).toHaveText(till.t("state.ready"));

    await takeOver(till, lead);
    await goTo(till, "#/export");
    await downloaded(till, () => button(till, till.t("export.save")).click());
    await expectScreen(till, "E4");
    await button(till, till.t("export.upload.recall")).click();
    await sheet(till)
      .getByRole("link", { name: till.t("phone.title") })
      .click();
    await expectScreen(till, "R4a");
    await till.page.locator("textarea[name=proof]").fill("平台批次列表里没有");
    const amount = approver.yuan(30_000);
    const allow = button(approver, approver.t("phone.answer.approve_recall", { amount }));
    await Promise.all([till.lookAway(), approver.lookAway()]);
    await link(approver, approver.t("phone.answer.next")).click();
    await approver.lookAt(till, allow);
    await expect(screen(approver, "R4b")).toContainText(approver.t("phone.answer.recall_more"));
    await allow.click();
    await tapPin(approver, owner);
    const signed = approver.t("phone.answer.signed.approve", { amount });
    await expect(heading(approver, signed)).toBeVisible();
    await button(till, till.t("phone.back")).click();
    await till.lookAt(approver, screen(till, "E1"));
    await openCase(till, id);
    await expect(badge(till)).toHaveText(till.t("state.ready"));
  },
);

test(
  "X9 a second till joins by codes; its records come over as a film, and what both refunded becomes a conflict for people",
  { tag: "@phone" },
  async ({ phone }) => {
    test.setTimeout(300_000);
    const [till, other] = await twoTills(phone);

    for (const one of [till, other]) {
      await recordPayment(one, { yuan: "36", number: "TWICE-00001" });
      await confirmRefund(one, 3600);
    }
    const id = await idHere(till);
    await goTo(till, "#/receive");
    await goTo(other, "#/send");
    await button(other, other.t("transfer.send.scan")).click();
    await other.lookAt(till, other.page.getByText(other.t("transfer.send.have")));
    await other.lookAway();
    await button(other, other.t("transfer.send.new")).click();
    await expect(other.page.locator(".film canvas")).toBeVisible({ timeout: 30_000 });
    await button(till, till.t("transfer.receive.start")).click();
    const received = button(till, till.t("transfer.receive.merge"));
    await till.film(other, received);
    await received.click();
    await expectScreen(till, "C5");
    await expect(screen(till, "C5")).toContainText(till.t("merge.will_conflict", { n: 1 }));
    await button(till, till.t("merge.merge")).click();
    await expect(screen(till, "C5")).toContainText(till.t("merge.to_conflicts", { n: 1 }));
    await openCase(till, id);
    await expect(screen(till, "D1")).toContainText(till.t("merge.conflict.title"));
    await expect(button(till, till.t("merge.conflict.keep"))).toBeHidden();
  },
);
