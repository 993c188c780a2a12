import { chip, expect, expectScreen, screen, typeNumber, type App } from "../e2e/support/app.ts";
import { idHere } from "../e2e/support/journey.ts";
import { pick, type Done, type Merchant } from "./walk-acts.ts";
import { checkEditor } from "./walk-checks.ts";
import {
  goodsAreLeft,
  leftOf,
  needOf,
  type Asked,
  type Attempt,
  type CaseModel,
  type PaymentModel,
  type Shop,
} from "./walk-model.ts";
import { enterWay, pickReason, reasons, type Way } from "./walk-ways.ts";

const confirm = (app: App) => screen(app, "R1").locator(".bar .btn-primary");

const confirmKeys = {
  full: "refund.confirm",
  half: "refund.confirm",
  typed: "refund.confirm",
  cash: "refund.confirm",
  return: "refund.confirm_return",
  void: "refund.confirm_void",
  even: "refund.confirm_even",
  difference: "refund.confirm_refund_difference",
  collect: "refund.confirm_collect",
} as const;

const writtenDown = (payment: PaymentModel): readonly string[] => {
  const first = payment.recorded ? [] : ["payment"];
  payment.recorded = true;
  return first;
};

const decline = async ({ app }: Merchant, payment: PaymentModel): Promise<Done> => {
  await chip(app, app.t("refund.decline.why"), app.t("refusal.past_window")).click();
  await confirm(app).click();
  await expectScreen(app, "R7");
  return { kinds: [...writtenDown(payment), "decide"] };
};

const kindOf = (way: Way): CaseModel["kind"] => {
  if (way === "return") return way;
  return way === "even" || way === "difference" || way === "collect" ? "exchange" : "refund";
};

/** What was asked for, as it stands in the editor before it is confirmed. */
type Request = Asked & {
  readonly way: Exclude<Way, "decline">;
  /** What the customer pays on top. */
  readonly due: number;
};

const newCase = (
  shop: Shop,
  payment: PaymentModel,
  { way, amount, reason, cash, due }: Request,
): Omit<CaseModel, "id"> => {
  const kind = kindOf(way);
  const need = needOf(shop, payment, { amount, reason, cash });
  const lines = goodsAreLeft(shop, payment) && (kind === "exchange" || amount === payment.paid);
  const attempt: Attempt = {
    amount,
    void: way === "void",
    start: need === undefined ? "ready" : "pending_approval",
    steps: [],
    approval: need === undefined ? "none" : "pending",
  };
  return {
    payment,
    kind,
    cash,
    by: shop.till,
    need,
    due,
    attempts: [attempt],
    lines,
    goods: way === "return" || (kind === "exchange" && lines) ? "awaiting" : "none",
    given: false,
    reopened: false,
    batch: undefined,
  };
};

/** The button says what it does and how much; then it is tapped, and leads to where the request goes on. */
const confirmRequest = async (
  { app, shop }: Merchant,
  payment: PaymentModel,
  request: Request,
): Promise<CaseModel> => {
  const { way, amount, due } = request;
  const asked = newCase(shop, payment, request);
  const key = asked.need === undefined ? confirmKeys[way] : "refund.confirm_ask";
  await expect(confirm(app)).toHaveText(app.t(key, { amount: app.yuan(amount + due) }));
  await confirm(app).click();
  const after = way === "void" ? "R10" : "R5";
  await expectScreen(app, asked.need === undefined ? after : "R4");
  return { ...asked, id: await idHere(app) };
};

/** A request at the counter, from the number of the payment to what is recorded of it. */
export const refund = async (
  merchant: Merchant,
  payment: PaymentModel,
  way: Way,
): Promise<Done> => {
  const { app, shop, random } = merchant;
  await typeNumber(app, payment.number);
  await expectScreen(app, "R1");
  await checkEditor(app, shop, payment);
  const some = 1 + Math.floor(random() * leftOf(shop, payment));
  const amount = await enterWay(merchant, payment, { way, some });
  if (way === "decline") return decline(merchant, payment);
  const reason = pick(merchant, reasons);
  await pickReason(app, reason);
  const about = await confirmRequest(merchant, payment, {
    way,
    amount,
    reason,
    cash: way === "cash",
    due: way === "collect" ? some : 0,
  });
  shop.cases.push(about);
  return { kinds: [...writtenDown(payment), "refund"], about };
};
