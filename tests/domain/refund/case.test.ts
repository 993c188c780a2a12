import { describe, expect, it } from "vitest";
import type { DeviceId } from "../../../src/domain/ids.ts";
import { evolve, latestAttempt } from "../../../src/domain/refund/case.ts";
import {
  aCase,
  aMoneyEvent,
  aNoticeEvent,
  aRecorded,
  aRef,
  aRefundEvent,
  aRefundNo,
  at,
  aWithdrawEvent,
  cny,
  refundRef,
} from "../../support/a.ts";

describe("attempts", () => {
  it("M2 opens a case as ready, M1 as pending when an approval is needed", () => {
    const ready = aCase();
    expect([ready.money, ready.approval]).toEqual(["ready", "not_required"]);
    const pending = aCase([], { need: { by: "any", why: ["over_limit"] } });
    expect([pending.money, pending.approval]).toEqual(["pending_approval", "pending"]);
  });

  it("M2 counts an approval carried over from an earlier attempt as given", () => {
    expect(aCase([], { approval: aRef(1) }).approval).toBe("approved");
  });

  it("M21 X4 shows the state of the latest attempt and keeps the first", () => {
    const failed = aCase([aMoneyEvent("exported"), aMoneyEvent("failed")]);
    const again = evolve(
      failed,
      aRecorded(aRefundEvent({ attempt: 2, refundNo: aRefundNo(2), previous: refundRef }), 5),
    );
    expect(again.money).toBe("ready");
    expect(again.attempts.map((attempt) => [attempt.number, attempt.money])).toEqual([
      [1, "failed"],
      [2, "ready"],
    ]);
    expect(latestAttempt(again).refundNo).not.toBe(failed.attempts[0]?.refundNo);
  });

  it("X7 gives a late success to the attempt it belongs to, not to the latest", () => {
    const events = [aMoneyEvent("exported"), aMoneyEvent("failed")];
    const second = aRecorded(aRefundEvent({ attempt: 2, refundNo: aRefundNo(2) }), 5);
    const late = evolve(
      evolve(aCase(events), second),
      aRecorded(aMoneyEvent("succeeded", { at: at("2026-12-01T00:00:00Z") }), 6),
    );
    expect(late.attempts.map((attempt) => attempt.money)).toEqual(["succeeded", "ready"]);
    expect(late.money).toBe("ready");
  });

  it("X9 tells records of two devices apart that stand at the same place", () => {
    const elsewhere = { device: "device-b" as DeviceId, seq: refundRef.seq };
    const exported = aCase([aMoneyEvent("exported")]);
    const meant = aMoneyEvent("succeeded", { refunds: [elsewhere] });
    expect(evolve(exported, aRecorded(meant, 9)).money).toBe("exported");
  });

  it("M6 withdraws and says why in the history", () => {
    const withdrawn = aCase([aWithdrawEvent({ why: "mistake" })]);
    expect(withdrawn.money).toBe("withdrawn");
    expect(withdrawn.history.at(-1)?.told).toEqual({ kind: "withdrawn", why: "mistake" });
  });

  it("names the batch an attempt left in", () => {
    const batch = { id: "B1" as never, format: "refund-list-csv", rows: 1, total: cny(1_000) };
    const exported = aCase([aMoneyEvent("exported", { by: "file", batch })]);
    expect(exported.attempts[0]?.batchId).toBe("B1");
  });
});

describe("retracted results", () => {
  it("M24 folds again without the result that was wrong", () => {
    const events = [
      aMoneyEvent("exported"),
      aMoneyEvent("submitted"),
      aMoneyEvent("succeeded"),
      aMoneyEvent("retracted", { by: "staff", retracts: aRef(5) }),
    ];
    expect(aCase(events.slice(0, 3)).money).toBe("succeeded");
    expect(aCase(events).money).toBe("submitted");
  });

  it("M24 lets the weaker result stand that the wrong one had covered", () => {
    const events = [
      aMoneyEvent("exported"),
      aMoneyEvent("succeeded"),
      aMoneyEvent("closed", { at: at("2026-11-23T00:00:00Z") }),
      aMoneyEvent("retracted", { by: "staff", retracts: aRef(4) }),
    ];
    expect(aCase(events).money).toBe("closed");
  });

  it("M24 forgets the channel's number that came with the wrong result", () => {
    const wrong = aMoneyEvent("succeeded", { channelRefundNo: "WRONG" });
    const retracted = aMoneyEvent("retracted", { by: "staff", retracts: aRef(4) });
    expect(aCase([aMoneyEvent("exported"), wrong]).attempts[0]?.channelRefundNo).toBe("WRONG");
    expect(aCase([aMoneyEvent("exported"), wrong, retracted]).attempts[0]).not.toHaveProperty(
      "channelRefundNo",
    );
    const right = aMoneyEvent("processing", { channelRefundNo: "RIGHT" });
    const both = aCase([
      right,
      aMoneyEvent("exported"),
      wrong,
      aMoneyEvent("retracted", { retracts: aRef(5) }),
    ]);
    expect(both.attempts[0]?.channelRefundNo).toBe("RIGHT");
  });

  it("M24 takes back results only: an export stays an export", () => {
    const retracted = aMoneyEvent("retracted", { by: "staff", retracts: aRef(3) });
    expect(aCase([aMoneyEvent("exported"), retracted]).money).toBe("exported");
  });
});

describe("notices", () => {
  it("R50 goes from told_accepted to told_result and never back", () => {
    const accepted = aCase([aNoticeEvent()]);
    const result = aCase([aNoticeEvent({ state: "result" }), aNoticeEvent()]);
    expect(accepted.notice).toBe("told_accepted");
    expect(result.notice).toBe("told_result");
    expect(result.money).toBe("ready");
  });

  it("counts copies by their number, and what goes to others is no notice to the customer", () => {
    const printed = aCase([aNoticeEvent({ copy: 2 }), aNoticeEvent({ copy: 1 })]);
    expect(printed.copies).toBe(2);
    expect(aCase([aNoticeEvent({ to: "merchant", state: "result" })]).notice).toBe("none");
  });
});

describe("evolve", () => {
  it("takes a record about a refund that is not there for a bug", () => {
    expect(() => evolve(undefined, aRecorded(aWithdrawEvent(), 3))).toThrow("not there");
  });

  it("leaves the case it was given as it was", () => {
    const before = aCase([aMoneyEvent("exported")]);
    const copy = structuredClone(before);
    evolve(before, aRecorded(aMoneyEvent("succeeded"), 9));
    expect(before).toEqual(copy);
  });

  it("keeps one line of history for each record, in order", () => {
    const told = aCase([aMoneyEvent("exported"), aNoticeEvent(), aMoneyEvent("succeeded")]).history;
    expect(told.map((entry) => entry.ref.seq)).toEqual([2, 3, 4, 5]);
    expect(told.map((entry) => entry.told.kind)).toEqual(["recorded", "money", "notice", "money"]);
  });
});
