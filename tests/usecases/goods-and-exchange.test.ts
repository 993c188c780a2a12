import { describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import type { CaseId, PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { oneUnit, parseQuantity } from "../../src/domain/quantity.ts";
import { caseState } from "../../src/domain/refund/case-state.ts";
import type { RefundDraft } from "../../src/domain/refund/draft.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { previewBatches } from "../../src/usecases/choose-batch.ts";
import { prepareBatch } from "../../src/usecases/export-batch.ts";
import { recordGoods } from "../../src/usecases/receive-goods.ts";
import { countSimilar } from "../../src/usecases/record-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { checkFile, options } from "../support/money-steps.ts";
import { as, join } from "../support/people.ts";
import { caseAt, paymentAt, payNow, refundNow } from "../support/refunds.ts";

const blockedOf = async (deps: Deps) =>
  (await previewBatches(deps, options)).blocked.map(({ reason }) => reason.kind);

const waiting = async (deps: Deps): Promise<number> =>
  (await previewBatches(deps, options)).offers.reduce((sum, { cases }) => sum + cases.length, 0);

const goodsOf = (deps: Deps): Promise<PaymentId> =>
  payNow(deps, {
    amount: money(10_000, CNY),
    lines: [
      { name: "发夹", quantity: oneUnit, price: money(4_000, CNY) },
      { name: "耳环", quantity: oneUnit, price: money(6_000, CNY) },
    ],
  });

const unused = { unused: true, complete: true };

describe("goods that come back", () => {
  it("R19 keep the money of a return from leaving until they are received", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps, { type: "return", reason: "changed_mind" });
    expect(await blockedOf(deps)).toEqual(["goods_awaiting"]);
    expect(faultOf(await prepareBatch(deps, "wechat-batch-txt", options)).kind).toBe(
      "nothing_to_export",
    );
    valueOf(await recordGoods(deps, caseId, { state: "lost" }));
    expect(await blockedOf(deps)).toEqual(["goods_awaiting"]);
    valueOf(await recordGoods(deps, caseId, { state: "received", check: unused }));
    expect(await blockedOf(deps)).toEqual([]);
    expect(await waiting(deps)).toBe(1);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R19 are waived, or taken used or incomplete, only by somebody who may override", async () => {
    const { deps } = await aShop();
    const till = await as(deps, (await join(deps)).staff);
    const lead = await as(deps, (await join(deps, { name: "小李", role: "lead" })).staff);
    const asked = (): Promise<CaseId> =>
      refundNow(deps, {
        type: "return",
        reason: "changed_mind",
        amount: { kind: "partial", amount: money(15_000, CNY) },
      });
    const used = { state: "received", check: { unused: false, complete: true } } as const;
    const one = await asked();
    for (const report of [{ state: "waived" } as const, used])
      expect(faultOf(await recordGoods(till, one, report))).toEqual({
        kind: "not_entitled",
        action: "override",
      });
    expect(await blockedOf(deps)).toEqual(["goods_awaiting"]);
    valueOf(await recordGoods(lead, one, { state: "waived" }));
    valueOf(await recordGoods(lead, await asked(), used));
    expect(await blockedOf(deps)).toEqual([]);
    expect(await waiting(deps)).toBe(2);
  });

  it("R18 an even exchange moves goods and no money", async () => {
    const { deps } = await aShop();
    const of = await goodsOf(deps);
    const caseId = await refundNow(deps, {
      of,
      type: "exchange",
      reason: "wrong_size",
      amount: { kind: "none" },
      exchange: {
        returned: [{ index: 1, quantity: oneUnit }],
        replacement: [{ name: "大发夹", quantity: oneUnit, price: money(4_000, CNY) }],
      },
    });
    expect(await caseAt(deps, caseId)).not.toHaveProperty("money");
    expect(remaining(await paymentAt(deps, of)).minor).toBe(10_000);
    expect(await waiting(deps)).toBe(0);
    valueOf(await recordGoods(deps, caseId, { state: "received", check: unused }));
    valueOf(await recordGoods(deps, caseId, { state: "given" }));
    expect(caseState(await caseAt(deps, caseId))).toBe("done");
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R18 X1 two even exchanges are not called alike, two refunds of one amount are", async () => {
    const { deps } = await aShop();
    const even = { type: "exchange", reason: "wrong_size", amount: { kind: "none" } } as const;
    const exchange = { returned: [{ index: 1, quantity: oneUnit }], replacement: [] };
    await refundNow(deps, { of: await goodsOf(deps), ...even, exchange });
    await refundNow(deps);
    const about = { payment: undefined, now: instantFromMs(deps.now()) };
    expect(await countSimilar(deps, money(0, CNY), about)).toBe(0);
    expect(await countSimilar(deps, money(36_000, CNY), about)).toBe(1);
  });

  it("R18 a difference that goes back is one refund, and waits for the goods; one that is collected is none", async () => {
    const { deps } = await aShop();
    const swap = async (price: number, over: Partial<RefundDraft>): Promise<CaseId> =>
      refundNow(deps, {
        of: await goodsOf(deps),
        type: "exchange",
        reason: "wrong_size",
        amount: { kind: "none" },
        ...over,
        exchange: {
          returned: [{ index: 2, quantity: oneUnit }],
          replacement: [{ name: "别的", quantity: oneUnit, price: money(price, CNY) }],
          ...over.exchange,
        },
      });
    const cheaper = await swap(5_000, { amount: { kind: "partial", amount: money(1_000, CNY) } });
    expect((await caseAt(deps, cheaper)).attempts).toMatchObject([{ amount: money(1_000, CNY) }]);
    expect(await blockedOf(deps)).toEqual(["goods_awaiting"]);
    valueOf(await recordGoods(deps, cheaper, { state: "received", check: unused }));
    expect(await waiting(deps)).toBe(1);
    const dearer = await goodsOf(deps);
    const caseId = await refundNow(deps, {
      of: dearer,
      type: "exchange",
      reason: "wrong_size",
      amount: { kind: "none" },
      exchange: {
        returned: [{ index: 2, quantity: oneUnit }],
        replacement: [{ name: "别的", quantity: oneUnit, price: money(7_500, CNY) }],
        due: money(1_500, CNY),
      },
    });
    expect(await caseAt(deps, caseId)).toMatchObject({ due: 1_500 });
    expect(await caseAt(deps, caseId)).not.toHaveProperty("money");
    expect(remaining(await paymentAt(deps, dearer)).minor).toBe(10_000);
  });
});

describe("less than a whole thing", () => {
  it("X32 an amount without goods and half a unit are both refunds", async () => {
    const { deps } = await aShop();
    const of = await goodsOf(deps);
    const goodwill = await refundNow(deps, {
      of,
      reason: "goodwill",
      amount: { kind: "partial", amount: money(500, CNY) },
    });
    expect(await caseAt(deps, goodwill)).not.toHaveProperty("lines");
    const half = parseQuantity("0.5");
    const lines = [{ index: 2, quantity: valueOf(half) }];
    const part = await refundNow(deps, { of, amount: { kind: "lines", lines } });
    expect(await caseAt(deps, part)).toMatchObject({
      amount: money(3_000, CNY),
      lines: [{ index: 2, quantity: "0.5" }],
    });
    expect(remaining(await paymentAt(deps, of)).minor).toBe(6_500);
    expect(await checkFile(deps)).toEqual([]);
  });
});
