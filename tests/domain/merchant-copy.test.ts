import { describe, expect, it } from "vitest";

import type { DecideEvent, MoneyEvent } from "../../src/domain/journal-event.ts";
import { copyOf, type CopyStanding } from "../../src/domain/merchant-copy.ts";
import type { CaseEvent } from "../../src/domain/refund/history.ts";
import { aCase, aMoneyEvent, aPayment, at, aWithdrawEvent, cny, refundRef } from "../support/a.ts";

const facts = { payment: aPayment(), by: "小林" };

const after = (...states: readonly MoneyEvent["state"][]): readonly CaseEvent[] =>
  states.map((state) => aMoneyEvent(state));

const rejected: DecideEvent = {
  kind: "decide",
  about: "refund",
  result: "reject",
  refund: refundRef,
  reason: "past_window",
};

const need = { by: "other", why: ["role_limits"] } as const;

describe("the merchant's copy of a refund", () => {
  it("R42 tells number, amount, order, reason, who and when", () => {
    const numbers = { out_trade_no: "ORDER-1", transaction_id: "4200002026", batch_no: "7" };
    expect(copyOf(aCase(), { payment: aPayment({ numbers }), by: "小林" })).toEqual({
      refundNo: aCase().attempts[0]?.refundNo,
      attempt: 1,
      amount: cny(1_000),
      type: "partial",
      mode: "referenced",
      destination: "original",
      reason: "faulty",
      by: "小林",
      at: at("2026-11-22T06:00:00Z"),
      orderNo: "ORDER-1",
      paid: cny(10_000),
      paidAt: at("2026-11-21T06:00:00Z"),
      channel: "wechat",
      standing: "recorded",
      training: false,
    });
  });

  it("does without a payment", () => {
    const copy = copyOf(aCase(), { payment: undefined, by: "" });
    expect(copy).not.toHaveProperty("orderNo");
    expect(copy).not.toHaveProperty("paid");
  });

  const standings: readonly (readonly [CopyStanding, ...Parameters<typeof aCase>])[] = [
    ["recorded", []],
    ["pending", [], { need }],
    ["rejected", [rejected], { need }],
    ["withdrawn", [aWithdrawEvent()]],
    ["to_pay_out", [], { destination: "cash" }],
    ["at_terminal", [], { mode: "void" }],
    ["at_terminal", after("exported"), { mode: "void" }],
    ["exported", after("exported")],
    ["submitted", after("exported", "submitted")],
    ["submitted", after("exported", "submitted", "processing")],
    ["unclear", after("exported", "submitted", "unknown")],
    ["unclear", after("exported", "submitted", "needs_action")],
    ["unclear", after("exported", "submitted", "abnormal")],
    ["arrived", after("exported", "submitted", "succeeded")],
    ["ended", after("exported", "submitted", "failed")],
    ["ended", after("exported", "submitted", "closed")],
    ["ended", after("exported", "submitted", "succeeded", "reversed")],
    ["no_money", [], { type: "exchange", amount: cny(0) }],
  ];

  it.each(standings.map(([standing, ...told]) => ({ standing, refundCase: aCase(...told) })))(
    "R42 stands at $standing",
    ({ standing, refundCase }) => {
      expect(copyOf(refundCase, facts).standing).toBe(standing);
    },
  );
});
