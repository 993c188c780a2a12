import type { RefundCase } from "../../src/domain/refund/case.ts";
import { speakChinese } from "../support/chinese.ts";
import { describe, expect, it } from "vitest";

import type { StaffId } from "../../src/domain/ids.ts";
import type { MoneyEvent, NoticeEvent } from "../../src/domain/journal-event.ts";
import type { Money } from "../../src/domain/money.ts";
import type { CaseEvent } from "../../src/domain/refund/history.ts";
import { loadMessages, translator } from "../../src/i18n/index.ts";
import type { Format } from "../../src/ui/format.ts";
import { groupDays } from "../../src/ui/screens/records/day-groups.ts";
import {
  parseView,
  refundFilters,
  statesOf,
  writeView,
} from "../../src/ui/screens/records/records-filter.ts";
import { stepsOf } from "../../src/ui/screens/refund/case-steps.ts";
import {
  amountOf,
  evidenceText,
  historyText,
  nameOf,
  typeText,
  weakGrade,
} from "../../src/ui/screens/refund/case-words.ts";
import { customerText } from "../../src/ui/screens/refund/customer-text.ts";
import { CNY, findCurrency } from "../../src/domain/currency.ts";
import { money, type MinorUnits } from "../../src/domain/money.ts";
import {
  aCase,
  aMoneyEvent,
  aNoticeEvent,
  aPayment,
  aStaff,
  at,
  aWithdrawEvent,
  cny,
  shanghai,
} from "../support/a.ts";

await speakChinese();

const words = translator(await loadMessages("zh-CN"));
const format = { time: (instant: string) => instant.slice(11, 16) } as unknown as Format;
const people = [aStaff({ name: "王店主" })];

const tellCase = (refundCase: RefundCase): string =>
  customerText(words, {
    refundCase,
    shop: { name: "面馆", currency: CNY, calendar: shanghai },
    language: "zh-CN",
  });

const tell = (events: readonly CaseEvent[]): string => tellCase(aCase(events));

describe("the text to the customer", () => {
  const early: readonly (readonly CaseEvent[])[] = [
    [],
    [aMoneyEvent("exported")],
    [aMoneyEvent("exported"), aMoneyEvent("submitted")],
    [aMoneyEvent("exported"), aMoneyEvent("submitted"), aMoneyEvent("processing")],
    [aMoneyEvent("exported"), aMoneyEvent("submitted"), aMoneyEvent("abnormal")],
  ];

  it.each(early)("R50 is no proof of arrival before there is evidence", (...events) => {
    expect(tell(events)).toMatch(/不是到账证明$/);
    expect(tell(events)).not.toMatch(/退款成功|已退回/);
  });

  it("X40 says first that it is practice, and never of a real refund", () => {
    expect(tellCase({ ...aCase([]), training: true })).toMatch(/^练习\n/);
    expect(tellCase(aCase([]))).not.toContain("练习");
  });

  it("names the day the platform took it and the day of the evidence", () => {
    const submitted = aMoneyEvent("submitted", { at: at("2026-11-20T18:00:00Z") });
    expect(tell([aMoneyEvent("exported"), submitted])).toContain("2026-11-21");
    const arrived = aMoneyEvent("succeeded", { at: at("2026-11-24T01:00:00Z") });
    expect(tell([aMoneyEvent("exported"), submitted, arrived])).toContain(
      "已退回原付款账户（2026-11-24）",
    );
  });

  it("R14 R24 R30 R50 tells of approval, refusal, other ways and exchanges what is so", () => {
    const plain = aCase([]);
    const cash = { ...plain, destination: "cash" } as const;
    const { money: _, ...even } = plain;
    expect(tellCase({ ...plain, money: "pending_approval" })).toContain("正在审批");
    expect(tellCase({ ...plain, money: "withdrawn", approval: "rejected" })).toContain("不能退");
    expect(tellCase(cash)).toContain("将以现金付给您");
    expect(tellCase(cash)).not.toContain("平台");
    expect(tellCase({ ...cash, money: "succeeded" })).toContain("已以现金退给您");
    expect(tellCase(even)).toContain("换货");
    expect(tellCase(even)).toContain("不退钱");
  });

  it("tells that a withdrawn or failed refund brings no money", () => {
    expect(tell([aWithdrawEvent()])).toContain("不会退款");
    expect(tell([aMoneyEvent("exported"), aMoneyEvent("failed")])).toContain("没有退成");
  });
});

const statesTold = [
  "exported",
  "submitted",
  "ready",
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
  "succeeded",
  "failed",
  "closed",
  "reversed",
] as const satisfies readonly MoneyEvent["state"][];
const vias = [
  "print",
  "qr",
  "share",
  "email",
  "sms",
  "voice",
  "screen",
  "call",
] as const satisfies readonly NoticeEvent["via"][];

const entryOf = (event: CaseEvent) => {
  const entry = aCase([event]).history.at(-1);
  if (entry === undefined) throw new Error("the event left no entry");
  return entry;
};

describe("the history of a case", () => {
  it("has its own words for every state, cause and way of telling", () => {
    const causes = ["customer", "mistake", "duplicate", "conflict", "policy", "other"] as const;
    const events: readonly CaseEvent[] = [
      ...statesTold.map((state) => aMoneyEvent(state)),
      ...causes.map((why) => aWithdrawEvent({ why })),
      ...vias.map((via) => aNoticeEvent({ via })),
    ];
    const texts = events.map((event) => historyText(entryOf(event)));
    expect(new Set(texts).size).toBe(events.length);
    expect(texts.filter((text) => /[{}]|undefined/.test(text))).toEqual([]);
  });

  it("tells first print and copies apart", () => {
    expect(historyText(entryOf(aNoticeEvent({ copy: 1 })))).toBe("已告知顾客登记（打印）");
    expect(historyText(entryOf(aNoticeEvent({ copy: 3 })))).toBe("打印副本 3");
  });

  it("names the source of a result and none for what we did ourselves", () => {
    expect(evidenceText(entryOf(aMoneyEvent("succeeded", { by: "cust" })))).toBe("顾客确认");
    expect(evidenceText(entryOf(aMoneyEvent("submitted", { by: "staff" })))).toBeUndefined();
  });

  it("calls people by name, the app by its word and unknown people by their pseudonym", () => {
    expect(nameOf(people, "owner" as StaffId)).toBe("王店主");
    expect(nameOf(people, "sys" as StaffId)).toBe("系统");
    expect(nameOf(people, "s9" as StaffId)).toBe("s9");
  });
});

const steps = (events: readonly CaseEvent[]) =>
  stepsOf(aCase(events), { format, people }).map(({ label, standing }) => `${label} ${standing}`);

describe("the track of a refund", () => {
  it("waits for the export, then for the upload, then for the platform", () => {
    expect(steps([])).toEqual([
      "已登记 done",
      "导出 now",
      "提交平台 later",
      "平台处理 later",
      "已到账 later",
    ]);
    const exported = aMoneyEvent("exported");
    expect(steps([exported]).slice(1, 3)).toEqual(["已导出 done", "提交平台 now"]);
    const submitted = [exported, aMoneyEvent("submitted")];
    expect(steps(submitted).slice(2)).toEqual(["已提交平台 done", "平台处理 now", "已到账 later"]);
    expect(steps([...submitted, aMoneyEvent("abnormal")])[3]).toBe("退款异常 failed");
  });

  it("R19 has one step at a time: nothing is exported before the goods are back", () => {
    const returned = { ...aCase([]), type: "return", goods: "awaiting" } as const;
    const told = stepsOf(returned, { format, people }).map(
      ({ label, standing }) => `${label} ${standing}`,
    );
    expect(told.slice(0, 3)).toEqual(["已登记 done", "收到商品 now", "导出 later"]);
  });

  it("R18 an exchange is called by what the customer pays or gets", () => {
    const exchange = { ...aCase([]), type: "exchange" } as const;
    const attempts = exchange.attempts.map((attempt) => ({ ...attempt, amount: cny(0) }));
    expect(typeText(exchange)).toBe("换货退差");
    expect(typeText({ ...exchange, attempts })).toBe("等价换货");
    const collected = { ...exchange, attempts, due: 1300 as MinorUnits };
    expect(typeText(collected)).toBe("换货补差");
    expect(amountOf(collected)).toEqual(cny(1300));
    expect(amountOf(exchange)).toEqual(exchange.amount);
  });

  it("X26 no refund is called ready to leave while nothing proves its payment", () => {
    const grades = (["A", "D", "E"] as const).map((grade) =>
      weakGrade(aCase([]), { ...aPayment(), grade }),
    );
    expect(grades).toEqual([undefined, "D", "E"]);
    const left = aCase([aMoneyEvent("exported")]);
    expect(weakGrade(left, { ...aPayment(), grade: "E" })).toBeUndefined();
    expect(weakGrade({ ...aCase([]), destination: "cash" }, { ...aPayment(), grade: "E" })).toBe(
      undefined,
    );
  });

  it("goes back to the export when a batch is recalled", () => {
    expect(steps([aMoneyEvent("exported"), aMoneyEvent("ready")])[1]).toBe("导出 now");
  });

  it("R6 ends green only with evidence, and shows no step that did not happen", () => {
    expect(steps([aMoneyEvent("succeeded", { by: "cust" })])).toEqual([
      "已登记 done",
      "已到账 arrived",
    ]);
    const way = [aMoneyEvent("exported"), aMoneyEvent("submitted"), aMoneyEvent("failed")];
    expect(steps(way)).toEqual([
      "已登记 done",
      "已导出 done",
      "已提交平台 done",
      "退款失败 failed",
    ]);
    expect(steps([aWithdrawEvent()])).toEqual(["已登记 done", "已撤回 done"]);
  });
});

describe("the filters of the list", () => {
  it("come back from the address as they were written", () => {
    for (const filters of [
      [],
      ["today"],
      ["to_export", "withdrawn"],
      [...refundFilters],
    ] as const) {
      const view = { segment: "refunds", filters } as const;
      expect(parseView(writeView(view))).toEqual(view);
    }
    expect(parseView(writeView({ segment: "payments", filters: [] })).segment).toBe("payments");
    expect(parseView("nonsense,today")).toEqual({ segment: "refunds", filters: ["today"] });
  });

  it("let every state through when only the day is chosen", () => {
    expect(statesOf(["today"])).toEqual([]);
    expect(statesOf(["to_export", "to_submit"])).toEqual(["ready", "exported"]);
  });
});

describe("groupDays", () => {
  type Row = { readonly time: string; readonly amount: Money | undefined };
  const group = (rows: readonly Row[], more = false) =>
    groupDays(rows, {
      at: (row) => at(row.time),
      amount: (row) => row.amount,
      calendar: shanghai,
      more,
    });
  const jpy = findCurrency("JPY") ?? CNY;

  it("F46 adds up each currency by itself and leaves out what does not count", () => {
    const [day] = group([
      { time: "2026-11-22T05:00:00Z", amount: cny(100) },
      { time: "2026-11-22T04:00:00Z", amount: money(500, jpy) },
      { time: "2026-11-22T03:00:00Z", amount: undefined },
      { time: "2026-11-22T02:00:00Z", amount: cny(50) },
    ]);
    expect(day?.sums).toEqual([cny(150), money(500, jpy)]);
    expect(day?.rows).toHaveLength(4);
  });

  it("cuts at the stall's midnight and marks the last day as unfinished while there is more", () => {
    const rows = [
      { time: "2026-11-21T16:00:00Z", amount: cny(1) },
      { time: "2026-11-21T15:59:59Z", amount: cny(1) },
    ];
    expect(group(rows).map((day) => day.date)).toEqual(["2026-11-22", "2026-11-21"]);
    expect(group(rows, true).map((day) => day.whole)).toEqual([true, false]);
  });
});
