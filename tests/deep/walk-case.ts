import { button, chip, expect, screen } from "../e2e/support/app.ts";
import { addPhoto, openCase, seeGoods, sheet } from "../e2e/support/journey.ts";
import { givePin } from "../e2e/support/people.ts";
import {
  anybody,
  asOneOf,
  expectTiles,
  managers,
  pick,
  visit,
  type Done,
  type Merchant,
} from "./walk-acts.ts";
import { approversOf, latest, type CaseModel } from "./walk-model.ts";

/** Somebody who may says yes or no. */
export const decide = async (merchant: Merchant, one: CaseModel, yes: boolean): Promise<Done> => {
  const { app } = merchant;
  await visit(app, `#/approval/${one.id}`, "R4");
  await expectTiles(app, approversOf(one));
  if (!yes) {
    await app.page
      .getByRole("radiogroup", { name: app.t("workflow.approval.decision") })
      .getByRole("radio", { name: app.t("workflow.approval.reject") })
      .click();
    await chip(app, app.t("refund.decline.why"), app.t("refusal.no_proof")).click();
  }
  await givePin(app, pick(merchant, approversOf(one)));
  await expect(screen(app, "R4")).toBeHidden();
  latest(one).steps.push(yes ? "ready" : "withdrawn");
  latest(one).approval = yes ? "approved" : "rejected";
  return { kinds: ["decide"], about: one };
};

/** New evidence opens a rejected request once more. */
export const reopen = async (merchant: Merchant, one: CaseModel): Promise<Done> => {
  const { app } = merchant;
  await visit(app, `#/approval/${one.id}`, "R4");
  await addPhoto(app);
  await expectTiles(app, approversOf(one));
  await givePin(app, pick(merchant, approversOf(one)));
  await expect(screen(app, "R4")).toContainText(app.t("workflow.approval.why"));
  latest(one).steps.push("pending_approval");
  latest(one).approval = "pending";
  one.reopened = true;
  return { kinds: ["contact", "decide"], about: one };
};

export type GoodsStep = "received" | "spoiled" | "waived" | "lost" | "given";

/** The questions of the goods page, answered by what was seen; what was marked lost or waived has them folded away. */
const answerQuestions = async (
  { app }: Merchant,
  one: CaseModel,
  step: "received" | "spoiled",
): Promise<void> => {
  const page = screen(app, "R9");
  if (one.goods !== "awaiting")
    await page
      .locator(".fold summary")
      .filter({ hasText: app.t("workflow.goods.received_after_all") })
      .click();
  await expect(page.locator("fieldset.chips")).toHaveCount(one.lines ? 1 : 0);
  await seeGoods(app);
  if (step === "spoiled")
    await page
      .locator("label")
      .filter({ has: app.page.locator("input[name=complete]") })
      .click();
};

const goodsButtons = {
  received: "workflow.goods.confirm",
  spoiled: "workflow.goods.confirm",
  waived: "workflow.goods.waived",
  lost: "workflow.goods.lost",
  given: "workflow.goods.give",
} as const satisfies Readonly<Record<GoodsStep, string>>;

/** Goods come back, whole or not, need not, do not, or go out. */
export const moveGoods = async (
  merchant: Merchant,
  one: CaseModel,
  step: GoodsStep,
): Promise<Done> => {
  const { app } = merchant;
  await visit(app, `#/goods/${one.id}`, "R9");
  if (step === "received" || step === "spoiled") await answerQuestions(merchant, one, step);
  const roles = step === "waived" || step === "spoiled" ? managers : anybody;
  await asOneOf(merchant, roles, () => button(app, app.t(goodsButtons[step])).click());
  await expect(screen(app, "R9")).toBeHidden();
  if (step === "given") one.given = true;
  one.goods = step === "spoiled" ? "received" : step;
  return { kinds: ["goods"], about: one };
};

/** Our own record is taken back before it left. */
export const withdraw = async (merchant: Merchant, one: CaseModel): Promise<Done> => {
  const { app, shop } = merchant;
  await openCase(app, one.id);
  await button(app, app.t("action.withdraw")).click();
  const own = one.by === shop.till;
  const roles = own ? ([shop.till.role] as const) : managers;
  await asOneOf(merchant, roles, () => sheet(app).locator(".row").first().click());
  await expect(sheet(app)).toBeHidden();
  latest(one).steps.push("withdrawn");
  if (latest(one).approval === "pending") latest(one).approval = "none";
  return { kinds: ["withdraw"], about: one };
};
