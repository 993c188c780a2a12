import { describe, expect, it } from "vitest";
import type { StaffId } from "../../../src/domain/ids.ts";
import { evolve } from "../../../src/domain/refund/case.ts";
import { decideApproval } from "../../../src/domain/refund/decide-approval.ts";
import { decideRefund } from "../../../src/domain/refund/decide-refund.ts";
import type { DraftType } from "../../../src/domain/refund/draft.ts";
import {
  aCase,
  aContext,
  aMoneyEvent,
  anEvidenceFile,
  aPartialDraft,
  aRecorded,
  aRefundEvent,
  aRefundNo,
  aStaff,
  faultOf,
  refundRef,
  valueOf,
} from "../../support/a.ts";

describe("who asked", () => {
  const lead = aStaff({ staff: "s2" as StaffId, role: "lead" });
  const failed = aCase([aMoneyEvent("exported"), aMoneyEvent("failed")]);
  const again = aRefundEvent({
    attempt: 2,
    previous: refundRef,
    refundNo: aRefundNo(40),
    need: { by: "other", why: ["payment_grade"] },
    rules: { payment_grade: "lead" },
  });
  const asked = evolve(failed, aRecorded(again, 9, { staff: lead.staff }));
  const decide = (staff: StaffId) =>
    decideApproval({ staff: { ...lead, staff }, limits: {} }, asked, { result: "approve" });

  it("invariant 22: X28 M21 nobody approves the new attempt that they asked for themselves", () => {
    expect(faultOf(decide(lead.staff))).toEqual({ kind: "own_request" });
    expect(decide("s3" as StaffId).ok).toBe(true);
  });

  it("invariant 22: X28 nor what they asked for first", () => {
    expect(faultOf(decide("owner" as StaffId))).toEqual({ kind: "own_request" });
  });
});

const types: readonly DraftType[] = ["refund", "return", "exchange", "void", "unreferenced"];

describe("a refund that no payment stands behind", () => {
  const cash = { destination: "cash", note: "善意" } as const;

  it.each(types)(
    "invariant 5: X31 R41 is one without a payment, even when it is called %s",
    (type) => {
      const context = aContext({ payment: undefined });
      const evidence = [anEvidenceFile()];
      const bare = aPartialDraft(100, { type, ...cash });
      expect(faultOf(decideRefund(context, bare))).toEqual({ kind: "evidence_missing" });
      const { mode, paymentId, remaining } = valueOf(decideRefund(context, { ...bare, evidence }));
      expect([mode, paymentId, remaining]).toEqual(["unreferenced", undefined, undefined]);
      const back = aPartialDraft(100, { type, evidence });
      expect(faultOf(decideRefund(context, back))).toEqual({ kind: "destination_wrong" });
    },
  );

  it("invariant 24: R10 X31 is judged without the payment that somebody has open on the screen", () => {
    const draft = aPartialDraft(100, {
      type: "unreferenced",
      reason: "overpaid",
      evidence: [anEvidenceFile()],
      ...cash,
    });
    const told = valueOf(decideRefund(aContext(), draft));
    expect(told.paymentId).toBeUndefined();
    expect(told.rules).toEqual(
      valueOf(decideRefund(aContext({ payment: undefined }), draft)).rules,
    );
    expect(told.rules?.["papers"]).toBe("lead");
  });
});
