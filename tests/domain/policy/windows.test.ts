import { describe, expect, it } from "vitest";
import { addSeconds, type Calendar, type Instant } from "../../../src/domain/instant.ts";
import { channelDeadline } from "../../../src/domain/policy/channel-window.ts";
import type { RuleOutcome } from "../../../src/domain/policy/facts.ts";
import { shopDeadline } from "../../../src/domain/policy/shop-window.ts";
import { aPayment, at, cny, shanghai } from "../../support/a.ts";
import { aPolicy, aProfile, aRequester, calendarOf, outcomeOf } from "./facts.ts";

const undated = () => {
  const { paidAt: _, ...payment } = aPayment();
  return payment;
};

const channelAt = (paidAt: Instant, now: Instant, days = 365, calendar: Calendar = shanghai) =>
  outcomeOf("channel_window", {
    payment: aPayment({ paidAt }),
    profile: aProfile({ refundWindowDays: days }),
    calendar,
    now,
  });

const shopAt = (paidAt: string, now: string, calendar: Calendar): RuleOutcome | undefined =>
  outcomeOf("shop_window", {
    payment: aPayment({ paidAt: at(paidAt) }),
    policy: aPolicy({ windowDays: 7 }),
    calendar,
    now: at(now),
  });

describe("channelDeadline", () => {
  it.each([
    ["a year later", "2025-11-22T06:00:00Z", "Asia/Shanghai", "2026-11-22T06:00:00Z"],
    ["over a leap day", "2027-11-22T06:00:00Z", "Asia/Shanghai", "2028-11-21T06:00:00Z"],
    ["from a leap day", "2028-02-29T06:00:00Z", "Asia/Shanghai", "2029-02-28T06:00:00Z"],
    ["over year end", "2025-12-31T15:59:59Z", "Asia/Shanghai", "2026-12-31T15:59:59Z"],
    ["by the wall clock", "2025-11-01T12:00:00Z", "America/New_York", "2026-11-01T13:00:00Z"],
    ["after a gap", "2025-03-08T07:30:00Z", "America/New_York", "2026-03-08T07:30:00Z"],
    ["in a fold first", "2025-11-01T05:30:00Z", "America/New_York", "2026-11-01T05:30:00Z"],
    [
      "after half an hour's gap",
      "2025-10-03T15:45:00Z",
      "Australia/Lord_Howe",
      "2026-10-03T15:45:00Z",
    ],
    ["in London's gap", "2025-03-29T01:30:00Z", "Europe/London", "2026-03-29T01:30:00Z"],
    ["a quarter off", "2025-11-21T18:14:59Z", "Asia/Kathmandu", "2026-11-21T18:14:59Z"],
  ])("R43 ends %s", (_, paidAt, zone, deadline) => {
    expect(channelDeadline(at(paidAt), 365, calendarOf(zone))).toBe(deadline);
  });

  it("R43 does not know the cut-off: it is the acquirer's window, not the stall's", () => {
    const paidAt = at("2026-11-21T16:30:00Z");
    expect(channelDeadline(paidAt, 7, calendarOf("Asia/Shanghai", 240))).toBe(
      channelDeadline(paidAt, 7, shanghai),
    );
  });
});

describe("the acquirer's window", () => {
  const paidAt = at("2025-11-22T06:00:00Z");
  const deadline = at("2026-11-22T06:00:00Z");

  it("R43 takes a refund in its very last second and none a second later", () => {
    expect(channelAt(paidAt, deadline)).toBe("warn");
    expect(channelAt(paidAt, addSeconds(deadline, 1))).toBe("refused");
  });

  it("R43 warns in its last three days, from the second after them on", () => {
    const soon = addSeconds(deadline, -3 * 86_400);
    expect(channelAt(paidAt, soon)).toBe("pass");
    expect(channelAt(paidAt, addSeconds(soon, 1))).toBe("warn");
  });

  it("R43 says nothing where no window or no time of payment is known", () => {
    const late = { now: at("2036-01-01T00:00:00Z") };
    expect(outcomeOf("channel_window", { ...late, payment: undated() })).toBe("pass");
    expect(outcomeOf("channel_window", late)).toBe("pass");
    const profile = aProfile({ refundWindowDays: 365 });
    expect(outcomeOf("channel_window", { ...late, profile, payment: undated() })).toBe("pass");
    expect(outcomeOf("channel_window", { ...late, profile, payment: undefined })).toBe("pass");
  });

  it("R43 leaves cash and an even exchange alone: the acquirer has no part in them", () => {
    const late = {
      profile: aProfile({ refundWindowDays: 365 }),
      now: at("2036-01-01T00:00:00Z"),
    };
    expect(outcomeOf("channel_window", late)).toBe("refused");
    expect(outcomeOf("channel_window", { ...late, destination: "cash" })).toBe("pass");
    expect(outcomeOf("channel_window", { ...late, amount: cny(0) })).toBe("pass");
  });
});

describe("shopDeadline", () => {
  it("R43 counts days of the stall, after its cut-off", () => {
    const night = at("2026-11-21T16:30:00Z"); // half past midnight in Shanghai
    expect(shopDeadline(night, 7, shanghai)).toBe("2026-11-29");
    expect(shopDeadline(night, 7, calendarOf("Asia/Shanghai", 240))).toBe("2026-11-28");
    expect(shopDeadline(night, 7, calendarOf("UTC"))).toBe("2026-11-28");
  });

  it("R43 goes over year end and leap day", () => {
    expect(shopDeadline(at("2026-12-28T06:00:00Z"), 7, shanghai)).toBe("2027-01-04");
    expect(shopDeadline(at("2028-02-26T06:00:00Z"), 3, shanghai)).toBe("2028-02-29");
    expect(shopDeadline(at("2028-02-29T06:00:00Z"), 365, shanghai)).toBe("2029-02-28");
  });
});

/** Stall, cut-off, time of payment, last second of the window of seven days. */
const windows = [
  ["Asia/Shanghai", 0, "2026-11-21T06:00:00Z", "2026-11-28T15:59:59Z"],
  ["UTC", 0, "2026-11-21T23:59:59Z", "2026-11-28T23:59:59Z"],
  ["Asia/Shanghai", 240, "2026-11-21T19:59:59Z", "2026-11-28T19:59:59Z"],
  ["Asia/Shanghai", 240, "2026-11-21T20:00:00Z", "2026-11-29T19:59:59Z"],
  ["Asia/Shanghai", 0, "2026-12-28T06:00:00Z", "2027-01-04T15:59:59Z"],
  ["Asia/Shanghai", 0, "2028-02-22T06:00:00Z", "2028-02-29T15:59:59Z"],
  ["Asia/Shanghai", 0, "2028-02-29T06:00:00Z", "2028-03-07T15:59:59Z"],
  ["America/New_York", 0, "2026-03-01T17:00:00Z", "2026-03-09T03:59:59Z"],
  ["America/New_York", 0, "2026-10-25T17:00:00Z", "2026-11-02T04:59:59Z"],
  ["America/New_York", 150, "2026-02-28T17:00:00Z", "2026-03-08T07:29:59Z"],
  ["America/New_York", 90, "2026-10-24T17:00:00Z", "2026-11-01T05:29:59Z"],
  ["Europe/London", 0, "2026-03-22T12:00:00Z", "2026-03-29T22:59:59Z"],
  ["Europe/London", 0, "2026-10-18T12:00:00Z", "2026-10-25T23:59:59Z"],
  ["Australia/Lord_Howe", 0, "2026-09-27T03:00:00Z", "2026-10-04T12:59:59Z"],
  ["Australia/Lord_Howe", 0, "2026-03-29T03:00:00Z", "2026-04-05T13:29:59Z"],
  ["Australia/Lord_Howe", 105, "2026-03-28T03:00:00Z", "2026-04-04T14:44:59Z"],
  ["Asia/Kathmandu", 0, "2026-11-21T18:14:59Z", "2026-11-28T18:14:59Z"],
  ["Asia/Kathmandu", 0, "2026-11-21T18:15:00Z", "2026-11-29T18:14:59Z"],
  ["Pacific/Apia", 0, "2011-12-23T12:00:00Z", "2011-12-30T09:59:59Z"],
  ["Pacific/Apia", 0, "2026-11-21T10:59:59Z", "2026-11-28T10:59:59Z"],
] as const;

const sameDay = (now: string): RuleOutcome | undefined =>
  outcomeOf("shop_window", { policy: aPolicy({ windowDays: 0 }), now: at(now) });

describe("the shop's window", () => {
  it.each(windows)(
    "R43 F48 in %s, cut-off %i: paid at %s it ends with %s, that second included",
    (zone, cutoffMinutes, paidAt, last) => {
      const calendar = calendarOf(zone, cutoffMinutes);
      expect(shopAt(paidAt, last, calendar)).toBe("pass");
      expect(shopAt(paidAt, addSeconds(at(last), 1), calendar)).toBe("lead");
    },
  );

  it("R43 warns when nobody knows when the payment was made", () => {
    const over = {
      payment: undated(),
      requester: aRequester("clerk"),
      reason: "changed_mind",
    } as const;
    for (const rule of ["shop_window", "role_window", "cooling_off"] as const)
      expect(outcomeOf(rule, over)).toBe("warn");
  });

  it("R43 a window of no days is the day of payment itself", () => {
    expect(sameDay("2026-11-21T15:59:59Z")).toBe("pass");
    expect(sameDay("2026-11-21T16:00:00Z")).toBe("lead");
  });

  it("R43 F47 a clock that was set back before the payment opens nothing and blocks nothing", () => {
    const now = at("1970-01-01T00:00:00Z");
    expect(outcomeOf("shop_window", { now })).toBe("pass");
    expect(outcomeOf("channel_window", { now, profile: aProfile({ refundWindowDays: 1 }) })).toBe(
      "pass",
    );
  });
});

describe("a role's own window", () => {
  const policy = aPolicy({
    windowDays: 30,
    limits: { clerk: { days: 2 }, lead: { days: 5 } },
  });
  const on = (role: "clerk" | "lead" | "owner", now: string): RuleOutcome | undefined =>
    outcomeOf("role_window", { policy, now: at(now), requester: aRequester(role) });

  it("R43 X28 a clerk asks a lead after the clerk's days, to the second", () => {
    expect(on("clerk", "2026-11-23T15:59:59Z")).toBe("pass");
    expect(on("clerk", "2026-11-23T16:00:00Z")).toBe("lead");
  });

  it("R43 X28 a lead asks the owner after the lead's days: nobody sets aside a limit of their own", () => {
    expect(on("lead", "2026-11-26T15:59:59Z")).toBe("pass");
    expect(on("lead", "2026-11-26T16:00:00Z")).toBe("owner");
  });

  it("R43 the owner has no days of their own", () => {
    expect(on("owner", "2036-11-26T16:00:00Z")).toBe("pass");
  });
});
