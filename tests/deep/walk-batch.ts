import { button, chip, expect, expectScreen, screen, type App } from "../e2e/support/app.ts";
import { idHere, sheet } from "../e2e/support/journey.ts";
import { givePin } from "../e2e/support/people.ts";
import {
  asOneOf,
  expectTiles,
  managers,
  pick,
  visit,
  type Done,
  type Merchant,
} from "./walk-acts.ts";
import {
  balanceOf,
  casesIn,
  latest,
  mayLeave,
  moneyOf,
  recallersOf,
  type BatchModel,
  type CaseModel,
  type Shop,
} from "./walk-model.ts";

const formats = { wechatpay: "wechat-batch-txt", lakala: "refund-list-csv" } as const;

/** What may leave to an acquirer: nothing of a payment that gives more than was paid. */
export const leaving = (shop: Shop, acquirer: keyof typeof formats): readonly CaseModel[] =>
  shop.cases.filter(
    (one) =>
      one.payment.acquirer === acquirer && mayLeave(one) && balanceOf(shop, one.payment) >= 0,
  );

/** The refunds that the page of a batch lists. */
const listedHere = (app: App): Promise<readonly string[]> =>
  app.page
    .locator("main a[href^='#/r/']")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")?.slice(4) ?? ""));

/** The file of one acquirer, with all that may leave to it and nothing else. */
export const exportFile = async (
  merchant: Merchant,
  acquirer: keyof typeof formats,
): Promise<Done> => {
  const { app, shop } = merchant;
  const ready = leaving(shop, acquirer);
  await visit(app, "#/export", "E1");
  await chip(app, app.t("export.for_whom"), app.t(`export.format.${formats[acquirer]}`)).click();
  const file = app.page.waitForEvent("download");
  const by = await asOneOf(merchant, managers, () => button(app, app.t("export.save")).click());
  await file;
  await expectScreen(app, "E4");
  await expect(screen(app, "E4").locator("button[type=submit]")).toBeVisible();
  const batch: BatchModel = { id: await idHere(app), by, open: true };
  const listed = await listedHere(app);
  const inside = ready.filter(({ id }) => listed.includes(id));
  expect(inside.length, "only what may leave is in the file").toBe(listed.length);
  const orders = new Set(inside.map(({ payment }) => payment));
  expect(orders.size).toBe(new Set(ready.map(({ payment }) => payment)).size);
  expect(inside.length).toBe(acquirer === "lakala" ? ready.length : orders.size);
  const total = inside.reduce((sum, one) => sum + latest(one).amount, 0);
  await expect(screen(app, "E4").locator("button[type=submit]")).toContainText(app.yuan(total));
  shop.batches.push(batch);
  for (const one of inside) {
    one.batch = batch;
    latest(one).steps.push("exported");
  }
  return { kinds: ["money", "money"], ...(inside[0] === undefined ? {} : { about: inside[0] }) };
};

/** The file was handed to the acquirer. */
export const upload = async (merchant: Merchant, batch: BatchModel): Promise<Done> => {
  const { app, shop } = merchant;
  await visit(app, `#/upload/${batch.id}`, "E4");
  await asOneOf(merchant, managers, () => screen(app, "E4").locator("button[type=submit]").click());
  await expect(screen(app, "E4")).toContainText(app.t("export.upload.is_uploaded"));
  batch.open = false;
  const moved = casesIn(shop, batch).filter((one) =>
    ["exported", "needs_action", "unknown"].includes(moneyOf(one)),
  );
  for (const one of moved) latest(one).steps.push("submitted");
  return { kinds: ["money"], ...(moved[0] === undefined ? {} : { about: moved[0] }) };
};

/** The file was not: another person allows that it is taken back. */
export const recall = async (merchant: Merchant, batch: BatchModel): Promise<Done> => {
  const { app, shop } = merchant;
  await visit(app, `#/upload/${batch.id}`, "E4");
  await button(app, app.t("export.upload.recall")).click();
  await sheet(app).locator("textarea[name=proof]").fill("平台批次列表里没有");
  await expectTiles(app, recallersOf(batch));
  await givePin(app, pick(merchant, recallersOf(batch)));
  await expect(screen(app, "E4")).toBeHidden();
  batch.open = false;
  const inside = casesIn(shop, batch);
  for (const one of inside) {
    latest(one).steps.push("ready");
    one.batch = undefined;
  }
  const consents = inside.map(() => "decide");
  return {
    kinds: [...consents, "money"],
    ...(inside[0] === undefined ? {} : { about: inside[0] }),
  };
};
