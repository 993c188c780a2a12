import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import type { CaseId, PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { attentionOf } from "../../src/domain/refund/case-state.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import type { ResultReport } from "../../src/domain/refund/decide-result.ts";
import { listCases } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { batchFile, prepareBatch, recallBatch } from "../../src/usecases/export-batch.ts";
import { recordResult, resendRefund, retractResult } from "../../src/usecases/record-result.ts";
import { retryRefund } from "../../src/usecases/retry-refund.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { checkFile, options } from "../support/money-steps.ts";
import {
  caseAt,
  exportNow,
  hearNow,
  paymentAt,
  payNow,
  refundNow,
  submitNow,
} from "../support/refunds.ts";

let deps: Deps;
let paymentId: PaymentId;
let caseId: CaseId;

const left = async (): Promise<number> => remaining(await paymentAt(deps, paymentId)).minor;
const attemptNow = async () => latestAttempt(await caseAt(deps, caseId));

const hear = (over: Partial<ResultReport>) =>
  recordResult(deps, caseId, {
    result: "succeeded",
    by: "portal",
    at: instantFromMs(deps.now()),
    reference: "50302203182026112200000001",
    evidence: [],
    ...over,
  });

/** A submitted full refund of a payment. */
beforeEach(async () => {
  ({ deps } = await aShop());
  paymentId = await payNow(deps);
  caseId = await refundNow(deps, { of: paymentId });
  await submitNow(deps);
});

describe("a refusal that can be cured", () => {
  it("X4 is submitted again under the same number, in the same attempt", async () => {
    const { refundNo } = await attemptNow();
    valueOf(await hear({ result: "needs_action", answer: "NOT_ENOUGH" }));
    expect(await left()).toBe(0);
    expect(faultOf(await retryRefund(deps, caseId, 1)).kind).toBe("not_allowed_now");
    valueOf(await resendRefund(deps, caseId));
    expect(await attemptNow()).toMatchObject({ number: 1, refundNo, money: "submitted" });
    expect(await checkFile(deps)).toEqual([]);
  });
});

describe("a refusal for good", () => {
  it.each(["failed", "closed"] as const)(
    "X4 X1 %s opens attempt 2 under a new number, once, and the old number is never used again",
    async (result) => {
      const first = await attemptNow();
      valueOf(await hear({ result, answer: "refused" }));
      expect(await left()).toBe(36_000);
      valueOf(await retryRefund(deps, caseId, 1));
      const second = await attemptNow();
      expect(second).toMatchObject({ number: 2, money: "ready", amount: first.amount });
      expect(second.refundNo).not.toBe(first.refundNo);
      expect(await left()).toBe(0);
      expect(await retryRefund(deps, caseId, 1)).toMatchObject({ value: { repeated: true } });
      expect((await caseAt(deps, caseId)).attempts.map(({ number }) => number)).toEqual([1, 2]);
      expect(await checkFile(deps)).toEqual([]);
    },
  );

  it("X4 is asked again only as far as the payment still has the money", async () => {
    valueOf(await hear({ result: "failed" }));
    await refundNow(deps, { of: paymentId, amount: { kind: "partial", amount: money(1, CNY) } });
    expect(faultOf(await retryRefund(deps, caseId, 1))).toMatchObject({
      kind: "over_remaining",
      remaining: money(35_999, CNY),
    });
  });
});

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

type Move = (batch: Awaited<ReturnType<typeof submitNow>>) => Promise<unknown>;

/** Everything a person at the till can do about a refund; most of it is refused. */
const moves: Readonly<Record<string, Move>> = {
  retry: () => retryRefund(deps, caseId, 1),
  resend: () => resendRefund(deps, caseId),
  withdraw: () => withdrawRefund(deps, caseId, "customer"),
  export: () => prepareBatch(deps, "wechat-batch-txt", options),
  recall: (batch) => recallBatch(deps, batch),
  refundMore: () => refundNow(deps, { of: paymentId }).catch((error: unknown) => String(error)),
  refundPart: () =>
    refundNow(deps, { of: paymentId, amount: { kind: "partial", amount: money(1, CNY) } }).catch(
      (error: unknown) => String(error),
    ),
  askAgain: () => hear({ result: "processing" }),
  stillUnknown: () => hear({ result: "unknown", answer: "SYSTEM_ERROR" }),
};

describe("a result that nobody knows", () => {
  it("X5 whatever is done while it is unknown, no second refund of that money comes to be", async () => {
    const batch = latestAttempt(await caseAt(deps, caseId)).batchId;
    if (batch === undefined) throw new Error("no batch");
    const { refundNo } = await attemptNow();
    const names = Object.keys(moves);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...names), { maxLength: 6 }), async (chosen) => {
        valueOf(await hear({ result: "unknown", answer: "SYSTEM_ERROR" }));
        for (const name of chosen) await moves[name]?.(batch);
        const refundCase = await caseAt(deps, caseId);
        expect(refundCase.attempts.map((attempt) => attempt.refundNo)).toEqual([refundNo]);
        expect(await listCases(deps.journal.db, {})).toHaveLength(1);
        expect(await left()).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it("X5 nor does a part of a payment become a second request for it", async () => {
    const of = await payNow(deps);
    const amount = { kind: "partial", amount: money(10_000, CNY) } as const;
    const part = await refundNow(deps, { of, amount });
    await submitNow(deps);
    await hearNow(deps, part, "unknown");
    expect(faultOf(await retryRefund(deps, part, 1)).kind).toBe("not_allowed_now");
    expect(faultOf(await withdrawRefund(deps, part, "mistake")).kind).toBe("not_allowed_now");
    expect((await caseAt(deps, part)).attempts).toHaveLength(1);
    expect(remaining(await paymentAt(deps, of)).minor).toBe(26_000);
  });

  it("X5 is sent again under its number only where the acquirer pays a number once", async () => {
    valueOf(await hear({ result: "unknown", answer: "SYSTEM_ERROR" }));
    valueOf(await resendRefund(deps, caseId));
    expect((await attemptNow()).money).toBe("submitted");

    const other = await payNow(deps, { acquirer: "lakala" });
    const lakala = await refundNow(deps, { of: other });
    const { batchId } = valueOf(await prepareBatch(deps, "refund-list-csv", options));
    expect(batchId).toBeTruthy();
    await hearNow(deps, lakala, "unknown");
    expect(faultOf(await resendRefund(deps, lakala)).kind).toBe("resend_not_safe");
  });
});

describe("what the acquirer said", () => {
  it("X6 R6 accepted, pasted words and a wrong number are no success", async () => {
    const before = await caseAt(deps, caseId);
    for (const over of [
      { answer: "HTTP 200 退款成功！", reference: "" },
      { answer: "HTTP 200 退款成功！", reference: "退款成功！" },
      { reference: "" },
    ])
      faultOf(await hear(over));
    expect(await caseAt(deps, caseId)).toEqual(before);
    valueOf(await hear({ result: "processing", answer: "受理成功" }));
    expect((await attemptNow()).money).toBe("processing");
    expect((await caseAt(deps, caseId)).notice).toBe("none");
  });

  it("X7 a bounce after the success frees the money and stays in the history", async () => {
    valueOf(await hear({}));
    expect(await left()).toBe(0);
    valueOf(await hear({ result: "reversed" }));
    expect((await caseAt(deps, caseId)).money).toBe("reversed");
    expect(await left()).toBe(36_000);
    const states = (await caseAt(deps, caseId)).history.flatMap(({ told }) =>
      told.kind === "money" ? [told.state] : [],
    );
    expect(states.slice(-2)).toEqual(["succeeded", "reversed"]);
  });

  it("X7 a success of the closed attempt takes the newer one back, which had not left, and is told", async () => {
    valueOf(await hear({ result: "closed" }));
    valueOf(await retryRefund(deps, caseId, 1));
    valueOf(await hear({ attempt: 1 }));
    const refundCase = await caseAt(deps, caseId);
    expect(refundCase.attempts.map((attempt) => attempt.money)).toEqual(["succeeded", "withdrawn"]);
    expect(await left()).toBe(0);
    const now = instantFromMs(deps.now());
    expect(attentionOf(refundCase, await paymentAt(deps, paymentId), now)).toContain(
      "late_success",
    );
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X7 when the newer one has left, more than was paid is told and nothing is hidden", async () => {
    valueOf(await hear({ result: "closed" }));
    valueOf(await retryRefund(deps, caseId, 1));
    await exportNow(deps);
    valueOf(await hear({ attempt: 1 }));
    const now = instantFromMs(deps.now());
    const flags = attentionOf(await caseAt(deps, caseId), await paymentAt(deps, paymentId), now);
    expect(flags).toEqual(expect.arrayContaining(["late_success", "over_refund"]));
  });

  it("M24 a result by mistake is taken back with words, and both records stay", async () => {
    valueOf(await hear({ result: "failed", answer: "wrong line" }));
    const [result] = (await attemptNow()).steps.flatMap((step) =>
      step.kind === "result" ? [step.ref] : [],
    );
    if (result === undefined) throw new Error("no result");
    expect(faultOf(await retractResult(deps, caseId, result, " ")).kind).toBe("note_missing");
    const before = (await caseAt(deps, caseId)).history.length;
    valueOf(await retractResult(deps, caseId, result, "看错行"));
    expect((await attemptNow()).money).toBe("submitted");
    expect((await caseAt(deps, caseId)).history).toHaveLength(before + 1);
    expect(await left()).toBe(0);
    expect(await checkFile(deps)).toEqual([]);
  });
});

describe("a file that left", () => {
  it("X16 is the same bytes whenever it is handed out, and its refunds are in no other", async () => {
    const second = await refundNow(deps);
    const batch = valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
    expect(faultOf(await prepareBatch(deps, "wechat-batch-txt", options)).kind).toBe(
      "nothing_to_export",
    );
    await refundNow(deps);
    expect(valueOf(await batchFile(deps, batch.batchId)).bytes).toEqual(batch.file.bytes);
    const next = valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
    const { refundNo } = latestAttempt(await caseAt(deps, second));
    expect(text(batch.file.bytes)).toContain(refundNo);
    expect(text(next.file.bytes)).not.toContain(refundNo);
  });

  it("X17 two refunds of one order go in two files, one a minute after the other", async () => {
    const { deps: shop, clock } = await aShop();
    deps = shop;
    const of = await payNow(deps);
    const part = { kind: "partial", amount: money(100, CNY) } as const;
    const cases = [
      await refundNow(deps, { of, amount: part }),
      await refundNow(deps, { of, amount: part }),
    ];
    const numbers = await Promise.all(
      cases.map(async (id) => latestAttempt(await caseAt(deps, id)).refundNo),
    );
    const files = [valueOf(await prepareBatch(deps, "wechat-batch-txt", options)).file.bytes];
    clock.ms += 60_000;
    files.push(valueOf(await prepareBatch(deps, "wechat-batch-txt", options)).file.bytes);
    expect(
      files.map(text).map((file) => numbers.filter((number) => file.includes(number))),
    ).toEqual(numbers.map((number) => [number]));
  });
});
