import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { custom } from "../../src/domain/acquirers/custom.ts";
import {
  dueDates,
  earliest,
  type DueDate,
  type DueFacts,
  type DueKind,
} from "../../src/domain/due-dates.ts";
import type { BusinessDate } from "../../src/domain/instant.ts";
import type { CaseEvent } from "../../src/domain/refund/history.ts";
import type { RefundEvent } from "../../src/domain/journal-event.ts";
import {
  aCase,
  aMoneyEvent,
  aPayment,
  aWithdrawEvent,
  at,
  refundRef,
  shanghai,
} from "../support/a.ts";

const profile = { ...custom, refundWindowDays: 30, voidCutoffMinutes: 22 * 60 + 30 };

const factsOf = (
  events: readonly CaseEvent[] = [],
  refund: Partial<RefundEvent> = {},
  over: Partial<DueFacts> = {},
): DueFacts => ({
  refundCase: aCase(events, { window: "2026-11-28" as BusinessDate, ...refund }),
  payment: aPayment(),
  profile,
  calendar: shanghai,
  ...over,
});

const told = (dates: readonly DueDate[]): readonly (readonly [DueKind, string])[] =>
  dates.map(({ kind, until }) => [kind, until]);

const goods = (state: "received" | "waived"): CaseEvent => ({
  kind: "goods",
  refund: refundRef,
  state,
});

const submitted = aMoneyEvent("submitted", { by: "staff", expectedBy: at("2026-11-25T15:59:59Z") });

/** Paid at 14:00 of 21 November, recorded and given back at 14:00 of the 22nd, all in Shanghai. */
describe("dueDates", () => {
  it("X43 R43 of a refund that is still here: both windows and the fifteen days of the law", () => {
    expect(told(dueDates(factsOf()))).toEqual([
      ["shop_window", "2026-11-28T15:59:59Z"],
      ["channel_window", "2026-12-21T06:00:00Z"],
      ["legal_handling", "2026-12-07T15:59:59Z"],
    ]);
  });

  it("X43 of a return: seven days after the goods came back, the day itself not counted", () => {
    const dates = dueDates(factsOf([goods("received")], { type: "return" }));
    expect(dates).toContainEqual({
      kind: "legal_return",
      date: "2026-11-29",
      until: "2026-11-29T15:59:59Z",
    });
    for (const facts of [
      factsOf([], { type: "return" }),
      factsOf([goods("waived")], { type: "return" }),
      factsOf([goods("received")], { type: "partial" }),
    ])
      expect(dueDates(facts).map(({ kind }) => kind)).not.toContain("legal_return");
  });

  it("X15 R43 of a void: the last second before the batch is closed, in place of the window", () => {
    const kinds = told(dueDates(factsOf([], { mode: "void", type: "full" })));
    expect(kinds).toContainEqual(["void_cutoff", "2026-11-21T14:29:59Z"]);
    expect(kinds.map(([kind]) => kind)).not.toContain("channel_window");
  });

  it("X19 of a refund that the acquirer has: when it should arrive, and the law", () => {
    const exported = aMoneyEvent("exported", { by: "staff" });
    expect(told(dueDates(factsOf([exported, submitted])))).toEqual([
      ["acquirer", "2026-11-25T15:59:59Z"],
      ["legal_handling", "2026-12-07T15:59:59Z"],
    ]);
  });

  it("X43 none once the money arrived, or was withdrawn; all again after it failed", () => {
    const exported = aMoneyEvent("exported", { by: "staff" });
    expect(dueDates(factsOf([exported, submitted, aMoneyEvent("succeeded")]))).toEqual([]);
    expect(dueDates(factsOf([aWithdrawEvent()]))).toEqual([]);
    const failed = dueDates(factsOf([exported, submitted, aMoneyEvent("failed")]));
    expect(failed.map(({ kind }) => kind)).toEqual([
      "shop_window",
      "channel_window",
      "legal_handling",
    ]);
  });

  it("R43 knows no window of the acquirer for cash, nor without a time of payment or a rule", () => {
    const { paidAt: _, ...payment } = aPayment();
    for (const facts of [
      factsOf([], { destination: "cash" }),
      factsOf([], {}, { payment }),
      factsOf([], {}, { payment: undefined }),
      factsOf([], {}, { profile: custom }),
    ])
      expect(dueDates(facts).map(({ kind }) => kind)).toEqual(["shop_window", "legal_handling"]);
  });

  it("R43 the shop's day ends with its cut-off, the law's with the day of the calendar", () => {
    const calendar = { zone: shanghai.zone, cutoffMinutes: 240 };
    const dates = told(dueDates(factsOf([], {}, { calendar })));
    expect(dates).toContainEqual(["shop_window", "2026-11-28T19:59:59Z"]);
    expect(dates).toContainEqual(["legal_handling", "2026-12-07T15:59:59Z"]);
  });
});

describe("earliest", () => {
  it("X43 the legal due date is the earliest of the dates shown", () => {
    const dates = dueDates(factsOf([goods("received")], { type: "return" }));
    expect(earliest(dates)?.kind).toBe("shop_window");
    const open = dates.filter(({ kind }) => kind !== "shop_window");
    expect(earliest(open)).toMatchObject({ kind: "legal_return", date: "2026-11-29" });
  });

  it("X43 is one of the dates and before none of them, whatever their order; none of none", () => {
    const minutes = fc.array(fc.integer({ min: 10, max: 59 }), { minLength: 1 });
    fc.assert(
      fc.property(minutes, (all) => {
        const dates = all.map<DueDate>((minute) => ({
          kind: "acquirer",
          until: at(`2026-11-22T06:${minute}:00Z`),
        }));
        const first = earliest(dates);
        expect(dates).toContain(first);
        expect(dates.every(({ until }) => first !== undefined && first.until <= until)).toBe(true);
      }),
    );
    expect(earliest([])).toBeUndefined();
  });
});
