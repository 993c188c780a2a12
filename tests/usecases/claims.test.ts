import { describe, expect, it } from "vitest";

import { acquirers } from "../../src/domain/acquirers/index.ts";
import { CNY } from "../../src/domain/currency.ts";
import type { PaymentId } from "../../src/domain/ids.ts";
import { addDays, addSeconds, businessDate, instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { newDraft } from "../../src/domain/refund/draft.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { changeProfile } from "../../src/usecases/change-profile.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { findPaymentById } from "../../src/usecases/find-payment.ts";
import { listOverpayments } from "../../src/usecases/list-overpayments.ts";
import { checkClaimant, moveClaim } from "../../src/usecases/move-claim.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop, someRows } from "../support/deps.ts";
import { headOf, recordsAfter } from "../support/journal-watch.ts";
import { checkFile, importOf, newCaseId } from "../support/money-steps.ts";
import { aRotation } from "../support/rotation.ts";
import { aShopWithMistake, claimNow, rightAnswers, wrong } from "../support/overpaid.ts";
import { asClerk, payNow, paymentAt } from "../support/refunds.ts";

const refundExcess = async (deps: Deps, paymentId: PaymentId, reason = "overpaid") => {
  const lookup = await findPaymentById(deps, paymentId);
  const claim = await claimNow(deps, paymentId);
  if (lookup.kind !== "payment" || claim === undefined) throw new Error("no claim");
  const caseId = newCaseId(deps);
  const amount = { kind: "partial", amount: claim.amount } as const;
  valueOf(await recordRefund(deps, lookup.found, newDraft({ caseId, amount, reason })));
  return caseId;
};

describe("the register", () => {
  it("X25 holds what somebody entitled has looked at: the payment first, then that it was found", async () => {
    const { deps, about } = await aShopWithMistake();
    const before = (await headOf(deps)).seq;
    valueOf(await moveClaim(deps, about, "found"));
    const told = await recordsAfter(deps, before);
    expect(told.map(({ event }) => event.kind)).toEqual(["payment", "claim"]);
    const claim = await claimNow(deps, about.paymentId);
    expect(claim).toMatchObject({
      state: "found",
      factor: "x100",
      amount: money(89_100, CNY),
      ticket: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{8}$/),
    });
    expect(claim?.handBackBy).toBeUndefined();
    const { open, suggested } = await listOverpayments(deps);
    expect(suggested).toEqual([]);
    expect(open).toMatchObject([{ paymentId: about.paymentId, likelyMinor: 900, claim }]);
    expect(valueOf(await moveClaim(deps, about, "found")).records).toEqual([]);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R35 X25 is for leads and owners", async () => {
    const { deps, about } = await aShopWithMistake();
    const no = { kind: "not_entitled", action: "reconcile" };
    expect(faultOf(await moveClaim(asClerk(deps), about, "found"))).toEqual(no);
    expect(faultOf(await checkClaimant(asClerk(deps), about, wrong))).toEqual(no);
  });

  it("X25 counts down to the day of the acquirer's contract, where somebody wrote it down", async () => {
    const { deps, about } = await aShopWithMistake();
    valueOf(await changeProfile(deps, { ...acquirers.alipay, handbackDays: 7 }));
    valueOf(await moveClaim(deps, about, "notice_posted"));
    const today = businessDate(instantFromMs(deps.now()), deps.calendar);
    expect((await claimNow(deps, about.paymentId))?.handBackBy).toBe(addDays(today, 7));
  });

  it("X25 never ends by time, and comes back in a rebuild as it was", async () => {
    const { deps, about, clock } = await aShopWithMistake();
    valueOf(await moveClaim(deps, about, "notice_posted"));
    clock.ms += 400 * 86_400_000;
    expect((await listOverpayments(deps)).open).toHaveLength(1);
    const { claims } = await readBooks(deps.journal.db);
    valueOf(await rebuild(deps.journal.db));
    expect((await readBooks(deps.journal.db)).claims).toEqual(claims);
    expect(claims.get(about.paymentId)?.state).toBe("notice_posted");
  });

  it.each(["handed_back", "dismissed"] as const)(
    "X25 ends as %s, and nothing follows",
    async (end) => {
      const { deps, about } = await aShopWithMistake();
      valueOf(await moveClaim(deps, about, end));
      const { open, suggested, ended } = await listOverpayments(deps);
      expect([open, suggested]).toEqual([[], []]);
      expect(ended).toMatchObject([{ claim: { state: end } }]);
      for (const state of ["notice_posted", "handed_back", "dismissed"] as const)
        expect(faultOf(await moveClaim(deps, about, state))).toEqual({
          kind: "claim_moved_on",
          state: end,
        });
      valueOf(await moveClaim(deps, about, "found"));
      expect((await listOverpayments(deps)).open).toHaveLength(1);
      expect(await checkFile(deps)).toEqual([]);
    },
  );

  it("X25 takes no payment of which everything went back", async () => {
    const { deps } = await aShop();
    const paymentId = await payNow(deps);
    const lookup = await findPaymentById(deps, paymentId);
    if (lookup.kind !== "payment") throw new Error("it is recorded");
    const draft = newDraft({ caseId: newCaseId(deps), amount: { kind: "full" }, reason: "faulty" });
    valueOf(await recordRefund(deps, lookup.found, draft));
    const about = { paymentId, factor: "manual" } as const;
    expect(faultOf(await moveClaim(deps, about, "found"))).toEqual({ kind: "nothing_left" });
    const none = { ...about, paymentId: "0".repeat(16) as PaymentId };
    expect(faultOf(await moveClaim(deps, none, "found"))).toEqual({ kind: "payment_not_here" });
  });
});

describe("a claimant", () => {
  it("X25 who knows two facts gets the excess back by the original route, and that is the end of it", async () => {
    const { deps, about } = await aShopWithMistake();
    expect(valueOf(await checkClaimant(deps, about, await rightAnswers(deps, about)))).toBe("pass");
    expect((await claimNow(deps, about.paymentId))?.state).toBe("verified");
    const before = (await headOf(deps)).seq;
    await refundExcess(deps, about.paymentId);
    const told = await recordsAfter(deps, before);
    expect(told.map(({ event }) => event.kind)).toEqual(["refund", "claim"]);
    expect(await claimNow(deps, about.paymentId)).toMatchObject({
      state: "refund_case",
      refund: told[0]?.ref,
    });
    expect(remaining(await paymentAt(deps, about.paymentId))).toEqual(money(900, CNY));
    expect((await listOverpayments(deps)).ended).toHaveLength(1);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X25 is told right or wrong, and the journal holds nothing that was answered", async () => {
    const { deps, about } = await aShopWithMistake();
    const before = (await headOf(deps)).seq;
    expect(valueOf(await checkClaimant(deps, about, { ...wrong, tail: "1928" }))).toBe("fail");
    const told = await recordsAfter(deps, before);
    expect(told.at(-1)?.event).toMatchObject({
      kind: "claim",
      state: "claimed",
      checks: { tail: "fail", minute: "fail" },
    });
    expect(JSON.stringify(told.at(-1))).not.toContain("1928");
    expect(await checkFile(deps)).toEqual([]);
  });

  it.each([
    ["one answer", { tail: "1234" }, "claim_answers_few"],
    ["nothing at all", {}, "claim_answers_few"],
    ["three digits", { tail: "123", minute: "10:00" }, "claim_tail_short"],
  ])("X25 has to answer two questions: %s", async (_, answers, kind) => {
    const { deps, about } = await aShopWithMistake();
    expect(faultOf(await checkClaimant(deps, about, answers)).kind).toBe(kind);
    expect(await claimNow(deps, about.paymentId)).toBeUndefined();
  });

  it("X25 one wrong answer beside right ones is wrong", async () => {
    const { deps, about } = await aShopWithMistake();
    const right = await rightAnswers(deps, about);
    const answers = { ...right, channel: "wechat" } as const;
    expect(valueOf(await checkClaimant(deps, about, answers))).toBe("fail");
    const good = { ...right, channel: "alipay" } as const;
    expect(valueOf(await checkClaimant(deps, about, good))).toBe("pass");
  });

  it("X25 a minute more or less is right, two are wrong", async () => {
    const { deps, about } = await aShopWithMistake();
    const channel = "alipay" as const;
    const minuteAt = async (seconds: number) =>
      (await rightAnswers(deps, { ...about, at: addSeconds(about.at, seconds) })).minute;
    for (const off of [-120, 120]) {
      const answers = { minute: await minuteAt(off), channel };
      expect(valueOf(await checkClaimant(deps, about, answers))).toBe("fail");
    }
    const answers = { minute: await minuteAt(-60), channel };
    expect(valueOf(await checkClaimant(deps, about, answers))).toBe("pass");
  });

  it("X25 three wrong answers end the tries of a day, not the claim", async () => {
    const { deps, about, clock } = await aShopWithMistake();
    const right = await rightAnswers(deps, about);
    for (let tries = 0; tries < 3; tries++)
      expect(valueOf(await checkClaimant(deps, about, wrong))).toBe("fail");
    const used = { kind: "claim_tries_used", tries: 3 };
    expect(faultOf(await checkClaimant(deps, about, right))).toEqual(used);
    expect((await listOverpayments(deps)).open).toHaveLength(1);
    clock.ms += 86_400_000;
    expect(valueOf(await checkClaimant(deps, about, right))).toBe("pass");
    expect(faultOf(await checkClaimant(deps, about, wrong))).toEqual({
      kind: "claim_moved_on",
      state: "verified",
    });
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X25 three wrong answers stay, though the claim is dismissed and found again", async () => {
    const { deps, about } = await aShopWithMistake();
    for (let tries = 0; tries < 3; tries++)
      expect(valueOf(await checkClaimant(deps, about, wrong))).toBe("fail");
    valueOf(await moveClaim(deps, about, "dismissed"));
    valueOf(await moveClaim(deps, about, "found"));
    const used = { kind: "claim_tries_used", tries: 3 };
    expect(faultOf(await checkClaimant(deps, about, wrong))).toEqual(used);
    const { claims } = await readBooks(deps.journal.db);
    valueOf(await rebuild(deps.journal.db, deps.device));
    expect((await readBooks(deps.journal.db)).claims).toEqual(claims);
  });

  it("X25 a refund for another reason leaves the claim open; one that is withdrawn brings it back", async () => {
    const { deps, about } = await aShopWithMistake();
    valueOf(await checkClaimant(deps, about, await rightAnswers(deps, about)));
    const caseId = await refundExcess(deps, about.paymentId, "faulty");
    expect((await claimNow(deps, about.paymentId))?.state).toBe("verified");
    valueOf(await withdrawRefund(deps, caseId, "mistake"));
    const ending = await refundExcess(deps, about.paymentId);
    expect((await listOverpayments(deps)).open).toEqual([]);
    valueOf(await withdrawRefund(deps, ending, "mistake"));
    const { suggested, ended } = await listOverpayments(deps);
    expect(ended).toEqual([]);
    expect(suggested).toMatchObject([{ paymentId: about.paymentId, factor: "x100" }]);
    valueOf(await moveClaim(deps, about, "notice_posted"));
    expect((await listOverpayments(deps)).open).toHaveLength(1);
    expect(await checkFile(deps)).toEqual([]);
  });
});

describe("a claim under a new key", () => {
  it("F24 X25 goes on where the old key left it, in any order of the chains", async () => {
    const shop = await aShop();
    valueOf(await importOf(shop.deps, someRows(shop.deps)));
    const [about] = (await listOverpayments(shop.deps)).suggested;
    if (about === undefined) throw new Error("nothing was found");
    expect(valueOf(await checkClaimant(shop.deps, about, wrong))).toBe("fail");
    const { ticket } = (await claimNow(shop.deps, about.paymentId)) ?? {};
    const { rotate, reopened } = await aRotation(shop);
    valueOf(await rotate());
    const deps = await reopened();
    expect((await listOverpayments(deps)).open).toMatchObject([{ claim: { ticket } }]);
    expect(valueOf(await checkClaimant(deps, about, await rightAnswers(deps, about)))).toBe("pass");
    expect(await claimNow(deps, about.paymentId)).toMatchObject({
      state: "verified",
      ticket,
      record: { device: deps.device },
      failedAt: [expect.any(String)],
    });
    await refundExcess(deps, about.paymentId);
    const { claims } = await readBooks(deps.journal.db);
    expect(claims.get(about.paymentId)?.state).toBe("refund_case");
    valueOf(await rebuild(deps.journal.db, deps.device));
    expect((await readBooks(deps.journal.db)).claims).toEqual(claims);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F24 X25 whoever was right stays so: a new key leads no step back", async () => {
    const shop = await aShop();
    valueOf(await importOf(shop.deps, someRows(shop.deps)));
    const [about] = (await listOverpayments(shop.deps)).suggested;
    if (about === undefined) throw new Error("nothing was found");
    valueOf(await checkClaimant(shop.deps, about, await rightAnswers(shop.deps, about)));
    const { rotate, reopened } = await aRotation(shop);
    valueOf(await rotate());
    const deps = await reopened();
    const fault = { kind: "claim_moved_on", state: "verified" };
    expect(faultOf(await moveClaim(deps, about, "notice_posted"))).toEqual(fault);
    await refundExcess(deps, about.paymentId);
    expect((await claimNow(deps, about.paymentId))?.state).toBe("refund_case");
    expect(await checkFile(deps)).toEqual([]);
  });
});
