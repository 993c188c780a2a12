import { describe, expect, it } from "vitest";

import { wechatpay } from "../../src/domain/acquirers/wechatpay.ts";
import type { AcquirerProfile } from "../../src/domain/acquirers/profile.ts";
import { expectedBy, walletBy } from "../../src/domain/expected-by.ts";
import { addSeconds, type Instant } from "../../src/domain/instant.ts";
import type { MoneyEvent, RefundEvent } from "../../src/domain/journal-event.ts";
import type { Payment } from "../../src/domain/payment.ts";
import type { RefundCase } from "../../src/domain/refund/case.ts";
import type { CaseEvent } from "../../src/domain/refund/history.ts";
import { todoKinds, todoOf, type TodoItem } from "../../src/domain/todo.ts";
import {
  aCase,
  aMoneyEvent,
  aNoticeEvent,
  aPayment,
  aPaymentWithClaims,
  at,
  aWithdrawEvent,
  cny,
  refundRef,
  shanghai,
} from "../support/a.ts";

type Over = {
  readonly payment?: Payment | undefined;
  readonly profile?: AcquirerProfile;
};

const itemsAt = (refundCase: RefundCase, now: Instant, over: Over = {}): readonly TodoItem[] =>
  todoOf({ refundCase, payment: aPayment(), profile: wechatpay, calendar: shanghai, ...over }, now);

const kindsAt = (refundCase: RefundCase, now: Instant, over: Over = {}): readonly string[] =>
  itemsAt(refundCase, now, over).map(({ kind }) => kind);

/** Everything in aCase() is recorded at this moment. */
const then = at("2026-11-22T06:00:00Z");
const soon = addSeconds(then, 60);

const after = (...states: readonly MoneyEvent["state"][]): readonly CaseEvent[] =>
  states.map((state) => aMoneyEvent(state));

const need: Partial<RefundEvent> = { need: { by: "other", why: ["role_limits"] } };
const invoice = (red?: string): CaseEvent => ({
  kind: "contact",
  with: "other",
  via: "other",
  about: refundRef,
  invoice: { issued: "yes", ...(red === undefined ? {} : { red }) },
});

const place = (kind: TodoItem["kind"]): number => todoKinds.indexOf(kind);

const submittedFor = (due: Instant): RefundCase =>
  aCase([aMoneyEvent("exported"), aMoneyEvent("submitted", { expectedBy: due, at: then })]);

describe("what stands on the to-do list", () => {
  const cases: readonly (readonly [string, RefundCase, readonly string[]])[] = [
    ["waits for export: the export page has it", aCase(), []],
    ["R14 needs approval", aCase([], need), ["approve"]],
    ["is voided at the terminal", aCase([], { mode: "void" }), ["terminal"]],
    ["is paid out at the counter", aCase([], { destination: "cash" }), ["pay_out"]],
    ["is exported", aCase(after("exported")), ["submit"]],
    ["is with the acquirer", aCase(after("exported", "submitted")), []],
    ["X5 is unknown", aCase(after("exported", "submitted", "unknown")), ["unknown"]],
    ["R47 is abnormal", aCase(after("exported", "submitted", "abnormal")), ["abnormal"]],
    ["X4 needs action", aCase(after("exported", "submitted", "needs_action")), ["needs_action"]],
    ["R50 arrived", aCase(after("exported", "submitted", "succeeded")), ["tell"]],
    ["R50 failed", aCase(after("exported", "submitted", "failed")), ["tell"]],
    ["R51 waits for goods", aCase([], { type: "return" }), ["goods"]],
    ["X42 has an invoice", aCase([invoice()]), ["invoice"]],
    ["X42 has to be red-invoiced", aCase([invoice("needed")]), ["invoice"]],
    ["X42 needs no red invoice", aCase([invoice("not_needed")]), []],
    ["was withdrawn", aCase([aWithdrawEvent()]), []],
  ];

  it.each(cases)("%s", (_, refundCase, kinds) => {
    expect(kindsAt(refundCase, soon)).toEqual(kinds);
  });

  it("R14 a rejected request is told to the customer, once", () => {
    const rejected: CaseEvent = {
      kind: "decide",
      about: "refund",
      result: "reject",
      refund: refundRef,
      reason: "past_window",
    };
    expect(kindsAt(aCase([rejected], need), soon)).toEqual(["tell"]);
    const told = aNoticeEvent({ state: "result" });
    expect(kindsAt(aCase([rejected, told], need), soon)).toEqual([]);
  });

  it("X7 a late success stands before everything else of its case", () => {
    const late = aCase(after("exported", "submitted", "failed", "succeeded"));
    expect(kindsAt(late, soon)).toEqual(["late_success", "tell"]);
  });

  it("X7 more refunded than paid is told as long as the money counts", () => {
    const payment = aPaymentWithClaims(10_000, [9_500, 1_000]);
    expect(kindsAt(aCase(after("exported", "submitted")), soon, { payment })).toEqual([
      "over_refund",
    ]);
    expect(kindsAt(aCase([aWithdrawEvent()]), soon, { payment })).toEqual([]);
    const even = aPaymentWithClaims(10_000, [9_000, 1_000]);
    expect(kindsAt(aCase(after("exported", "submitted")), soon, { payment: even })).toEqual([]);
  });

  it("a case stands once, at its most urgent step, and besides when somebody must be told", () => {
    const refundCase = aCase([...after("exported", "submitted", "unknown"), invoice()]);
    const muchLater = addSeconds(then, 90 * 86_400);
    expect(kindsAt(refundCase, muchLater)).toEqual(["unknown"]);
  });

  it("orders its kinds: money first, then dates, then the rest", () => {
    const money = ["conflict", "late_success", "over_refund", "unknown", "abnormal"] as const;
    expect(todoKinds.slice(0, money.length)).toEqual(money);
    expect(place("overdue")).toBeLessThan(place("deadline"));
    expect(place("deadline")).toBeLessThan(place("untouched"));
    expect(place("untouched")).toBeLessThan(place("approve"));
    expect(place("invoice")).toBeLessThan(place("tell"));
  });
});

describe("what only time puts on the list", () => {
  it("X19 R5 a wallet is overdue after its minutes, a bank card after its working days", () => {
    const wallet = walletBy(wechatpay, then);
    expect(wallet).toBe(at("2026-11-22T06:05:00Z"));
    const bank = expectedBy(wechatpay, then, shanghai); // a Sunday: Monday to Wednesday
    expect(bank).toBe(at("2026-11-25T15:59:59Z"));
    for (const due of [wallet, bank]) {
      const refundCase = submittedFor(due);
      expect(kindsAt(refundCase, due)).toEqual([]);
      const [late] = itemsAt(refundCase, addSeconds(due, 1));
      expect(late).toMatchObject({ kind: "overdue", at: due, task: "wait" });
      expect(late?.refundCase.money).toBe("submitted");
    }
  });

  it("X19 an exported file that nobody submitted is overdue after a day", () => {
    const exported = aCase(after("exported"));
    expect(kindsAt(exported, addSeconds(then, 86_400))).toEqual(["submit"]);
    const [late] = itemsAt(exported, addSeconds(then, 86_401));
    expect(late).toMatchObject({ kind: "overdue", task: "submit" });
  });

  it("R22 a request that nobody touched for 48 hours is on the list", () => {
    const twoDays = addSeconds(then, 48 * 3600);
    for (const [refundCase, before, task] of [
      [aCase(), [], "export"],
      [aCase([], { ...need }), ["approve"], "approve"],
      [aCase([], { destination: "cash" }), ["pay_out"], "pay_out"],
    ] as const) {
      expect(kindsAt(refundCase, twoDays, { payment: undefined })).toEqual(before);
      const [item] = itemsAt(refundCase, addSeconds(twoDays, 1), { payment: undefined });
      expect(item).toMatchObject({ kind: "untouched", at: then, task });
    }
  });

  it("R22 whatever is done to it starts the 48 hours again", () => {
    const call: CaseEvent = { kind: "contact", with: "customer", via: "phone", about: refundRef };
    const touched = aCase([call]);
    const later = addSeconds(then, 47 * 3600);
    const again = {
      ...touched,
      history: touched.history.map((entry, index) =>
        index === 1 ? { ...entry, at: later } : entry,
      ),
    };
    expect(kindsAt(again, addSeconds(then, 50 * 3600), { payment: undefined })).toEqual([]);
    expect(kindsAt(touched, addSeconds(then, 50 * 3600), { payment: undefined })).toEqual([
      "untouched",
    ]);
  });

  it("R43 a window is on the list from three days before its last second, and stays when missed", () => {
    const payment = aPayment({ paidAt: addSeconds(then, -360 * 86_400) });
    const [found] = itemsAt(aCase(), addSeconds(then, 2 * 86_400), { payment });
    const until = found?.at ?? then;
    expect(found).toMatchObject({
      kind: "deadline",
      task: "export",
      due: { kind: "channel_window" },
    });
    expect(kindsAt(aCase(), addSeconds(until, -3 * 86_400 - 1), { payment })).toEqual([]);
    expect(kindsAt(aCase(), addSeconds(until, -3 * 86_400), { payment })).toEqual(["deadline"]);
    expect(itemsAt(aCase(), addSeconds(until, 1), { payment })).toMatchObject([
      { kind: "deadline", at: until },
    ]);
  });

  it("X15 the void cut-off of today is on the list at once", () => {
    const profile: AcquirerProfile = { ...wechatpay, voids: "yes", voidCutoffMinutes: 22 * 60 };
    const payment = aPayment({ paidAt: addSeconds(then, -3600) });
    const [item] = itemsAt(aCase([], { mode: "void" }), soon, { payment, profile });
    expect(item).toMatchObject({
      kind: "deadline",
      task: "terminal",
      at: at("2026-11-22T13:59:59Z"),
      due: { kind: "void_cutoff" },
    });
  });

  it("X43 of the legal dates the earliest still to be kept is told, as long as the money is out", () => {
    const goods: CaseEvent = { kind: "goods", refund: refundRef, state: "received" };
    const back = aCase([goods], { type: "return" });
    const week = itemsAt(back, addSeconds(then, 6 * 86_400));
    expect(week).toMatchObject([
      { kind: "deadline", due: { kind: "legal_return", date: "2026-11-29" } },
    ]);
    const fortnight = itemsAt(back, addSeconds(then, 14 * 86_400));
    expect(fortnight).toMatchObject([{ due: { kind: "legal_handling", date: "2026-12-07" } }]);
    const paid = aCase([goods, ...after("exported", "submitted", "succeeded")], { type: "return" });
    expect(kindsAt(paid, addSeconds(then, 14 * 86_400))).toEqual(["tell"]);
  });

  it("a window that was over when the refund was recorded was let through and is no task", () => {
    const late = aCase([], { window: "2026-11-20" as NonNullable<RefundEvent["window"]> });
    expect(kindsAt(late, soon)).toEqual([]);
    const open = aCase([], { window: "2026-11-23" as NonNullable<RefundEvent["window"]> });
    expect(itemsAt(open, soon)).toMatchObject([{ due: { kind: "shop_window" } }]);
  });

  it("an even exchange has goods to give, and no date of money", () => {
    const even = aCase([], { type: "exchange", amount: cny(0) });
    expect(kindsAt(even, addSeconds(then, 400 * 86_400))).toEqual(["goods"]);
  });
});
