import { describe, expect, it } from "vitest";

import { isZero } from "../../src/domain/money.ts";
import { practiceTasks } from "../../src/domain/practice-tasks.ts";
import { remaining } from "../../src/domain/payment.ts";
import { approveRefund } from "../../src/usecases/approve-refund.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { recordGoods } from "../../src/usecases/receive-goods.ts";
import {
  practiceSample,
  readPracticeTasks,
  seedPractice,
} from "../../src/usecases/start-practice.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { aCaseId, cny, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { asClerk, refundNow } from "../support/refunds.ts";

const aPractice = async () => {
  const { deps } = await aShop({ training: true });
  await seedPractice(deps);
  return deps;
};

describe("a practice day", () => {
  it("X40 begins with refunds that are practice, and with payments that the sample can refund", async () => {
    const deps = await aPractice();
    const cases = await deps.journal.db.cases.toArray();
    expect(cases.map(({ refundCase }) => refundCase.training)).toEqual([true, true, true]);
    const found = await findPayment(deps, (await practiceSample(deps)) ?? "");
    expect(found.kind === "payment" && isZero(remaining(found.found.payment))).toBe(false);
  });

  it("ticks each guided task when it was done, and none for what the day begins with", async () => {
    const deps = await aPractice();
    const done = async (): Promise<readonly string[]> => [...(await readPracticeTasks(deps))];
    expect(await done()).toEqual([]);
    const full = await refundNow(deps, { amount: { kind: "full" } });
    expect(await done()).toEqual(["full"]);
    await refundNow(deps, { amount: { kind: "partial", amount: cny(100) } });
    expect(await done()).toEqual(["full", "partial"]);
    const goods = await refundNow(deps, { type: "return", reason: "changed_mind" });
    expect(await done()).not.toContain("return");
    const check = { unused: true, complete: true };
    valueOf(await recordGoods(deps, goods, { state: "received", check }));
    expect(await done()).toContain("return");
    const pending = await refundNow(asClerk(deps));
    const approval = { approver: "s1", pin: "739182", decision: { result: "approve" } };
    valueOf(await approveRefund(deps, pending, approval as Parameters<typeof approveRefund>[2]));
    expect(await done()).toContain("approve");
    valueOf(await tellCustomer(deps, pending, { via: "share", language: "zh-CN" }));
    expect(await done()).toContain("tell");
    valueOf(await withdrawRefund(deps, full, "customer"));
    expect(await done()).toContain("withdraw");
    expect(await done()).not.toContain("decline");
    const found = await findPayment(deps, (await practiceSample(deps)) ?? "");
    const refusal = { caseId: aCaseId(77), reason: "past_window", note: "", offers: [] } as const;
    const of = found.kind === "payment" ? found.found : undefined;
    valueOf(await declineRequest(deps, of, refusal as never));
    expect(await done()).toEqual(practiceTasks);
  });
});
