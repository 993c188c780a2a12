import { describe, expect, it } from "vitest";
import { acquirers } from "../../src/domain/acquirers/index.ts";
import { isPassing, type BlockReason } from "../../src/domain/batch-choice.ts";
import { CNY } from "../../src/domain/currency.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { previewBatches } from "../../src/usecases/choose-batch.ts";
import { changeProfile } from "../../src/usecases/change-profile.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareBatch, recallBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { options } from "../support/money-steps.ts";
import { payNow, refundNow } from "../support/refunds.ts";

const part = (minor: number) =>
  ({ amount: { kind: "partial", amount: money(minor, CNY) } }) as const;

const offered = async (deps: Deps, format = "wechat-batch-txt") => {
  const { offers, others, blocked } = await previewBatches(deps, options);
  const offer = [...offers, ...others].find((one) => one.format.id === format);
  return { cases: offer?.cases ?? [], reasons: blocked.map(({ reason }) => reason) };
};

const sent = async (deps: Deps, format = "wechat-batch-txt") => {
  const { batchId } = valueOf(await prepareBatch(deps, format, options));
  valueOf(await reportDelivery(deps, batchId, "saved"));
  valueOf(await reportUpload(deps, batchId, ""));
};

const wechat = (deps: Deps, rules: object) =>
  changeProfile(deps, { ...acquirers.wechatpay, ...rules });

const fromOf = (reasons: readonly BlockReason[]): number => {
  const [reason] = reasons;
  if (reason === undefined || !("from" in reason)) throw new Error("no time");
  return Date.parse(reason.from);
};

describe("the pace at which refunds leave", () => {
  it.each(["wechat-batch-txt", "wechat-v3-json"])(
    "X17 keeps the second refund of an order for the next %s, a minute after the first, and says when",
    async (format) => {
      const { deps, clock } = await aShop();
      const paymentId = await payNow(deps);
      const one = await refundNow(deps, { of: paymentId, ...part(100) });
      const other = await refundNow(deps, { of: paymentId, ...part(200) });
      const before = await offered(deps, format);
      expect(before.cases).toEqual([one]);
      expect(before.reasons).toEqual([{ kind: "same_order" }]);
      clock.ms += 30_000;
      await sent(deps, format);
      const left = deps.now();
      const { cases, reasons } = await offered(deps, format);
      expect([cases, reasons]).toMatchObject([[], [{ kind: "too_soon", seconds: 60 }]]);
      const from = fromOf(reasons);
      expect(Math.abs(from - left - 60_000)).toBeLessThan(5_000);
      clock.ms = from - 9_000;
      expect((await offered(deps, format)).cases).toEqual([]);
      clock.ms = from;
      expect((await offered(deps, format)).cases).toEqual([other]);
    },
  );

  it("X17 a file that left while the clock was days ahead holds the next refund of its order back no more", async () => {
    const { deps, clock } = await aShop();
    const paymentId = await payNow(deps);
    await refundNow(deps, { of: paymentId, ...part(100) });
    clock.ms += 5 * 86_400_000;
    await sent(deps);
    clock.ms -= 5 * 86_400_000;
    const other = await refundNow(deps, { of: paymentId, ...part(200) });
    expect(await offered(deps)).toMatchObject({ cases: [other], reasons: [] });
  });

  it("X17 sets no gap in a list that a person types from, nor after a file that never left", async () => {
    const { deps } = await aShop();
    const paymentId = await payNow(deps);
    await refundNow(deps, { of: paymentId, ...part(100) });
    await refundNow(deps, { of: paymentId, ...part(200) });
    expect((await offered(deps, "refund-list-xls")).cases).toHaveLength(2);
    const { batchId } = valueOf(await prepareBatch(deps, "refund-list-xls", options));
    valueOf(await recallBatch(deps, batchId));
    const { cases, reasons } = await offered(deps);
    expect([cases.length, reasons]).toEqual([1, [{ kind: "same_order" }]]);
  });

  it("keeps what goes over the day's number or sum for tomorrow, and counts what was taken back no more", async () => {
    const { deps, clock } = await aShop();
    valueOf(await wechat(deps, { dailyRefunds: 3, dailyAmount: 10 }));
    const cases = [];
    for (const minor of [400, 700, 500, 100, 50])
      cases.push(await refundNow(deps, { of: await payNow(deps), ...part(minor) }));
    const [a, b, c, d, e] = cases;
    const first = await offered(deps);
    expect(first.cases).toEqual([a, c, d]);
    expect(first.reasons).toEqual([
      { kind: "daily_amount", most: 10 },
      { kind: "daily_refunds", most: 3 },
    ]);
    const { batchId } = valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
    expect((await offered(deps)).cases).toEqual([]);
    valueOf(await recallBatch(deps, batchId));
    expect((await offered(deps)).cases).toEqual([a, c, d]);
    await sent(deps);
    expect((await offered(deps)).cases).toEqual([]);
    clock.ms += 86_400_000;
    expect((await offered(deps)).cases).toEqual([b, e]);
  });

  it("X17 what alone is over the day's sum is not promised for tomorrow, and holds nothing else back", async () => {
    const { deps, clock } = await aShop();
    valueOf(await wechat(deps, { dailyAmount: 10 }));
    await refundNow(deps, { of: await payNow(deps), ...part(1_001) });
    const fits = await refundNow(deps, { of: await payNow(deps), ...part(1_000) });
    const day = await offered(deps);
    expect(day).toEqual({ cases: [fits], reasons: [{ kind: "above_daily", most: 10 }] });
    expect(day.reasons.some(isPassing)).toBe(false);
    clock.ms += 86_400_000;
    expect(await offered(deps)).toEqual(day);
  });

  it("keeps everything until the acquirer takes refunds again, and puts the window that closes first in front", async () => {
    const { deps, clock } = await aShop();
    valueOf(await wechat(deps, { refundHours: [900, 1440] }));
    const late = await refundNow(deps, { of: await payNow(deps) });
    const paidAt = instantFromMs(deps.now() - 300 * 86_400_000);
    const urgent = await refundNow(deps, { of: await payNow(deps, { paidAt }) });
    const shut = await offered(deps);
    expect(shut.cases).toEqual([]);
    expect(shut.reasons).toMatchObject([{ kind: "outside_hours" }, { kind: "outside_hours" }]);
    const from = fromOf(shut.reasons);
    expect(new Date(from).toISOString()).toContain("T07:00:00");
    clock.ms = from - 9_000;
    expect((await offered(deps)).cases).toEqual([]);
    clock.ms = from;
    expect((await offered(deps)).cases).toEqual([urgent, late]);
  });
});
