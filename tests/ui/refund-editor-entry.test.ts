import { speakChinese } from "../support/chinese.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { DeviceId, StaffId } from "../../src/domain/ids.ts";
import { wechatpay } from "../../src/domain/acquirers/wechatpay.ts";
import { remaining } from "../../src/domain/payment.ts";
import type { Quantity } from "../../src/domain/quantity.ts";
import { newDraft, type RefundContext } from "../../src/domain/refund/draft.ts";
import { chipReasons } from "../../src/domain/reasons.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import {
  draftOf,
  entryTypes,
  isTouched,
  mustTypeAgain,
  newEntry,
  parseKeptRefund,
  sides,
  type AmountChoice,
  type KeptRefund,
  type RefundEntry,
} from "../../src/ui/screens/new-refund/refund-entry.ts";
import { reviewOf } from "../../src/ui/screens/new-refund/review.ts";
import { policyLine } from "../../src/ui/screens/new-refund/policy-line.ts";
import {
  aCaseId,
  aContext,
  anEvidenceFile,
  aPayment,
  aPaymentWithClaims,
  aStaff,
  at,
  cny,
} from "../support/a.ts";

await speakChinese();

const entry = (over: Partial<RefundEntry> = {}): RefundEntry => ({
  ...newEntry(aCaseId()),
  ...over,
});
const typed = (text: string, checked = false): AmountChoice => ({ kind: "typed", text, checked });

const reviewed = (draft: RefundEntry, about: Partial<RefundContext> = {}) => {
  const context = aContext(about);
  const left = context.payment === undefined ? cny(0) : remaining(context.payment);
  return reviewOf(context, draftOf(draft, left));
};

const lineOf = (about: Partial<RefundContext> = {}): string => {
  const { policy, profile } = aContext(about);
  const answer = reviewed(entry(), about);
  if (!answer.ok) return answer.fault.kind;
  const { verdict, open } = answer.value;
  return policyLine(verdict, { policy: policy.rules, profile, open, byAcquirer: true }).text;
};

describe("an entry of the editor", () => {
  it("begins with everything that is left, and untouched", () => {
    expect(isTouched(entry())).toBe(false);
    expect(draftOf(entry({ reason: "faulty" }), cny(3_600))).toEqual(
      newDraft({ caseId: aCaseId(), amount: { kind: "full" }, reason: "faulty" }),
    );
  });

  it.each([
    [{ kind: "half" } as const, 750],
    [typed("12.5"), 1_250],
    [typed(""), 0],
  ])("reads %o as %d of 15.01", (amount, minor) => {
    expect(draftOf(entry({ amount }), cny(1_501)).amount).toEqual({
      kind: "partial",
      amount: cny(minor),
    });
  });

  it("R17 X32 reads chosen lines and typed ones, half a unit too", () => {
    const lines = { kind: "lines", chosen: { 1: "0.5" as Quantity }, free: [] } as const;
    expect(draftOf(entry({ amount: lines }), cny(1)).amount).toEqual({
      kind: "lines",
      lines: [{ index: 1, quantity: "0.5" }],
    });
    const row = { name: "苹果", price: "3.20", quantity: "2.5" };
    expect(draftOf(entry({ amount: { ...lines, free: [row] } }), cny(1)).amount).toEqual({
      kind: "free_lines",
      lines: [{ name: "苹果", price: cny(320), quantity: "2.5" }],
    });
  });

  it("R18 an exchange names goods and which way the difference goes", () => {
    const replacement = [{ name: "大号", price: "50", quantity: "1" }];
    const exchange = { returned: { 1: "1" as Quantity }, replacement };
    const even = entry({ type: "exchange", exchange: { ...exchange, side: "even" } });
    expect(draftOf(even, cny(3_600))).toMatchObject({ type: "exchange", amount: { kind: "none" } });
    const back = { ...even, exchange: { ...exchange, side: "refund" as const } };
    expect(draftOf({ ...back, amount: typed("5") }, cny(3_600)).amount).toEqual({
      kind: "partial",
      amount: cny(500),
    });
    const due = { ...even, exchange: { ...exchange, side: "collect" as const } };
    expect(draftOf({ ...due, amount: typed("14") }, cny(3_600))).toMatchObject({
      amount: { kind: "none" },
      exchange: { due: cny(1_400), returned: [{ index: 1, quantity: "1" }] },
    });
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
    expect(reviewed(entry({ amount: typed("10") }), { payment })).toMatchObject({
      ok: true,
      value: { before: cny(6_000), after: cny(5_000) },
    });
  });

  it("says nothing of an amount that cannot be refunded", () => {
    expect(reviewed(entry({ amount: typed("") })).ok).toBe(false);
  });

  it("R40 R41 tells in words what the rules say, the worst first", () => {
    expect(lineOf()).toBe("符合 7 天政策 · 原路退回");
    const clerk = aStaff({ role: "clerk", staff: "k1" as StaffId });
    const late = at("2026-12-22T06:00:00Z");
    expect(lineOf({ now: late })).toBe("超过本店 7 天期限 · 由你放行");
    expect(lineOf({ now: late, staff: clerk })).toBe("超过本店 7 天期限 · 需要店长审批");
    expect(lineOf({ payment: aPayment({ grade: "D" }), staff: clerk })).toContain("需要店长审批");
    expect(lineOf({ now: at("2027-11-22T06:00:00Z"), profile: wechatpay })).toBe("rule_refused");
  });

  it("X8 warns of the same amount again", () => {
    expect(lineOf({ payment: aPaymentWithClaims(10_000, [5_000]) })).toContain(
      "刚退过同样金额，确认不是重复？",
    );
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
  const row = fc.record({ name: fc.string(), price: fc.string(), quantity: fc.string() });
  const chosen = fc.dictionary(
    fc.nat({ max: 40 }).map(String),
    fc.constantFrom("1", "0.5", "0") as fc.Arbitrary<Quantity>,
  );
  const entries: fc.Arbitrary<KeptRefund> = fc.record({
    caseId: fc.constant(aCaseId()),
    type: fc.constantFrom(...entryTypes, "void" as const, "unreferenced" as const),
    amount: fc.oneof(
      choices,
      fc.record({ kind: fc.constant("lines" as const), chosen, free: fc.array(row) }),
    ),
    exchange: fc.record({
      side: fc.constantFrom(...sides),
      returned: chosen,
      replacement: fc.array(row),
    }),
    destination: fc.constantFrom("original", "cash", "store_credit", "other"),
    reason: fc.constantFrom("", ...chipReasons),
    refusal: fc.constantFrom("", "past_window"),
    offers: fc.subarray(["exchange", "store_credit"] as const),
    note: fc.string(),
    evidence: fc.constantFrom([], [anEvidenceFile()]),
    identity: fc.constantFrom(undefined, { paper: "id_card", last4: "123X" }),
    reopens: fc.constant(undefined),
    policyShown: fc.constantFrom(undefined, { device: "d" as DeviceId, seq: 1 }),
    address: fc.oneof(
      fc.record({ c: fc.string() }),
      fc.record({ p: fc.string() }),
      fc.record({ p: fc.string(), o: fc.string() }),
      fc.constant({ u: "1" }),
    ),
  });

  it("R44 of an older version, without the newer fields, is read too", () => {
    const old = {
      caseId: "x",
      amount: { kind: "full" },
      reason: "faulty",
      note: "",
      address: { c: "1" },
    };
    expect(parseKeptRefund(old)).toMatchObject({ type: "refund", destination: "original" });
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
