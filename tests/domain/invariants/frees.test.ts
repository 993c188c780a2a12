import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copyBooks } from "../../../src/domain/copy-books.ts";
import type { RecordRef, StaffId } from "../../../src/domain/ids.ts";
import type {
  DecideEvent,
  JournalEvent,
  MoneyEvent,
  RefundEvent,
} from "../../../src/domain/journal-event.ts";
import {
  aHash,
  aMoneyEvent,
  aNoticeEvent,
  aPaymentEvent,
  aRefundEvent,
  aRefundNo,
  aStaff,
  cny,
  units,
} from "../../support/a.ts";
import { pick, type Act } from "./act.ts";
import { frees, sameSums } from "./check-balance.ts";
import { begin } from "./step.ts";
import { isDeep, seed } from "../../support/deep.ts";
import { aShopAt } from "./survey.ts";
import { clockAt, nextRef, recordAll, type Walk } from "./walk.ts";

const kinds = [
  ...(["refund", "refund", "refund", "withdraw", "decide", "decide", "goods"] as const),
  ...(["notice", "money", "money", "money", "money", "money", "payment"] as const),
];

/** Anything that a journal may hold, in any order: nobody has judged whether it was allowed. */
type Raw = {
  readonly kind: (typeof kinds)[number];
  readonly which: number;
  readonly how: number;
  readonly minor: number;
  readonly seconds: number;
};

const anyRaw: fc.Arbitrary<Raw> = fc.record({
  kind: fc.constantFrom(...kinds),
  which: fc.nat(9_999),
  how: fc.nat(9_999),
  minor: fc.integer({ min: 1, max: 6_000 }),
  seconds: fc.integer({ min: -400_000_000, max: 400_000_000 }),
});

const refundsOf = ({ model }: Walk) => [...model.claims.values()].map(({ signed }) => signed);

const refundFor = (walk: Walk, which: number): RecordRef | undefined =>
  pick(refundsOf(walk), which)?.ref;

const rawRefund = (walk: Walk, { which, how, minor }: Raw): RefundEvent => {
  const { seq } = nextRef(walk);
  const before = how % 4 === 0 ? pick(refundsOf(walk), which) : undefined;
  const paymentId = pick([...walk.books.payments.keys()], which);
  if (paymentId === undefined) throw new Error("there are payments");
  const basis = before?.event ?? aRefundEvent({ caseId: `case-${seq}` as RefundEvent["caseId"] });
  const own = refundsOf(walk).filter(({ event }) => event.caseId === basis.caseId);
  return {
    ...basis,
    paymentId: before?.event.paymentId ?? paymentId,
    attempt: own.length + 1,
    amount: cny(minor),
    refundNo: aRefundNo(seq * 20),
    ...(how % 3 === 0 ? { need: { by: "other", why: ["role_limit"] } } : {}),
  };
};

const states = [
  ...(["exported", "submitted", "ready", "exported", "submitted"] as const),
  ...(["processing", "needs_action", "unknown", "abnormal"] as const),
  ...(["succeeded", "failed", "closed", "reversed", "retracted", "retracted"] as const),
];

const rawMoney = (walk: Walk, { which, how, seconds }: Raw): MoneyEvent | undefined => {
  const all = refundsOf(walk);
  const [one, other] = [pick(all, which), pick(all, how)];
  if (one === undefined || other === undefined) return undefined;
  const told = walk.records.filter(
    ({ event }) => event.kind === "money" && event.refunds.some(({ seq }) => seq === one.ref.seq),
  );
  const refunds = how % 5 === 0 && one !== other ? [one.ref, other.ref] : [one.ref];
  const state = pick(states, how >> 3) ?? "unknown";
  const imported = { record: one.ref, row: aHash(how) };
  const retracts = pick(told, how)?.ref;
  const at = clockAt(walk.now, seconds);
  if (state === "retracted")
    return retracts && aMoneyEvent(state, { refunds: [one.ref], retracts, by: "staff" });
  return aMoneyEvent(state, { refunds, imported, at });
};

const rawDecision = (walk: Walk, { which, how }: Raw): DecideEvent | undefined => {
  const refund = pick(refundsOf(walk), which)?.ref;
  const about = pick(["refund", "refund", "reopen", "recall", "conflict"] as const, how);
  const result = (how >> 3) % 2 === 0 ? "approve" : "reject";
  return refund && about && { kind: "decide", about, result, refund };
};

/** Only a statement shows that two payments are one. */
const rawPayment = (walk: Walk, { which, how, minor }: Raw): JournalEvent => {
  const ids = [...walk.books.payments.keys()];
  const [paymentId, other] = [pick(ids, which), pick(ids, how)];
  if (paymentId === undefined || other === undefined) throw new Error("there are payments");
  return aPaymentEvent({
    paymentId,
    amount: cny(minor),
    source: how % 2 === 0 ? "import" : "manual",
    ...(how % 3 === 0 ? { external: units(minor) } : {}),
    ...(how % 14 === 0 && other !== paymentId ? { same: [other] } : {}),
  });
};

const goodsStates = ["awaiting", "received", "waived", "lost", "given"] as const;

const rawGoods = (refund: RecordRef, { how, minor }: Raw): JournalEvent => ({
  kind: "goods",
  refund,
  state: pick(goodsStates, how) ?? "lost",
  lines: [{ index: 1, quantity: "7", amount: units(minor) }],
});

const rawEvents: Readonly<Record<Raw["kind"], (walk: Walk, raw: Raw) => JournalEvent | undefined>> =
  {
    refund: rawRefund,
    money: rawMoney,
    decide: rawDecision,
    payment: rawPayment,
    withdraw: (walk, { which }) => {
      const refund = refundFor(walk, which);
      return refund && { kind: "withdraw", refund, why: "customer" };
    },
    goods: (walk, raw) => {
      const refund = refundFor(walk, raw.which);
      return refund && rawGoods(refund, raw);
    },
    notice: (walk, { which }) => {
      const refund = refundFor(walk, which);
      return refund && aNoticeEvent({ refund });
    },
  };

const idle: Act = {
  kind: "nothing",
  who: 0,
  which: 0,
  how: 0,
  more: 0,
  minor: 0,
  clock: { kind: "home" },
};

let events = 0;

describe(`any list of records, with seed ${seed}`, () => {
  it("invariant 4: X3 X5 R47 nothing frees but rejected, withdrawn, failed, closed, reversed and retracted", () => {
    fc.assert(
      fc.property(fc.array(anyRaw, { minLength: 20, maxLength: 90, size: "max" }), (list) => {
        let walk = begin(aShopAt());
        for (const raw of list) {
          const now = { ...walk, now: clockAt(walk.now, raw.seconds) };
          const before = { ...now, books: copyBooks(now.books) };
          const event = rawEvents[raw.kind](now, raw);
          const after = recordAll(now, event === undefined ? [] : [{ event }], "s1" as StaffId);
          const recorded = after.records.slice(before.records.length);
          const seen = { act: idle, staff: aStaff(), before, after, recorded, fault: undefined };
          frees(seen);
          sameSums(after.books, after.model);
          events += recorded.length;
          walk = after;
        }
      }),
      { numRuns: isDeep ? 2_500 : 60, seed },
    );
    expect(events).toBeGreaterThan(isDeep ? 100_000 : 1_000);
  }, 3_600_000);
});
