import { amountChip, chip, expect, typeAmount, typeChoice, type App } from "../e2e/support/app.ts";
import { row, sheet, sheetButton, voidOffer } from "../e2e/support/journey.ts";
import type { Merchant } from "./walk-acts.ts";
import { countedOf, leftOf, type PaymentModel, type Shop } from "./walk-model.ts";

const yuanText = (minor: number): string =>
  minor % 100 === 0 ? String(minor / 100) : (minor / 100).toFixed(2);

const tapAmount = async (app: App, minor: number): Promise<void> => {
  for (let times = minor >= 100_000 ? 2 : 1; times > 0; times--) {
    await typeAmount(app, yuanText(minor));
    await sheetButton(app, app.t("action.done")).click();
  }
  await expect(sheet(app)).toBeHidden();
};

/** How a customer is met. */
export type Way =
  | "full"
  | "half"
  | "typed"
  | "return"
  | "even"
  | "difference"
  | "collect"
  | "cash"
  | "void"
  | "decline";

/** What can be asked for of a payment now; the likelier the more often it is named. */
export const waysOf = (shop: Shop, payment: PaymentModel): readonly Way[] => {
  const left = leftOf(shop, payment);
  const untouched = countedOf(shop, payment).length === 0;
  return [
    "full",
    "typed",
    "typed",
    "return",
    "even",
    "difference",
    "collect",
    "cash",
    "decline",
    ...(left > 1 ? (["half", "half"] as const) : []),
    ...(untouched && payment.acquirer === "lakala" ? (["void", "void", "void"] as const) : []),
  ];
};

/** Why a customer wants the money back. */
export const reasons = [
  "overpaid",
  "paid_twice",
  "faulty",
  "not_as_described",
  "changed_mind",
  "wrong_size",
  "other",
] as const;

/** Picks a reason; the last one wants words. */
export const pickReason = async (app: App, reason: (typeof reasons)[number]): Promise<void> => {
  await chip(app, app.t("word.reason"), app.t(`reason.${reason}`)).click();
  if (reason !== "other") return;
  await sheet(app).locator("textarea[name=note]").fill("说来话长");
  await sheetButton(app, app.t("action.done")).click();
  await expect(sheet(app)).toBeHidden();
};

/** Puts the way into the editor; `some` is what is typed where the way wants an amount. */
export const enterWay = async (
  { app, shop }: Merchant,
  payment: PaymentModel,
  { way, some }: { readonly way: Way; readonly some: number },
): Promise<number> => {
  const left = leftOf(shop, payment);
  switch (way) {
    case "full":
      return left;
    case "half":
      await amountChip(app, "half").click();
      return Math.floor(left / 2);
    case "typed":
      await amountChip(app, "typed").click();
      await tapAmount(app, some);
      return some;
    case "return":
      await typeChoice(app, "return").click();
      return left;
    case "even":
      await typeChoice(app, "exchange").click();
      return 0;
    case "difference":
    case "collect": {
      const side = way === "collect" ? "collect" : "refund";
      await typeChoice(app, "exchange").click();
      await chip(app, app.t("refund.exchange.sides"), app.t(`refund.exchange.${side}`)).click();
      await tapAmount(app, some);
      return way === "collect" ? 0 : some;
    }
    case "cash":
      await row(app, app.t("refund.destination")).click();
      await chip(app, app.t("refund.destination"), app.t("refund.destination.cash")).click();
      await sheet(app).locator("textarea[name=note]").fill("原路退不了");
      await sheetButton(app, app.t("action.done")).click();
      await expect(sheet(app)).toBeHidden();
      return left;
    case "void":
      await voidOffer(app).click();
      return payment.paid;
    case "decline":
      await typeChoice(app, "decline").click();
      return 0;
  }
};
