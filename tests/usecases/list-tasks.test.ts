import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { addSeconds, instantFromMs, type Instant } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { oneUnit } from "../../src/domain/quantity.ts";
import { caseState } from "../../src/domain/refund/case-state.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import type { TodoKind } from "../../src/domain/todo.ts";
import { countByTask, pageSize } from "../../src/storage/queries.ts";
import { approveRefund } from "../../src/usecases/approve-refund.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { listTasks, type TodoList } from "../../src/usecases/list-tasks.ts";
import { recordInvoice } from "../../src/usecases/log-contact.ts";
import { recordCopiesSent } from "../../src/usecases/merchant-copy.ts";
import { recordGoods } from "../../src/usecases/receive-goods.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { retryRefund } from "../../src/usecases/retry-refund.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import {
  asClerk,
  caseAt,
  exportNow,
  hearNow,
  paymentAt,
  payNow,
  refundNow,
  setMail,
  submitNow,
} from "../support/refunds.ts";

const nowOf = (deps: Deps): Instant => instantFromMs(deps.now());

const day = 86_400;

const totalsOf = ({ groups }: TodoList): Partial<Record<TodoKind, number>> =>
  Object.fromEntries(groups.map(({ kind, total }) => [kind, total]));

const groupOf = (list: TodoList, wanted: TodoKind) =>
  list.groups.find(({ kind }) => kind === wanted)?.items ?? [];

const caseIdsOf = (list: TodoList, wanted: TodoKind): readonly string[] =>
  groupOf(list, wanted).map(({ refundCase }) => refundCase.caseId);

const idsOf = (list: TodoList): ReadonlySet<string> =>
  new Set(list.groups.flatMap(({ items }) => items.map(({ refundCase }) => refundCase.caseId)));

const owner = { approver: "s1", pin: "739182" } as Pick<
  Parameters<typeof approveRefund>[2],
  "approver" | "pin"
>;

/** A shop with something of everything: what it lists, and under which case. */
const aBusyShop = async () => {
  const { deps } = await aShop();
  const abnormal = await refundNow(deps);
  const unknown = await refundNow(deps);
  const waiting = await refundNow(deps);
  const arrived = await refundNow(deps);
  await submitNow(deps);
  await hearNow(deps, abnormal, "abnormal");
  await hearNow(deps, unknown, "unknown");
  await hearNow(deps, arrived, "succeeded");
  valueOf(await recordInvoice(deps, arrived, { issued: "yes" }));
  const exported = await refundNow(deps);
  await exportNow(deps);
  const pending = await refundNow(asClerk(deps));
  const cash = await refundNow(deps, { destination: "cash", note: "原卡已注销" });
  const goods = await refundNow(deps, { type: "return", reason: "changed_mind" });
  const ready = await refundNow(deps);
  return { deps, abnormal, unknown, waiting, arrived, exported, pending, cash, goods, ready };
};

describe("the to-do list of a shop", () => {
  it("R46 R47 lists everything that needs a person, each case under its most urgent step", async () => {
    const shop = await aBusyShop();
    const list = await listTasks(shop.deps, nowOf(shop.deps));
    expect(list.groups.map(({ kind }) => kind)).toEqual([
      "unknown",
      "abnormal",
      "approve",
      "submit",
      "pay_out",
      "goods",
      "invoice",
      "tell",
    ]);
    expect(list.total).toBe(8);
    expect(caseIdsOf(list, "unknown")).toEqual([shop.unknown]);
    expect(caseIdsOf(list, "abnormal")).toEqual([shop.abnormal]);
    expect(caseIdsOf(list, "approve")).toEqual([shop.pending]);
    expect(caseIdsOf(list, "submit")).toEqual([shop.exported]);
    expect(caseIdsOf(list, "pay_out")).toEqual([shop.cash]);
    expect(caseIdsOf(list, "goods")).toEqual([shop.goods]);
    expect(caseIdsOf(list, "invoice")).toEqual([shop.arrived]);
    expect(caseIdsOf(list, "tell")).toEqual([shop.arrived]);
  });

  it("R47 an abnormal refund keeps its money reserved while it is listed", async () => {
    const { deps, abnormal } = await aBusyShop();
    const [item] = groupOf(await listTasks(deps, nowOf(deps)), "abnormal");
    expect(item?.refundCase.caseId).toBe(abnormal);
    expect(item?.payment && remaining(item.payment).minor).toBe(0);
  });

  it("R5 X3 moves the clock by years: no state and no sum changes, the list only grows", async () => {
    const { deps } = await aBusyShop();
    const { db } = deps.journal;
    const rows = async (): Promise<string> =>
      JSON.stringify([
        await db.cases.toArray(),
        await db.payments.toArray(),
        await db.counters.toArray(),
      ]);
    const before = await rows();
    const start = nowOf(deps);
    const totals: number[] = [];
    for (const days of [0, 1.5, 3, 5, 13, 40, 400, 4000])
      totals.push((await listTasks(deps, addSeconds(start, days * day))).total);
    expect(totals).toEqual([...totals].sort((one, other) => one - other));
    expect(totals.at(-1)).toBeGreaterThan(totals[0] ?? 0);
    expect(await rows()).toBe(before);
  });

  it("R5 X3 whatever the clock says, every case that needs a person today is listed", async () => {
    const { deps } = await aBusyShop();
    const today = await listTasks(deps, nowOf(deps));
    const clock = fc.integer({ min: 0, max: 30 * 365 * day });
    await fc.assert(
      fc.asyncProperty(clock, async (seconds) => {
        const later = await listTasks(deps, addSeconds(nowOf(deps), seconds));
        const found = idsOf(later);
        expect([...idsOf(today)].filter((caseId) => !found.has(caseId))).toEqual([]);
        const shown = later.groups.reduce((sum, { items }) => sum + items.length, 0);
        expect(later.total).toBe(shown);
        const own = later.groups.filter(({ kind }) => kind !== "tell");
        const once = own.flatMap(({ items }) => items.map(({ refundCase }) => refundCase.caseId));
        expect(new Set(once).size).toBe(once.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a line of the to-do list", () => {
  it("R14 asks for a decision, refuses one without a reason, then asks to tell the customer", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(asClerk(deps));
    const reject = (reason: string) =>
      approveRefund(deps, caseId, { ...owner, decision: { result: "reject", reason } });
    expect(await reject("")).toMatchObject({ fault: { kind: "reason_missing" } });
    expect(caseIdsOf(await listTasks(deps, nowOf(deps)), "approve")).toEqual([caseId]);
    valueOf(await reject("past_window"));
    expect(totalsOf(await listTasks(deps, nowOf(deps)))).toEqual({ tell: 1 });
    valueOf(await tellCustomer(deps, caseId, { via: "share", language: "zh-CN" }));
    expect((await listTasks(deps, nowOf(deps))).total).toBe(0);
  });

  it("R51 goods that are out keep a case open and listed until they are back", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps, { type: "return", reason: "changed_mind" });
    expect(totalsOf(await listTasks(deps, nowOf(deps)))).toEqual({ goods: 1 });
    expect(caseState(await caseAt(deps, caseId))).toBe("waiting_goods");
    const check = { unused: true, complete: true };
    valueOf(await recordGoods(deps, caseId, { state: "received", check }));
    expect((await listTasks(deps, nowOf(deps))).total).toBe(0);
    await submitNow(deps);
    await hearNow(deps, caseId, "succeeded");
    expect(caseState(await caseAt(deps, caseId))).toBe("done");
  });

  it("R51 an exchange is done only when the other goods were handed over", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps, {
      type: "exchange",
      reason: "wrong_size",
      amount: { kind: "none" },
      exchange: {
        returned: [],
        replacement: [{ name: "发夹", quantity: oneUnit, price: money(36_000, CNY) }],
      },
    });
    expect(totalsOf(await listTasks(deps, nowOf(deps)))).toEqual({ goods: 1 });
    valueOf(await recordGoods(deps, caseId, { state: "given" }));
    expect((await listTasks(deps, nowOf(deps))).total).toBe(0);
    expect(caseState(await caseAt(deps, caseId))).toBe("done");
  });

  it("X42 an invoice without a decision is listed until there is one", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    await submitNow(deps);
    valueOf(await recordInvoice(deps, caseId, { issued: "yes", red: "needed" }));
    expect(totalsOf(await listTasks(deps, nowOf(deps)))).toEqual({ invoice: 1 });
    valueOf(await recordInvoice(deps, caseId, { issued: "yes", red: "done", red_no: "310126" }));
    expect((await listTasks(deps, nowOf(deps))).total).toBe(0);
  });

  it("R5 X19 is overdue one second after its date, and says since when", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    await submitNow(deps);
    const due = latestAttempt(await caseAt(deps, caseId)).expectedBy;
    if (due === undefined) throw new Error("a submitted refund has a date");
    expect((await listTasks(deps, due)).total).toBe(0);
    const late = await listTasks(deps, addSeconds(due, 1));
    expect(groupOf(late, "overdue")).toMatchObject([{ at: due, task: "wait" }]);
    expect((await caseAt(deps, caseId)).money).toBe("submitted");
  });

  it("X7 an earlier attempt that arrives after all is listed before everything else of its case", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    await submitNow(deps);
    await hearNow(deps, caseId, "failed");
    valueOf(await retryRefund(deps, caseId, 1));
    await submitNow(deps);
    const report = {
      result: "succeeded",
      by: "portal",
      at: nowOf(deps),
      reference: "5030220",
      attempt: 1,
      evidence: [],
    } as const;
    valueOf(await recordResult(deps, caseId, report));
    const list = await listTasks(deps, nowOf(deps));
    expect(totalsOf(list)).toEqual({ late_success: 1 });
    expect(groupOf(list, "late_success")).toMatchObject([{ refundCase: { caseId } }]);
  });

  it("X7 a sum above what was paid is told for money that still counts", async () => {
    const { deps } = await aShop();
    const of = await payNow(deps);
    const caseId = await refundNow(deps, { of });
    await submitNow(deps);
    const payment = await paymentAt(deps, of);
    const external = money(100, CNY).minor;
    const row = await deps.journal.db.payments.get(of);
    if (row === undefined) throw new Error("no row");
    await deps.journal.db.payments.put({ ...row, payment: { ...payment, external } });
    expect(caseIdsOf(await listTasks(deps, nowOf(deps)), "over_refund")).toEqual([caseId]);
  });

  it("R22 is listed when nobody touched it for 48 hours, with the step it waits for", async () => {
    const { deps } = await aShop();
    const pending = await refundNow(asClerk(deps));
    const ready = await refundNow(deps);
    const later = addSeconds(nowOf(deps), 48 * 3600);
    const list = await listTasks(deps, later);
    expect(totalsOf(list)).toEqual({ untouched: 2 });
    expect(
      groupOf(list, "untouched").map(({ refundCase: { caseId }, task }) => [caseId, task]),
    ).toEqual([
      [pending, "approve"],
      [ready, "export"],
    ]);
  });

  it("R43 X43 deadlines come by time, the earliest date of each case first", async () => {
    const { deps, clock } = await aShop();
    const goods = await refundNow(deps, { type: "return", reason: "changed_mind" });
    const check = { unused: true, complete: true };
    valueOf(await recordGoods(deps, goods, { state: "received", check }));
    clock.ms += 5 * day * 1000;
    const old = await payNow(deps, { paidAt: instantFromMs(clock.ms - 364 * day * 1000) });
    const window = await refundNow(deps, { of: old });
    const list = await listTasks(deps, nowOf(deps));
    const found = groupOf(list, "deadline").map(({ refundCase, due }) => [
      refundCase.caseId,
      due?.kind,
    ]);
    expect(found).toEqual([
      [window, "channel_window"],
      [goods, "legal_return"],
    ]);
  });
});

describe("a backup on the to-do list", () => {
  it("R46 R49 is one line while it is due", async () => {
    const { deps, clock } = await aShop();
    await refundNow(deps);
    expect(totalsOf(await listTasks(deps, nowOf(deps)))).toEqual({});
    clock.ms += 25 * 3_600_000;
    expect(totalsOf(await listTasks(deps, nowOf(deps)))).toEqual({ backup: 1 });
  });
});

describe("merchant copies on the to-do list", () => {
  it("R42 are counted only where the shop has an address, until they are sent", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    await refundNow(deps);
    expect(totalsOf(await listTasks(deps, nowOf(deps)))).toEqual({});
    await setMail(deps, "shop@example.com");
    expect(totalsOf(await listTasks(deps, nowOf(deps)))).toEqual({ merchant_copy: 2 });
    valueOf(await recordCopiesSent(deps, [caseId], { via: "share" }));
    expect(totalsOf(await listTasks(deps, nowOf(deps)))).toEqual({ merchant_copy: 1 });
  });
});

describe("a long to-do list", () => {
  it("R46 shows a page of a kind and counts all of it, also of those that stand elsewhere", async () => {
    const { deps } = await aShop();
    const many = pageSize + 5;
    for (let count = 0; count < many; count++) await refundNow(asClerk(deps));
    const now = nowOf(deps);
    const list = await listTasks(deps, now);
    expect(totalsOf(list)).toEqual({ backup: 1, approve: many });
    expect(groupOf(list, "approve")).toHaveLength(pageSize);
    expect((await countByTask(deps.journal.db)).approve).toBe(many);
    const stale = await listTasks(deps, addSeconds(now, 60 * day));
    expect(stale.total).toBe(many + 1);
  });
});
