import { describe, expect, it } from "vitest";
import type { Batch } from "../../../src/domain/batch.ts";
import type { BatchId } from "../../../src/domain/ids.ts";
import type { MoneyEvent } from "../../../src/domain/journal-event.ts";
import type { RefundCase } from "../../../src/domain/refund/case.ts";
import { decideRecall, decideUpload } from "../../../src/domain/refund/decide-batch.ts";
import { decideResult, type ResultReport } from "../../../src/domain/refund/decide-result.ts";
import { decideWithdraw } from "../../../src/domain/refund/decide-withdraw.ts";
import {
  aCase,
  aHash,
  aMoneyEvent,
  aRef,
  aStaff,
  at,
  aWithdrawEvent,
  cny,
  faultOf,
  refundRef,
  valueOf,
} from "../../support/a.ts";

const aReport = (over: Partial<ResultReport> = {}): ResultReport => ({
  result: "succeeded",
  by: "portal",
  reference: "50300000001",
  at: at("2026-11-22T07:00:00Z"),
  evidence: [],
  ...over,
});

const late = { staff: aStaff(), now: at("2099-01-01T00:00:00Z") };

describe("decideWithdraw", () => {
  it("M6 withdraws what has not left", () => {
    for (const refundCase of [aCase(), aCase([], { need: { by: "any", why: [] } })])
      expect(valueOf(decideWithdraw(aStaff(), refundCase, "customer"))).toEqual(aWithdrawEvent());
  });

  it.each(["exported", "submitted", "succeeded"] as const)(
    "X5 withdraws nothing after %s",
    (state) => {
      const events = [aMoneyEvent("exported"), aMoneyEvent(state)];
      expect(faultOf(decideWithdraw(aStaff(), aCase(events), "customer"))).toEqual({
        kind: "not_allowed_now",
        state,
      });
    },
  );

  it("withdraws once", () => {
    expect(decideWithdraw(aStaff(), aCase([aWithdrawEvent()]), "customer").ok).toBe(false);
  });
});

describe("decideResult", () => {
  const submitted = aCase([aMoneyEvent("exported"), aMoneyEvent("submitted")]);
  it.each(["portal", "slip", "support"] as const)(
    "R6 X6 sets no success by %s without a number that proves it",
    (by) => {
      for (const reference of ["", "  ", "\n"])
        expect(faultOf(decideResult(late, submitted, aReport({ by, reference }))).kind).toBe(
          "evidence_missing",
        );
      const { reference: _, ...bare } = aReport({ by });
      expect(faultOf(decideResult(late, submitted, bare)).kind).toBe("evidence_missing");
    },
  );

  it("X6 takes pasted words for no number of an acquirer", () => {
    for (const reference of ["HTTP 200 退款成功！", "退款成功", "x".repeat(65)])
      expect(faultOf(decideResult(late, submitted, aReport({ reference }))).kind).toBe(
        "reference_characters",
      );
  });

  it("R6 records a success with its number, cleaned of spaces, under the name its source gives it", () => {
    const told = valueOf(decideResult(late, submitted, aReport({ reference: " 5030 0000 001 " })));
    expect(told).toEqual({
      kind: "money",
      state: "succeeded",
      by: "portal",
      refunds: [refundRef],
      at: "2026-11-22T07:00:00Z",
      channelRefundNo: "50300000001",
    });
    const support = valueOf(decideResult(late, submitted, aReport({ by: "support" })));
    expect([support.ticket, support.channelRefundNo]).toEqual(["50300000001", undefined]);
  });

  it("R6 lets the customer confirm a success and nothing else", () => {
    expect(decideResult(late, submitted, aReport({ by: "cust" })).ok).toBe(true);
    for (const result of ["failed", "closed", "reversed", "processing", "unknown"] as const)
      expect(faultOf(decideResult(late, submitted, aReport({ by: "cust", result }))).kind).toBe(
        "evidence_missing",
      );
  });

  it("refuses a failure of what never left, and takes a success even then (X7)", () => {
    expect(faultOf(decideResult(late, aCase(), aReport({ result: "failed" })))).toEqual({
      kind: "not_allowed_now",
      state: "ready",
    });
    expect(decideResult(late, aCase(), aReport()).ok).toBe(true);
    expect(decideResult(late, aCase([aWithdrawEvent()]), aReport()).ok).toBe(true);
  });
});

const batchId = "B1" as BatchId;
const facts = { id: batchId, format: "refund-list-csv", rows: 1, total: cny(1_000) };

const exportedAs = (out: NonNullable<MoneyEvent["out"]>): MoneyEvent =>
  aMoneyEvent("exported", { by: "file", batch: facts, out });

/** A case that left in the batch, its refund record at this place of the chain. */
const inBatch = (seq: number, ...events: readonly MoneyEvent[]): RefundCase => {
  const refundCase = aCase([exportedAs("prepared"), ...events]);
  const record = aRef(seq);
  const attempts = refundCase.attempts.map((attempt) => Object.assign({}, attempt, { record }));
  return { ...refundCase, attempts };
};

const aBatch = (out: Batch["out"]): Batch => {
  const { id, ...rest } = facts;
  const createdAt = at("2026-11-22T06:00:00Z");
  return {
    ...rest,
    batchId: id,
    file: aHash(9),
    refunds: [refundRef],
    createdAt,
    out,
    state: "created",
  };
};

describe("decideUpload", () => {
  const now = at("2026-11-22T08:00:00Z");
  const when = { staff: aStaff(), now };

  it("M10 reports a batch with its refunds in the order of the chain", () => {
    const event = valueOf(decideUpload(when, [inBatch(9), inBatch(4), inBatch(11)], { batchId }));
    expect(event.refunds.map((ref) => ref.seq)).toEqual([4, 9, 11]);
    expect([event.state, event.by, event.at]).toEqual(["submitted", "staff", now]);
  });

  it("X16 leaves out what was reported, answered or recalled already, and what left in another batch", () => {
    const cases = [
      inBatch(4),
      inBatch(5, aMoneyEvent("submitted")),
      inBatch(6, aMoneyEvent("succeeded")),
      inBatch(7, aMoneyEvent("ready")),
      inBatch(8, aMoneyEvent("exported", { batch: { ...facts, id: "B2" as BatchId } })),
    ];
    expect(valueOf(decideUpload(when, cases, { batchId })).refunds).toEqual([aRef(4)]);
  });

  it("X16 reports nothing twice, and no empty batch", () => {
    expect(
      faultOf(decideUpload(when, [inBatch(4, aMoneyEvent("submitted"))], { batchId })),
    ).toEqual({
      kind: "not_allowed_now",
      state: "submitted",
    });
    expect(decideUpload(when, [], { batchId }).ok).toBe(false);
  });
});

describe("decideRecall", () => {
  it("M9 takes a batch back that was prepared and never handed out", () => {
    const event = valueOf(decideRecall(aStaff(), [inBatch(9), inBatch(4)], aBatch("prepared")));
    expect([event.state, event.refunds.map((ref) => ref.seq)]).toEqual(["ready", [4, 9]]);
  });

  it.each(["shared", "saved"] as const)(
    "M9 X16 takes nothing back after the file was %s",
    (out) => {
      expect(decideRecall(aStaff(), [inBatch(4)], aBatch(out)).ok).toBe(false);
      expect(decideRecall(aStaff(), [inBatch(4, exportedAs(out))], aBatch("prepared")).ok).toBe(
        false,
      );
      const preparedAgain = inBatch(4, exportedAs(out), exportedAs("prepared"));
      expect(decideRecall(aStaff(), [preparedAgain], aBatch("prepared")).ok).toBe(false);
    },
  );

  it.each(["submitted", "processing", "unknown", "succeeded", "failed"] as const)(
    "M9 takes nothing back when one refund of the batch is %s",
    (state) => {
      const cases = [inBatch(4), inBatch(5, aMoneyEvent(state))];
      expect(faultOf(decideRecall(aStaff(), cases, aBatch("prepared")))).toEqual({
        kind: "not_allowed_now",
        state,
      });
    },
  );

  it("recalls no empty batch", () => {
    expect(decideRecall(aStaff(), [], aBatch("prepared")).ok).toBe(false);
  });
});

const when = (text: string) => ({ staff: aStaff(), now: at(text) });

it("R6 refuses evidence of a time that has not come", () => {
  const report = aReport({ by: "cust", at: at("2026-11-23T02:00:01Z") });
  const refundCase = aCase([aMoneyEvent("exported")]);
  expect(faultOf(decideResult(when("2026-11-23T02:00:00Z"), refundCase, report)).kind).toBe(
    "evidence_in_future",
  );
  expect(decideResult(when("2026-11-23T02:00:01Z"), refundCase, report).ok).toBe(true);
});
