import { beforeEach, describe, expect, it, vi } from "vitest";

import { acquirers } from "../../src/domain/acquirers/index.ts";
import type { AcquirerProfile } from "../../src/domain/acquirers/profile.ts";
import { CNY } from "../../src/domain/currency.ts";
import { instantFromMs, type BusinessDate } from "../../src/domain/instant.ts";
import type { CaseId } from "../../src/domain/ids.ts";
import { previewBatches } from "../../src/usecases/choose-batch.ts";
import { changeProfile } from "../../src/usecases/change-profile.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { noteBalance, readBalance } from "../../src/usecases/note-balance.ts";
import { plannedNow, readFloatPlans } from "../../src/usecases/read-float-plans.ts";
import { aHash, aStaff, cny, faultOf, valueOf } from "../support/a.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { headOf } from "../support/journal-watch.ts";
import { fileOf, mergeInto, sameSale } from "../support/merging.ts";
import { asClerk, exportNow, hearNow, payNow, refundNow, submitNow } from "../support/refunds.ts";
import { twoTills } from "../support/two-tills.ts";

const kept = vi.hoisted(() => new Map<string, unknown>());

vi.mock("../../src/storage/drafts.ts", () => ({
  getPreference: async (name: string) => kept.get(name),
  setPreference: async (name: string, value: unknown) => void kept.set(name, value),
}));

let shop: TestShop;
let deps: Deps;

beforeEach(async () => {
  shop = await aShop();
  deps = { ...shop.deps, sinceStart: () => [1, 1_000] };
  kept.clear();
});

const part = (minor: number) => ({ amount: { kind: "partial", amount: cny(minor) } }) as const;

const plans = (of = deps) => readFloatPlans(of, instantFromMs(of.now()));

const plan = async (of = deps) => {
  const [first] = (await plans(of)).plans;
  if (first === undefined) throw new Error("nothing waits");
  return first;
};

const note = async (typed: string, of = deps): Promise<void> =>
  valueOf(await noteBalance(of, "wechatpay", typed));

const available = async (of = deps): Promise<number | undefined> =>
  (await plan(of)).available?.minor;

const change = async (over: Partial<AcquirerProfile>): Promise<void> =>
  void valueOf(await changeProfile(deps, { ...acquirers.wechatpay, ...over }));

const stepsOf = async (): Promise<readonly (readonly [CaseId, string])[]> =>
  (await plan()).queue.map(({ refund, step }) => [refund.caseId, step]);

describe("the plan of a shop", () => {
  it("X13 names the first refund that will fail and the top-up, and records nothing", async () => {
    const [small, large] = [await refundNow(deps, part(3_000)), await refundNow(deps, part(9_000))];
    await note("100");
    const before = await headOf(deps);
    const made = await plan();
    expect(await stepsOf()).toEqual([
      [small, "now"],
      [large, "wait"],
    ]);
    expect([made.firstFailure, made.topUp]).toEqual([large, cny(2_000)]);
    expect([...plannedNow(await plans())]).toEqual([small]);
    expect(await headOf(deps)).toEqual(before);
  });

  it("X13 promises nothing where nobody told a balance", async () => {
    const only = await refundNow(deps, part(3_000));
    const made = await plan();
    expect([made.available, made.topUp, made.firstFailure]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await stepsOf()).toEqual([[only, "now"]]);
    expect(made.queue[0]?.because).toEqual([{ kind: "no_promise" }]);
  });

  it.each([
    ["daily_refunds", { dailyRefunds: 2 }, 2],
    ["daily_amount", { dailyAmount: 45 }, 45],
  ] as const)(
    "X13 X17 what is over the day goes tomorrow, as at the export: %s",
    async (kind, limit, most) => {
      await change(limit);
      await refundNow(deps, part(1_000));
      await exportNow(deps);
      const [small, large] = [
        await refundNow(deps, part(1_500)),
        await refundNow(deps, part(2_500)),
      ];
      expect(await stepsOf()).toEqual([
        [small, "now"],
        [large, "later"],
      ]);
      const [, second] = (await plan()).queue;
      expect(second?.because).toContainEqual({ kind, most });
      const only = plannedNow(await plans());
      const texts = { reason: () => "", channel: () => "" };
      const { offers } = await previewBatches(deps, { gradeD: false, texts, only });
      expect(offers.map(({ cases }) => cases)).toContainEqual([small]);
      shop.clock.ms += 86_400_000;
      expect(plannedNow(await plans())).toEqual(new Set([small, large]));
    },
  );

  it("X13 opens the ends of the chains once for all acquirers, 25 records at a time", async () => {
    const alipay = await payNow(deps, { acquirer: "alipay", channel: "alipay" });
    await refundNow(deps, { of: alipay, ...part(700) });
    for (let at = 0; at < 25; at++) await refundNow(deps, part(100));
    const heads = vi.spyOn(deps.journal.db.heads, "toArray");
    const pause = vi.fn(async () => undefined);
    expect((await plans({ ...deps, pause })).plans).toHaveLength(2);
    const { seq } = await headOf(deps);
    expect(heads).toHaveBeenCalledTimes(1);
    expect(pause.mock.calls.length).toBeGreaterThanOrEqual(Math.floor(seq / 25));
    expect(pause.mock.calls.length).toBeLessThan(10);
  });

  it("X13 takes off what was exported, and what was handed in since, but not what was before", async () => {
    const before = await refundNow(deps, part(1_000));
    await submitNow(deps);
    await note("100");
    await refundNow(deps, part(2_000));
    expect(await available()).toBe(10_000);
    await exportNow(deps);
    await refundNow(deps, part(500));
    expect(await available()).toBe(8_000);
    await hearNow(deps, before, "succeeded");
    expect(await available()).toBe(8_000);
  });

  it("X13 X3 a clock set back hides nothing that was handed in since", async () => {
    await note("100");
    shop.clock.ms -= 15 * 3_600_000;
    const paid = await payNow(deps);
    await refundNow(deps, { of: paid, ...part(2_000) });
    await submitNow(deps);
    await refundNow(deps, { of: paid, ...part(500) });
    expect(await available()).toBe(8_000);
    shop.clock.ms += 80 * 86_400_000;
    expect(await available()).toBe(8_000);
  });

  it("X13 X3 the same where only clocks tell the day: one set back and right again", async () => {
    await change({ balanceSource: "takings" });
    const paid = await payNow(deps);
    shop.clock.ms -= 15 * 3_600_000;
    for (const minor of [1_500, 500]) {
      await refundNow(deps, { of: paid, ...part(minor) });
      await submitNow(deps);
      shop.clock.ms += 61_000;
    }
    shop.clock.ms += 15 * 3_600_000;
    await refundNow(deps, { of: paid, ...part(500) });
    expect(await available()).toBe(34_000);
  });

  it("X13 frees what failed, and keeps what was refused but can be cured", async () => {
    await note("100");
    const [one, other] = [await refundNow(deps, part(2_000)), await refundNow(deps, part(3_000))];
    await submitNow(deps);
    await refundNow(deps, part(500));
    expect(await available()).toBe(5_000);
    await hearNow(deps, one, "failed");
    expect(await available()).toBe(7_000);
    await hearNow(deps, other, "needs_action");
    expect(await available()).toBe(7_000);
  });

  it("X13 counts today's proven takings where refunds are paid from them", async () => {
    await change({ balanceSource: "takings" });
    const paid = await payNow(deps);
    await payNow(deps, { proof: "screenshot" });
    await payNow(deps, { paidAt: instantFromMs(deps.now() - 86_400_000) });
    await payNow(deps, { acquirer: "alipay", channel: "alipay" });
    await refundNow(deps, { of: paid, ...part(500) });
    expect(await available()).toBe(36_000);
    await note("50");
    expect(await available()).toBe(5_000);
    await payNow(deps, { paidAt: instantFromMs(deps.now()) });
    expect(await available()).toBe(41_000);
    shop.clock.ms += 86_400_000;
    expect(await available()).toBe(0);
  });

  it("X13 believes a statement of today where it shows more", async () => {
    await change({ balanceSource: "takings" });
    const { db } = deps.journal;
    const paid = await payNow(deps);
    await refundNow(deps, { of: paid, ...part(500) });
    const day = "2026-11-22" as BusinessDate;
    const record = { device: deps.device, seq: 0 };
    const ofDay = async (file: number, to: BusinessDate, sums: readonly [number, number]) => {
      const event = { acquirer: "wechatpay", period: [day, to], sums: { CNY: sums } };
      const at = instantFromMs(deps.now());
      await db.imports.put({ file: aHash(file), record, at, event } as never);
      const importId = String(file);
      await db.statementImports.put({ importId, name: "", digest: aHash(file), record });
    };
    await ofDay(1, day, [90_000, 10_000]);
    expect(await available()).toBe(80_000);
    await ofDay(2, "2026-11-23" as BusinessDate, [900_000, 0]);
    await ofDay(3, day, [70_000, 0]);
    expect(await available()).toBe(80_000);
  });

  it("X13 holds out of it what cannot leave, and cash asks no acquirer", async () => {
    await note("100");
    await refundNow(deps, part(500));
    await refundNow(deps, { of: await payNow(deps, { proof: "screenshot" }), ...part(700) });
    await refundNow(deps, { ...part(900), destination: "cash", note: "顾客要现金" });
    const { plans: all, held } = await plans();
    expect([all.length, all[0]?.queue.length, held]).toEqual([1, 1, 1]);
    expect(await available()).toBe(10_000);
  });

  it("X13 is one for each acquirer", async () => {
    const alipay = await payNow(deps, { acquirer: "alipay", channel: "alipay" });
    await refundNow(deps, { of: alipay, ...part(700) });
    await refundNow(deps, part(500));
    await note("1");
    const { plans: all } = await plans();
    expect(all.map(({ acquirer, available: money }) => [acquirer, money?.minor])).toEqual([
      ["alipay", undefined],
      ["wechatpay", 100],
    ]);
  });

  it("X13 promises nothing when more happened since than it reads", async () => {
    await note("100");
    await refundNow(deps, part(500));
    const { db } = deps.journal;
    const head = await db.heads.get(deps.device);
    const row = await db.records.get([deps.device, 0]);
    if (head === undefined || row === undefined) throw new Error("a shop has records");
    const more = Array.from({ length: 2_200 }, (_, index) =>
      Object.assign({}, row, { seq: head.seq + 1 + index }),
    );
    await db.records.bulkAdd(more);
    await db.heads.put({ ...head, seq: head.seq + more.length });
    const made = await plan();
    expect(made.available).toBeUndefined();
    expect(made.because.at(-1)).toEqual({ kind: "not_counted" });
  });

  it("X13 X9 takes off what another till recorded or handed in", async () => {
    const { one, other } = await twoTills();
    const sale = await sameSale(one, "ORDER-1");
    await refundNow(one, { of: sale, ...part(500) });
    await note("100", one);
    await refundNow(other, part(2_000));
    await submitNow(other);
    await refundNow(other, part(3_000));
    valueOf(await mergeInto(one, await fileOf(other)));
    expect(await available(one)).toBe(5_000);
  });

  it("X13 X40 shows a plan in practice, of practice alone", async () => {
    await note("100");
    const practice = (await aShop({ training: true })).deps;
    await refundNow(practice, part(500));
    expect(await available(practice)).toBeUndefined();
    await note("7", practice);
    expect(await available(practice)).toBe(700);
    expect((await readBalance(deps, "wechatpay"))?.amount).toEqual(cny(10_000));
  });
});

describe("a balance that somebody tells", () => {
  it("X13 is kept with its time, and forgotten when nothing is typed", async () => {
    await note("1234.5");
    const known = await readBalance(deps, "wechatpay");
    expect([known?.amount, known?.at.slice(0, 10)]).toEqual([cny(123_450), "2026-11-22"]);
    await note(" ");
    expect(await readBalance(deps, "wechatpay")).toBeUndefined();
  });

  it.each([
    ["12,5", "amount_not_a_number"],
    ["-3", "amount_not_a_number"],
    ["1.234", "amount_too_many_decimals"],
    ["999999999999", "amount_too_large"],
  ])("X13 %s is refused: %s", async (typed, kind) => {
    expect(faultOf(await noteBalance(deps, "wechatpay", typed))).toMatchObject({ kind });
  });

  it.each([
    "",
    "{}",
    "7",
    "{nonsense",
    '{"minor":1.5,"seq":1,"currency":"CNY","at":"2026-11-22T06:00:00Z","device":"d"}',
    '{"minor":1,"seq":1,"currency":"CNY","at":"yesterday","device":"d"}',
    '{"minor":1,"seq":1,"currency":"???","at":"2026-11-22T06:00:00Z","device":"d"}',
  ])("X13 what was kept as %s is none", async (text) => {
    kept.set("balance.wechatpay", text);
    expect(await readBalance(deps, "wechatpay")).toBeUndefined();
  });

  it("X13 X28 is told by who may export, and by nobody while locked", async () => {
    for (const role of ["lead", "owner"] as const)
      valueOf(await noteBalance(actingAs(deps, aStaff({ role })), "wechatpay", "1"));
    const auditor = actingAs(deps, aStaff({ role: "auditor" }));
    for (const person of [asClerk(deps), auditor])
      expect(faultOf(await noteBalance(person, "wechatpay", "1"))).toEqual({
        kind: "not_entitled",
        action: "export",
      });
    const locked = { ...deps, staff: () => undefined };
    expect(faultOf(await noteBalance(locked, "wechatpay", "1"))).toEqual({ kind: "locked" });
    expect(CNY).toBe((await readBalance(deps, "wechatpay"))?.amount.currency);
  });
});
