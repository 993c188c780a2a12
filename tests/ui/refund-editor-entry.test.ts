import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { custom } from "../../src/domain/acquirers/custom.ts";
import type { AcquirerProfile } from "../../src/domain/acquirers/profile.ts";
import { wechatpay } from "../../src/domain/acquirers/wechatpay.ts";
import { chipReasons } from "../../src/domain/reasons.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import {
  amountOf,
  draftOf,
  isTouched,
  mustTypeAgain,
  newEntry,
  parseKeptRefund,
  review,
  type AmountChoice,
  type KeptRefund,
  type RefundEntry,
} from "../../src/ui/screens/new-refund/refund-entry.ts";
import { policyLine } from "../../src/ui/screens/new-refund/policy-line.ts";
import { aCaseId, aPayment, aPaymentWithClaims, at, cny, shanghai } from "../support/a.ts";

const entry = (over: Partial<RefundEntry> = {}): RefundEntry => ({
  ...newEntry(aCaseId()),
  ...over,
});
const typed = (text: string, checked = false): AmountChoice => ({ kind: "typed", text, checked });

const facts = {
  policy: defaultPolicy,
  profile: custom,
  calendar: shanghai,
  now: at("2026-11-22T06:00:00Z"),
};
const owner = { policy: defaultPolicy, profile: custom as AcquirerProfile, owner: true };

const lineOf = (payment = aPayment(), now = facts.now, about = owner): string => {
  const { profile } = about;
  const reviewed = review(payment, draftOf(entry(), cny(0)), { ...facts, now, profile });
  return reviewed === undefined ? "" : policyLine(reviewed.verdict, about).text;
};

describe("an entry of the editor", () => {
  it("begins with everything that is left, and untouched", () => {
    expect(amountOf(entry(), cny(3_600)).minor).toBe(3_600);
    expect(isTouched(entry())).toBe(false);
    expect(draftOf(entry({ reason: "faulty" }), cny(3_600))).toEqual({
      caseId: aCaseId(),
      amount: { kind: "full" },
      reason: "faulty",
    });
  });

  it("takes half down to the lower unit and never more than is left", () => {
    expect(amountOf(entry({ amount: { kind: "half" } }), cny(1_501)).minor).toBe(750);
  });

  it("reads a typed amount as it stands and nothing typed as zero", () => {
    expect(amountOf(entry({ amount: typed("12.5") }), cny(3_600)).minor).toBe(1_250);
    expect(amountOf(entry({ amount: typed("") }), cny(3_600)).minor).toBe(0);
  });

  it("leaves a note of spaces out", () => {
    expect(draftOf(entry({ note: "  " }), cny(1))).not.toHaveProperty("note");
  });

  it.each([{ amount: { kind: "half" } as const }, { reason: "faulty" }, { note: "x" }])(
    "is touched by %o",
    (part) => {
      expect(isTouched(entry(part))).toBe(true);
    },
  );
});

describe("R44 a large amount", () => {
  const large = cny(500_000);

  it("must be typed again from the shop's limit on", () => {
    expect(mustTypeAgain(entry({ amount: typed("999.99") }), large, defaultPolicy)).toBe(false);
    expect(mustTypeAgain(entry({ amount: typed("1000") }), large, defaultPolicy)).toBe(true);
  });

  it("is done once it was typed twice, and full and half need no typing", () => {
    expect(mustTypeAgain(entry({ amount: typed("1000", true) }), large, defaultPolicy)).toBe(false);
    expect(mustTypeAgain(entry(), large, defaultPolicy)).toBe(false);
    expect(mustTypeAgain(entry({ amount: { kind: "half" } }), large, defaultPolicy)).toBe(false);
  });
});

describe("the review line", () => {
  it("R40 shows the balance before and after, less what is reserved", () => {
    const payment = aPaymentWithClaims(10_000, [4_000]);
    const draft = draftOf(entry({ amount: typed("10") }), cny(6_000));
    const reviewed = review(payment, draft, facts);
    expect(reviewed?.before.minor).toBe(6_000);
    expect(reviewed?.after.minor).toBe(5_000);
  });

  it("says nothing of an amount that cannot be refunded", () => {
    const draft = draftOf(entry({ amount: typed("") }), cny(10_000));
    expect(review(aPayment(), draft, facts)).toBeUndefined();
  });

  it("tells in words what the rules say, the worst first", () => {
    expect(lineOf()).toBe("符合 7 天政策 · 原路退回");
    expect(lineOf(aPayment(), at("2026-12-22T06:00:00Z"))).toBe("超过本店 7 天期限，由店主放行");
    expect(lineOf(aPayment({ grade: "D" }), facts.now, { ...owner, owner: false })).toBe(
      "凭证等级 D，需要店主登记",
    );
    const late = at("2027-11-22T06:00:00Z");
    expect(lineOf(aPayment(), late, { ...owner, profile: wechatpay })).toBe(
      "已超过 365 天，平台不再受理",
    );
  });

  it("X8 warns of the same amount again", () => {
    expect(lineOf(aPaymentWithClaims(10_000, [5_000]))).toBe("刚退过同样金额，确认不是重复？");
  });
});

describe("a kept entry", () => {
  const choices = fc.oneof(
    fc.constant<AmountChoice>({ kind: "full" }),
    fc.constant<AmountChoice>({ kind: "half" }),
    fc.record({
      kind: fc.constant("typed" as const),
      text: fc.stringMatching(/^\d{0,5}(\.\d{0,2})?$/),
      checked: fc.boolean(),
    }),
  );
  const entries: fc.Arbitrary<KeptRefund> = fc.record({
    caseId: fc.constant(aCaseId()),
    amount: choices,
    reason: fc.constantFrom("", ...chipReasons),
    note: fc.string(),
    address: fc.oneof(fc.record({ c: fc.string() }), fc.record({ p: fc.string() })),
  });

  it("is read as it was written, after the way through the store", () => {
    fc.assert(
      fc.property(entries, (kept) => {
        expect(parseKeptRefund(structuredClone(kept))).toEqual(kept);
      }),
    );
  });

  it("of an unknown shape is left alone", () => {
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        const read = parseKeptRefund(kept);
        expect(read === undefined || typeof read.caseId === "string").toBe(true);
      }),
    );
    expect(parseKeptRefund({ caseId: "x", reason: "", note: "", address: { c: "1" } })).toBe(
      undefined,
    );
  });
});
