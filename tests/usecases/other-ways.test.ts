import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { CNY, findCurrency } from "../../src/domain/currency.ts";
import { firstOwner, ulid, type CaseId } from "../../src/domain/ids.ts";
import { addSeconds, businessDate, instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { attentionOf } from "../../src/domain/refund/case-state.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { newDraft, type RefundDraft } from "../../src/domain/refund/draft.ts";
import { hashBytes } from "../../src/ledger/base64url.ts";
import { saveAttachment } from "../../src/storage/save-attachment.ts";
import { stateOf } from "../../src/ui/screens/new-payment/payment-entry.ts";
import { readCode } from "../../src/ui/screens/scan/read-code.ts";
import { approveRefund } from "../../src/usecases/approve-refund.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { previewBatches } from "../../src/usecases/choose-batch.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { searchPayments } from "../../src/usecases/search-payments.ts";
import { anEvidenceFile, faultOf, valueOf } from "../support/a.ts";
import { aShop, someRows } from "../support/deps.ts";
import { checkFile, importOf, options } from "../support/money-steps.ts";
import { as, join } from "../support/people.ts";
import { caseAt, paymentAt, payNow, refundNow } from "../support/refunds.ts";

const newCaseId = (deps: Deps): CaseId => ulid(deps.now(), deps.random(10)) as CaseId;

const blockedOf = async (deps: Deps) =>
  (await previewBatches(deps, options)).blocked.map(({ reason }) => reason.kind);

const waiting = async (deps: Deps): Promise<number> =>
  (await previewBatches(deps, options)).offers.reduce((sum, { cases }) => sum + cases.length, 0);

describe("a customer who is not there", () => {
  it("R26 is refunded by amount, time and the end of the number, without code and without slip", async () => {
    const { deps } = await aShop();
    const rows = someRows(deps).filter(({ acquirer }) => acquirer === "wechatpay");
    valueOf(await importOf(deps, rows));
    const wanted = rows[3];
    if (wanted === undefined) throw new Error("no row");
    const matches = await searchPayments(deps, {
      minor: wanted.minor,
      tail: wanted.transactionId.slice(-4),
      from: addSeconds(wanted.at, -3600),
      to: addSeconds(wanted.at, 3600),
    });
    expect(matches).toMatchObject([
      {
        because: { kind: "amount" },
        found: { payment: { numbers: { transaction_id: wanted.transactionId } } },
      },
    ]);
    const [match] = matches;
    const caseId = newCaseId(deps);
    const draft = newDraft({ caseId, amount: { kind: "full" }, reason: "overpaid" });
    valueOf(await recordRefund(deps, match?.found, draft));
    expect(await caseAt(deps, caseId)).toMatchObject({ money: "ready", evidence: [] });
    expect(await waiting(deps)).toBe(1);
  });
});

describe("a number with letters that look alike", () => {
  it("X33 R44 is found by every spelling of its noughts and ones", async () => {
    const { deps } = await aShop();
    const text = "L1010A0";
    const paymentId = await payNow(deps, { number: { name: "out_trade_no", text } });
    const alike: Readonly<Record<string, readonly string[]>> = {
      "0": ["0", "O", "o"],
      "1": ["1", "I", "l"],
      L: ["L", "1", "I"],
    };
    const spelling = fc
      .tuple(...text.split("").map((sign) => fc.constantFrom(...(alike[sign] ?? [sign]))))
      .map((signs) => signs.join(""));
    await fc.assert(
      fc.asyncProperty(spelling, async (spelled) => {
        const found = await findPayment(deps, spelled);
        expect(found).toMatchObject({
          kind: "payment",
          found: { payment: { paymentId } },
          spelling: spelled === text ? "exact" : "similar",
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe("a transfer to somebody's own code", () => {
  const number = "1000050001202611220012345678901";

  it("X22 is told by its number, and its page begins as a transfer", async () => {
    const { deps } = await aShop();
    const transfer = number.slice(0, 29);
    const today = businessDate(instantFromMs(deps.now()), deps.calendar);
    const books = {
      today,
      find: (text: string) => findPayment(deps, text),
      ownCase: async () => undefined,
    };
    expect(await readCode(transfer, books)).toMatchObject({ href: `#/payment/new?c=${transfer}` });
    expect(stateOf(transfer, today)).toBe("transfer");
    expect(stateOf("4200009900202611220001234567", today)).toBe("paid");
  });

  it("X22 has no refund by the original way; sent back by hand it is recorded and never exported", async () => {
    const { deps } = await aShop();
    const of = await payNow(deps, { state: "transfer", proof: "own_sale" });
    await expect(refundNow(deps, { of })).rejects.toThrow("gate_closed");
    const caseId = await refundNow(deps, { of, destination: "other", note: "从钱包转回" });
    expect(await caseAt(deps, caseId)).toMatchObject({ money: "ready", destination: "other" });
    expect(await waiting(deps)).toBe(0);
    expect(await blockedOf(deps)).toEqual(["other_destination"]);
    expect(remaining(await paymentAt(deps, of)).minor).toBe(0);
  });
});

describe("a refund that no payment stands behind", () => {
  it("X31 needs words, evidence and the owner, goes to cash or credit, and never to a wallet", async () => {
    const { deps } = await aShop();
    const clerk = await join(deps);
    const till = await as(deps, clerk.staff);
    const bytes = new TextEncoder().encode("a slip of the stall");
    await saveAttachment(deps.journal.db, hashBytes(bytes), bytes);
    const file = anEvidenceFile({ kind: "slip", sha256: hashBytes(bytes), size: bytes.length });
    const draft = (over: Partial<RefundDraft>) =>
      newDraft({
        caseId: newCaseId(deps),
        type: "unreferenced",
        amount: { kind: "partial", amount: money(2_000, CNY) },
        reason: "goodwill",
        destination: "cash",
        note: "老顾客，找不到单",
        evidence: [file],
        ...over,
      });
    const fault = async (over: Partial<RefundDraft>) =>
      faultOf(await recordRefund(till, undefined, draft(over))).kind;
    expect(await fault({ destination: "original" })).toBe("destination_wrong");
    expect(await fault({ note: " " })).toBe("note_missing");
    expect(await fault({ evidence: [] })).toBe("evidence_missing");
    const asked = draft({});
    valueOf(await recordRefund(till, undefined, asked));
    expect(await caseAt(deps, asked.caseId)).toMatchObject({
      money: "pending_approval",
      mode: "unreferenced",
      need: { level: "owner" },
    });
    const decision = { result: "approve" } as const;
    valueOf(
      await approveRefund(deps, asked.caseId, { approver: firstOwner, pin: "739182", decision }),
    );
    expect(await blockedOf(deps)).toEqual(["other_destination"]);
    expect(await waiting(deps)).toBe(0);
    expect(await checkFile(deps)).toEqual([]);
  });
});

describe("an amount in another currency", () => {
  it("X47 is refused for a payment; its own goes back", async () => {
    const { deps } = await aShop();
    const HKD = findCurrency("HKD");
    if (HKD === undefined) throw new Error("no HKD");
    const of = await payNow(deps, { amount: money(10_000, HKD) });
    const amount = { kind: "partial", amount: money(100, CNY) } as const;
    await expect(refundNow(deps, { of, amount })).rejects.toThrow("amount_currency");
    const caseId = await refundNow(deps, { of });
    expect((await caseAt(deps, caseId)).amount).toEqual(money(10_000, HKD));
  });
});

describe("a clock that was set back", () => {
  it("X39 is marked in the record's case; the order stays that of the chain, and the file verifies", async () => {
    const { deps: shop, clock } = await aShop();
    let ms = 0;
    const deps: Deps = { ...shop, sinceStart: () => [1, (ms += 10)] };
    const hour = 3_600_000;
    clock.ms += 24 * hour;
    const [first, second, third] = [await payNow(deps), await payNow(deps), await payNow(deps)];
    const before = await refundNow(deps, { of: first });
    clock.ms -= 5 * hour;
    const back = await refundNow(deps, { of: second, destination: "cash", note: "停电后" });
    clock.ms += 5 * hour;
    const after = await refundNow(deps, { of: third });
    const cases = await Promise.all([before, back, after].map((id) => caseAt(deps, id)));
    expect(cases.map(({ clockBack }) => clockBack)).toEqual([false, true, false]);
    const seqs = cases.map((refundCase) => latestAttempt(refundCase).record.seq);
    expect(seqs).toEqual([seqs[0], (seqs[0] ?? 0) + 1, (seqs[0] ?? 0) + 2]);
    const [, marked] = cases;
    const flags =
      marked && attentionOf(marked, await paymentAt(deps, second), instantFromMs(clock.ms));
    expect(flags).toContain("clock_back");
    expect(await checkFile(deps)).toEqual([]);
  });
});

describe("what was refunded elsewhere", () => {
  it("X11 lowers what is left when the statement shows it, before anything is refunded here", async () => {
    const { deps } = await aShop();
    const row = someRows(deps).find(({ acquirer }) => acquirer === "wechatpay");
    if (row === undefined) throw new Error("no row");
    const refunded = {
      ...row,
      kind: "refund" as const,
      minor: 1_000,
      refundNo: "ELSEWHERE1",
      digest: hashBytes(new Uint8Array([1])),
    };
    valueOf(await importOf(deps, [row, refunded]));
    const found = await findPayment(deps, row.transactionId);
    if (found.kind !== "payment") throw new Error(found.kind);
    expect(remaining(found.found.payment).minor).toBe(row.minor - 1_000);
    const draft = newDraft({
      caseId: newCaseId(deps),
      amount: { kind: "partial", amount: money(row.minor - 999, CNY) },
      reason: "overpaid",
    });
    expect(faultOf(await recordRefund(deps, found.found, draft))).toMatchObject({
      kind: "over_remaining",
    });
  });
});
