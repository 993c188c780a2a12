import { describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import type { PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { newDraft, type RefundDraft } from "../../src/domain/refund/draft.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { findPaymentById } from "../../src/usecases/find-payment.ts";
import { listOverpayments, readOverpaid } from "../../src/usecases/list-overpayments.ts";
import { checkClaimant, moveClaim, type Overpaid } from "../../src/usecases/move-claim.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { retryRefund } from "../../src/usecases/retry-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { fileOf, mergeInto, sameSale } from "../support/merging.ts";
import { checkFile, newCaseId } from "../support/money-steps.ts";
import { claimNow, rightAnswers, wrong } from "../support/overpaid.ts";
import { asClerk, hearNow, payNow, paymentAt, submitNow } from "../support/refunds.ts";
import { twoTills } from "../support/two-tills.ts";

type Over = Partial<RefundDraft> & { readonly minor?: number };

const ask = async (deps: Deps, paymentId: PaymentId, { minor = 9_000, ...over }: Over = {}) => {
  const lookup = await findPaymentById(deps, paymentId);
  if (lookup.kind !== "payment") throw new Error("it is recorded");
  const amount = { kind: "partial", amount: money(minor, CNY) } as const;
  const draft = newDraft({ caseId: newCaseId(deps), amount, reason: "overpaid", ...over });
  return recordRefund(deps, lookup.found, draft);
};

const aClaim = async (state: "found" | "handed_back") => {
  const { deps } = await aShop();
  const paymentId = await payNow(deps, { amount: money(10_000, CNY) });
  const about = { paymentId, factor: "manual", likelyMinor: 1_000 } as const;
  valueOf(await moveClaim(deps, about, state));
  return { deps, paymentId, about };
};

const proveTo = async (deps: Deps, about: Overpaid): Promise<void> => {
  const { numbers, paidAt } = await paymentAt(deps, about.paymentId);
  const [number = ""] = Object.values(numbers);
  const at = paidAt ?? instantFromMs(deps.now());
  const right = await rightAnswers(deps, { ...about, number, at });
  expect(valueOf(await checkClaimant(deps, about, right))).toBe("pass");
};

describe("the money of a claim", () => {
  const held = { kind: "claim_unverified", free: money(1_000, CNY) };

  it("X25 nobody gets it before the facts are right, whatever the reason is called and wherever it goes", async () => {
    const { deps, about, paymentId } = await aClaim("found");
    expect(valueOf(await checkClaimant(deps, about, wrong))).toBe("fail");
    for (const person of [deps, asClerk(deps)])
      expect(faultOf(await ask(person, paymentId))).toEqual(held);
    expect(faultOf(await ask(deps, paymentId, { destination: "cash", note: "现金" }))).toEqual(
      held,
    );
    expect(faultOf(await ask(deps, paymentId, { reason: "faulty", minor: 1_001 }))).toEqual(held);
    valueOf(await ask(deps, paymentId, { reason: "faulty", minor: 1_000 }));
    expect(await claimNow(deps, paymentId)).toMatchObject({ state: "claimed" });
  });

  it("X25 who was right gets no more than the excess, by the original route, once", async () => {
    const { deps, about, paymentId } = await aClaim("found");
    await proveTo(deps, about);
    expect(faultOf(await ask(deps, paymentId, { minor: 9_001 }))).toEqual({
      kind: "claim_excess",
      excess: money(9_000, CNY),
    });
    const original = { kind: "claim_original" };
    const byCash = { destination: "cash", note: "现金" } as const;
    expect(faultOf(await ask(deps, paymentId, byCash))).toEqual(original);
    const otherwise = { ...byCash, reason: "faulty" };
    expect(faultOf(await ask(deps, paymentId, { ...otherwise, minor: 1_001 }))).toEqual(original);
    valueOf(await ask(deps, paymentId, { minor: 4_000 }));
    const ended = { kind: "claim_moved_on", state: "refund_case" };
    expect(faultOf(await ask(asClerk(deps), paymentId, { minor: 4_000 }))).toEqual(ended);
    expect(faultOf(await moveClaim(deps, about, "found"))).toEqual(ended);
    valueOf(await ask(deps, paymentId, { minor: 4_000, reason: "faulty" }));
  });

  it("X25 what was handed back to the acquirer is not refunded once more", async () => {
    const { deps, paymentId } = await aClaim("handed_back");
    const gone = { kind: "claim_handed_back", free: money(1_000, CNY) };
    expect(faultOf(await ask(deps, paymentId))).toEqual(gone);
    expect(faultOf(await ask(deps, paymentId, { reason: "faulty", minor: 1_001 }))).toEqual(gone);
    expect(await readOverpaid(deps, await paymentAt(deps, paymentId))).toMatchObject({
      claim: { state: "handed_back" },
    });
    valueOf(await ask(deps, paymentId, { reason: "faulty", minor: 1_000 }));
  });

  it("X25 a refund that failed is asked for again only while its claim allows it", async () => {
    const { deps, about, paymentId } = await aClaim("found");
    await proveTo(deps, about);
    const caseId = newCaseId(deps);
    valueOf(await ask(deps, paymentId, { caseId }));
    await submitNow(deps);
    await hearNow(deps, caseId, "failed");
    valueOf(await moveClaim(deps, about, "found"));
    expect(faultOf(await retryRefund(deps, caseId, 1))).toEqual(held);
    await proveTo(deps, about);
    valueOf(await retryRefund(deps, caseId, 1));
    expect(await claimNow(deps, paymentId)).toMatchObject({ state: "refund_case" });
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X25 what another till refunded is over here too, and no more is shown than is left", async () => {
    const { one, other } = await twoTills();
    const paymentId = await sameSale(one, "ORDER-SAME-1");
    const about = { paymentId, factor: "manual", likelyMinor: 4_000 } as const;
    await sameSale(other, "ORDER-SAME-1");
    for (const till of [one, other]) valueOf(await moveClaim(till, about, "found"));
    await proveTo(one, about);
    await proveTo(other, about);
    valueOf(await ask(other, paymentId, { minor: 1_000 }));
    valueOf(await mergeInto(one, await fileOf(other)));
    const ended = { kind: "claim_moved_on", state: "refund_case" };
    expect(faultOf(await ask(one, paymentId, { minor: 1_000 }))).toEqual(ended);
    expect(faultOf(await checkClaimant(one, about, wrong))).toEqual(ended);
    const lists = await listOverpayments(one);
    expect([lists.open, lists.suggested]).toEqual([[], []]);
    expect(lists.ended).toMatchObject([{ claim: { state: "refund_case" } }]);
    expect(await readOverpaid(one, await paymentAt(one, paymentId))).toEqual({});
  });

  it("X25 no more of it is shown than is left", async () => {
    const { one, other } = await twoTills();
    const paymentId = await sameSale(one, "ORDER-SAME-1");
    const about = { paymentId, factor: "manual", likelyMinor: 4_000 } as const;
    await sameSale(other, "ORDER-SAME-1");
    valueOf(await moveClaim(one, about, "found"));
    valueOf(await ask(other, paymentId, { minor: 5_000, reason: "faulty" }));
    valueOf(await mergeInto(one, await fileOf(other)));
    const shown = { amount: money(5_000, CNY) };
    expect((await listOverpayments(one)).open).toMatchObject([{ claim: shown }]);
    const read = await readOverpaid(one, await paymentAt(one, paymentId));
    expect(read).toMatchObject({ claim: shown });
  });
});
