import { expectScreen, owner, typeNumber, unlock, type Person } from "../e2e/support/app.ts";
import { takeOver } from "../e2e/support/people.ts";
import { pick, visit, type Deed, type Done, type Merchant } from "./walk-acts.ts";
import { answer, atTerminal, lastAnswer, payOut, resend, retract, retry } from "./walk-answers.ts";
import { exportFile, leaving, recall, upload } from "./walk-batch.ts";
import { decide, moveGoods, reopen, withdraw, type GoodsStep } from "./walk-case.ts";
import { checkEditor, checkPage } from "./walk-checks.ts";
import {
  casesIn,
  isFree,
  latest,
  leftOf,
  moneyOf,
  people,
  recallersOf,
  shownOf,
  stateOf,
  type Answer,
  type Attempt,
  type BatchModel,
  type CaseModel,
  type Goods,
  type Shop,
} from "./walk-model.ts";
import { refund } from "./walk-refund.ts";
import { waysOf } from "./walk-ways.ts";

const change = async ({ app, shop }: Merchant, person: Person): Promise<Done> => {
  await visit(app, "#/records", "T2");
  await takeOver(app, person);
  shop.till = person;
  return { kinds: ["staff"] };
};

const reload = async ({ app, shop }: Merchant): Promise<Done> => {
  await app.page.reload();
  await unlock(app);
  shop.till = owner;
  return { kinds: ["staff"] };
};

const places = [
  ["T2", "#/records"],
  ["T2", "#/records?f=payments"],
  ["T2", "#/records?f=declined"],
  ["T2a", "#/todo"],
  ["E6", "#/outbox"],
  ["E1", "#/export"],
  ["T3", "#/recon"],
  ["P5", "#/storage"],
  ["P2", "#/staff"],
  ["P1", "#/policy"],
] as const;

const lookAround = async (merchant: Merchant): Promise<Done> => {
  const { app, shop } = merchant;
  const [id, hash] = pick(merchant, places);
  await visit(app, hash, id);
  await checkPage(app);
  const payment = pick(merchant, shop.payments);
  await typeNumber(app, payment.number);
  await expectScreen(app, "R1");
  await checkEditor(app, shop, payment);
  return { kinds: [] };
};

const open: ReadonlySet<string> = new Set([
  "exported",
  "submitted",
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
]);
const answers = [
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
  "succeeded",
  "succeeded",
  "failed",
  "failed",
  "closed",
] as const satisfies readonly Answer[];

/** What may be heard of an attempt: anything while it is open, only the surprising afterwards. */
const heardOf = (merchant: Merchant, tried: Attempt): Answer | undefined => {
  const state = stateOf(tried);
  if (open.has(state)) return pick(merchant, answers);
  if (state === "failed" || state === "closed") return "succeeded";
  return state === "succeeded" ? "reversed" : undefined;
};

const answerDeeds = (merchant: Merchant, one: CaseModel): readonly Deed[] =>
  one.attempts.flatMap((tried, at) => {
    const result = heardOf(merchant, tried);
    if (result === undefined || tried.void || one.cash) return [];
    const surprise = !open.has(stateOf(tried));
    if (surprise && merchant.random() < 0.8) return [];
    return [
      {
        name: `answer ${one.id.slice(-4)}.${at + 1} ${stateOf(tried)} ${result}`,
        run: () => answer(merchant, one, { tried, result }),
      },
    ];
  });

const goodsSteps: Readonly<Record<Goods, readonly GoodsStep[]>> = {
  none: ["given"],
  awaiting: ["received", "spoiled", "waived", "lost"],
  received: ["given"],
  waived: ["given", "received", "spoiled"],
  lost: ["received", "spoiled", "waived"],
  given: ["received", "spoiled"],
};

const goodsDeeds = (merchant: Merchant, one: CaseModel): readonly Deed[] => {
  const named = (step: GoodsStep): Deed => ({
    name: `goods ${one.id.slice(-4)} ${step}`,
    run: () => moveGoods(merchant, one, step),
  });
  const gone = ["withdrawn", "pending_approval"].includes(moneyOf(one));
  if (gone) return [];
  const steps = goodsSteps[one.goods].filter(
    (step) => step !== "given" || (one.kind === "exchange" && !one.given),
  );
  const settled = one.goods === "waived" || one.goods === "given";
  return steps
    .filter((step) => !settled || step === "given" || merchant.random() < 0.1)
    .map((step) => named(step));
};

const retryable = (shop: Shop, one: CaseModel): boolean =>
  ["failed", "closed"].includes(moneyOf(one)) && isFree(shop, one);

const caseDeeds = (merchant: Merchant, one: CaseModel): readonly Deed[] => {
  const { shop } = merchant;
  const money = moneyOf(one);
  const tail = one.id.slice(-4);
  const wechat = one.payment.acquirer === "wechatpay";
  const list: readonly (readonly [boolean, string, () => Promise<Done>])[] = [
    [money === "pending_approval", "approve", () => decide(merchant, one, true)],
    [money === "pending_approval", "reject", () => decide(merchant, one, false)],
    [
      shownOf(one) === "refused" && !one.reopened && isFree(shop, one),
      "reopen",
      () => reopen(merchant, one),
    ],
    [
      (money === "ready" || money === "pending_approval") && !one.given && merchant.random() < 0.4,
      "withdraw",
      () => withdraw(merchant, one),
    ],
    [
      money === "needs_action" || (money === "unknown" && wechat),
      "resend",
      () => resend(merchant, one),
    ],
    [
      lastAnswer(latest(one)) >= 0 && !one.cash && merchant.random() < 0.1,
      "retract",
      () => retract(merchant, one),
    ],
    [retryable(shop, one), "retry", () => retry(merchant, one)],
    [shownOf(one) === "to_pay_out", "pay out", () => payOut(merchant, one)],
    [shownOf(one) === "at_terminal", "void", () => atTerminal(merchant, one, true)],
    [shownOf(one) === "at_terminal", "void refused", () => atTerminal(merchant, one, false)],
  ];
  return [
    ...list.flatMap(([can, name, run]) => (can ? [{ name: `${name} ${tail}`, run }] : [])),
    ...goodsDeeds(merchant, one),
    ...answerDeeds(merchant, one),
  ];
};

const batchDeeds = (merchant: Merchant, batch: BatchModel): readonly Deed[] => {
  const inside = casesIn(merchant.shop, batch);
  const waits = inside.every((one) => moneyOf(one) === "exported");
  if (!batch.open || inside.length === 0) return [];
  const deeds: Deed[] = [];
  if (inside.some((one) => ["exported", "needs_action", "unknown"].includes(moneyOf(one))))
    deeds.push({ name: `upload ${batch.id}`, run: () => upload(merchant, batch) });
  if (waits && recallersOf(batch).length > 0)
    deeds.push({ name: `recall ${batch.id}`, run: () => recall(merchant, batch) });
  return deeds;
};

/** What a merchant could do now, in groups: first a group is drawn, then one of it, so that nothing rare drowns. */
export const deedsOf = (merchant: Merchant): readonly (readonly Deed[])[] => {
  const { shop } = merchant;
  const refunds = shop.payments
    .filter((payment) => leftOf(shop, payment) > 0)
    .map((payment): Deed => {
      const way = pick(merchant, waysOf(shop, payment));
      return {
        name: `${shop.till.role} ${way} on ${payment.number.slice(-4)}`,
        run: () => refund(merchant, payment, way),
      };
    });
  const exports = (["wechatpay", "lakala"] as const)
    .filter((acquirer) => leaving(shop, acquirer).length > 0)
    .map((acquirer): Deed => ({
      name: `export ${acquirer}`,
      run: () => exportFile(merchant, acquirer),
    }));
  const others = people
    .filter((person) => person !== shop.till)
    .map((person): Deed => ({
      name: `${person.role} takes over`,
      run: () => change(merchant, person),
    }));
  const follow = shop.cases.flatMap((one) => caseDeeds(merchant, one));
  const aside: readonly Deed[] = [
    ...others,
    ...others,
    { name: "reload", run: () => reload(merchant) },
    { name: "look around", run: () => lookAround(merchant) },
  ];
  const batches = shop.batches.flatMap((batch) => batchDeeds(merchant, batch));
  return [refunds, follow, follow, follow, exports, batches, aside].filter(
    (group) => group.length > 0,
  );
};
