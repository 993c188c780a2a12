import { button, chip, expect, screen } from "../e2e/support/app.ts";
import {
  fillResult,
  openCase,
  primary,
  saveResult,
  sheet,
  sheetButton,
  takeMore,
} from "../e2e/support/journey.ts";
import { anybody, asOneOf, managers, visit, type Done, type Merchant } from "./walk-acts.ts";
import { latest, stateOf, type Answer, type Attempt, type CaseModel } from "./walk-model.ts";

/** Money that comes after all makes a newer request needless that has not left. */
const comesLate = (one: CaseModel, tried: Attempt): readonly string[] => {
  one.payment.excused = true;
  const newest = latest(one);
  const waits = ["pending_approval", "ready"].includes(stateOf(newest));
  if (tried === newest || !waits) return [];
  newest.steps.push("withdrawn");
  if (newest.approval === "pending") newest.approval = "none";
  return ["withdraw"];
};

/** What the acquirer or the customer said of one request. */
export const answer = async (
  merchant: Merchant,
  one: CaseModel,
  { tried, result }: { readonly tried: Attempt; readonly result: Answer },
): Promise<Done> => {
  const { app, random } = merchant;
  const late = ["failed", "closed"].includes(stateOf(tried));
  await visit(app, `#/result/${one.id}`, "D8");
  const place = one.attempts.indexOf(tried) + 1;
  if (one.attempts.length > 1)
    await chip(
      app,
      app.t("workflow.result.attempt"),
      app.t("records.history.attempt", { n: place }),
    ).click();
  const heard = result === "succeeded" && random() < 0.3;
  await fillResult(app, {
    result,
    by: heard ? "cust" : "portal",
    ...(heard ? {} : { reference: `5030080709202102010599${Math.floor(random() * 1e6)}` }),
  });
  const roles = heard ? anybody : managers;
  await asOneOf(merchant, roles, () => saveResult(app).click());
  await expect(screen(app, "D8")).toBeHidden();
  tried.steps.push(result);
  const also = late && result === "succeeded" ? comesLate(one, tried) : [];
  return { kinds: [...also, "money"], about: one };
};

/** The same number once more. */
export const resend = async (merchant: Merchant, one: CaseModel): Promise<Done> => {
  const { app } = merchant;
  await openCase(app, one.id);
  await takeMore(app, app.t("workflow.more.resend"));
  await asOneOf(merchant, managers, () =>
    sheetButton(app, app.t("workflow.resend.confirm")).click(),
  );
  await expect(sheet(app)).toBeHidden();
  latest(one).steps.push("submitted");
  return { kinds: ["money"], about: one };
};

/** The newest answer was a mistake. */
export const retract = async (merchant: Merchant, one: CaseModel): Promise<Done> => {
  const { app } = merchant;
  await openCase(app, one.id);
  await takeMore(app, app.t("workflow.more.retract"));
  await sheet(app).locator("textarea[name=why]").fill("登记错了");
  await asOneOf(merchant, managers, () => sheet(app).locator("button[type=submit]").click());
  await expect(sheet(app)).toBeHidden();
  const { steps } = latest(one);
  steps.splice(lastAnswer(latest(one)), 1);
  one.payment.excused = true;
  return { kinds: ["money"], about: one };
};

const commands: ReadonlySet<string> = new Set([
  "pending_approval",
  "ready",
  "exported",
  "submitted",
  "withdrawn",
]);

/** Where the newest answer of a request stands; -1 without one. */
export const lastAnswer = ({ steps }: Attempt): number =>
  steps.findLastIndex((step) => !commands.has(step));

const nextAttempt = (one: CaseModel): void => {
  const { amount, approval } = latest(one);
  const kept = approval === "approved" && !latest(one).void;
  one.attempts.push({
    amount,
    void: false,
    start: "ready",
    steps: [],
    approval: kept ? "approved" : "none",
  });
  one.batch = undefined;
};

/** A new number after a refusal. */
export const retry = async (merchant: Merchant, one: CaseModel): Promise<Done> => {
  const { app } = merchant;
  const again = app.t("records.next.retry", { amount: app.yuan(latest(one).amount) });
  await openCase(app, one.id);
  await primary(app, again).click();
  await asOneOf(merchant, managers, () => sheetButton(app, again).click());
  await expect(sheet(app)).toBeHidden();
  nextAttempt(one);
  return {
    kinds: ["refund", ...(one.goods === "none" ? [] : ["goods"])],
    about: one,
  };
};

/** Cash over the counter. */
export const payOut = async ({ app }: Merchant, one: CaseModel): Promise<Done> => {
  await openCase(app, one.id);
  await primary(
    app,
    app.t("records.next.pay_out", { amount: app.yuan(latest(one).amount) }),
  ).click();
  await sheetButton(app, app.t("workflow.pay_out.confirm")).click();
  await expect(sheet(app)).toBeHidden();
  latest(one).steps.push("succeeded");
  return { kinds: ["money"], about: one };
};

/** The terminal voided the payment, or refused and it is refunded instead. */
export const atTerminal = async (
  merchant: Merchant,
  one: CaseModel,
  done: boolean,
): Promise<Done> => {
  const { app } = merchant;
  await visit(app, `#/terminal/${one.id}`, "R10");
  if (done) {
    await primary(app, app.t("workflow.terminal.done")).click();
    await sheet(app).locator("input[name=reference]").fill("REF20261126001");
    await asOneOf(merchant, managers, () =>
      sheetButton(app, app.t("workflow.terminal.done")).click(),
    );
    await expect(screen(app, "R10")).toBeHidden();
    latest(one).steps.push("succeeded");
    return { kinds: ["money"], about: one };
  }
  await button(app, app.t("workflow.terminal.failed")).click();
  await sheet(app).locator("textarea[name=answer]").fill("已结算，不能撤销");
  const instead = app.t("workflow.terminal.refund", { amount: app.yuan(latest(one).amount) });
  await asOneOf(merchant, managers, () => sheetButton(app, instead).click());
  await expect(screen(app, "R10")).toBeHidden();
  latest(one).steps.push("exported", "submitted", "failed");
  nextAttempt(one);
  return { kinds: ["money", "money", "money", "refund"], about: one };
};
