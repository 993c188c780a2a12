import {
  button,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  recordPayment,
  screen,
} from "../e2e/support/app.ts";
import { heading, showKeyCard, twoTills } from "../e2e/support/enrol.ts";
import { test, type Phone } from "../e2e/support/phones.ts";

/** Holds the camera before the other's screen, then opens the scanner: what it saw before is not read again. */
const scanFrom = async (phone: Phone, other: Phone): Promise<void> => {
  await phone.lookAt(other);
  await goTo(phone, "#/scan");
  await expectScreen(phone, "Z2");
};

test(
  "X9 refundlog §6 two tills bear each other out by camera: key card, one-time code, handover code, witness code",
  { tag: "@phone" },
  async ({ phone }) => {
    test.setTimeout(300_000);
    const [till, other] = await twoTills(phone);
    await recordPayment(till, { yuan: "36", number: "WITNESS-0001" });
    await confirmRefund(till, 3600);

    await showKeyCard(till);
    await till.page.evaluate(() => {
      for (const card of [...document.querySelectorAll(".qr")].slice(1)) card.remove(); // of the other till
    });
    await scanFrom(other, till);
    await expect(screen(other, "Z2")).toContainText(other.t("proof.card.taken", { label: "T1" }));

    await goTo(other, "#/checkpoint");
    await button(other, other.t("proof.nonce.make")).click();
    await expect(other.page.locator(".qr svg")).toBeVisible();
    await scanFrom(till, other);
    await expect(screen(till, "Z2")).toContainText(till.t("proof.checkpoint.answers"));
    await scanFrom(other, till);
    await expect(screen(other, "Z2")).toContainText(other.t("proof.seen.live"));
    await button(other, other.t("proof.seen.witness")).click();
    await expect(other.page.locator(".qr svg")).toBeVisible();
    await scanFrom(till, other);
    await expect(screen(till, "Z2")).toContainText(till.t("proof.taken.title"));
    await expect(heading(till, till.t("proof.taken.page"))).toBeVisible();
  },
);

test(
  "X35 refundlog §6 a shift is closed with its sums, and another till witnesses its end by camera",
  { tag: "@phone" },
  async ({ phone }) => {
    test.setTimeout(300_000);
    const [till, other] = await twoTills(phone);
    await recordPayment(till, { yuan: "36", number: "SHIFT-0001" });
    await confirmRefund(till, 3600);
    await showKeyCard(till);
    await till.page.evaluate(() => {
      for (const card of [...document.querySelectorAll(".qr")].slice(1)) card.remove(); // of the other till
    });
    await scanFrom(other, till);

    await goTo(till, "#/close");
    await expect(screen(till, "Z1")).toContainText("36.00");
    await button(till, till.t("proof.close.close")).click();
    await expect(till.page.locator(".qr svg")).toBeVisible();
    await scanFrom(other, till);
    await expect(screen(other, "Z2")).toContainText(other.t("proof.seen.good"));
    await button(other, other.t("proof.seen.witness")).click();
    await expect(other.page.locator(".qr svg")).toBeVisible();
    await scanFrom(till, other);
    await expect(screen(till, "Z2")).toContainText(till.t("proof.taken.title"));

    await goTo(till, "#/close");
    await expect(screen(till, "Z1")).toContainText(till.t("proof.close.last"));
  },
);
