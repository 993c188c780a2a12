import { describe, expect, it } from "vitest";

import { firstOwner } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { oneUnit } from "../../src/domain/quantity.ts";
import { approveRefund, reopenRefund } from "../../src/usecases/approve-refund.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { refundInstead } from "../../src/usecases/fail-void.ts";
import { logContact } from "../../src/usecases/log-contact.ts";
import { recallLeftBatch } from "../../src/usecases/recall-left-batch.ts";
import { recordGoods } from "../../src/usecases/receive-goods.ts";
import { recordPayment } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { recordResult, resendRefund, retractResult } from "../../src/usecases/record-result.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { headOf } from "../support/journal-watch.ts";
import { as, join, ownerPin } from "../support/people.ts";
import { caseAt, exportNow, hearNow, submitNow } from "../support/refunds.ts";
import { aFile, askFor, draftOf, fen, paid, type Step } from "../support/rights-cell.ts";
import { storedText } from "../support/told-refund.ts";

const card = "卡号 ４１１１ 1111-1111 1111";

const owner = { approver: firstOwner, pin: ownerPin };
const reject = { result: "reject", reason: "no_proof" } as const;

/** A refund of a clerk that waits for approval. */
const waiting = async (deps: Deps) => {
  const clerk = await as(deps, (await join(deps)).staff);
  return askFor(clerk, await paid(deps, 20_001));
};

const heard = async (deps: Deps, result: Parameters<typeof hearNow>[2]) => {
  const caseId = await askFor(deps, await paid(deps, 100));
  await submitNow(deps);
  await hearNow(deps, caseId, result);
  return caseId;
};

const lines = [{ name: card, price: fen(100), quantity: oneUnit }];

/** Everything that people type freely, each where it is typed. */
const fields: Readonly<Record<string, (deps: Deps) => Promise<Step["ask"]>>> = {
  "the goods of a payment": async () => (me) =>
    recordPayment(me, {
      amount: fen(100),
      channel: "wechat",
      acquirer: "wechatpay",
      state: "paid",
      paidAt: instantFromMs(me.now() - 1000),
      proof: "slip",
      goods: card,
    }),
  "the note of a refund": async (deps) => {
    const target = await paid(deps, 100);
    return (me) => recordRefund(me, target, draftOf(me, { note: card }));
  },
  "the note of a refused request": async (deps) => {
    const target = await paid(deps, 100);
    const draft = { caseId: draftOf(deps).caseId, reason: "other", offers: [], note: card };
    return (me) => declineRequest(me, target, draft);
  },
  "the note of a rejection": async (deps) => {
    const caseId = await waiting(deps);
    const decision = { ...reject, reason: "other", note: card };
    return (me) => approveRefund(me, caseId, { ...owner, decision });
  },
  "the note of a reopening": async (deps) => {
    const caseId = await waiting(deps);
    valueOf(await approveRefund(deps, caseId, { ...owner, decision: reject }));
    const evidence = [await aFile(deps)];
    return (me) => reopenRefund(me, caseId, { ...owner, evidence, note: card });
  },
  "the word on a file that was not uploaded": async (deps) => {
    const lead = await as(deps, (await join(deps, { role: "lead" })).staff);
    await askFor(deps, await paid(deps, 100));
    const batchId = await exportNow(lead);
    return (me) => recallLeftBatch(me, batchId, { ...owner, proof: card });
  },
  "where a file was handed in": async (deps) => {
    await askFor(deps, await paid(deps, 100));
    const batchId = await exportNow(deps);
    return (me) => reportUpload(me, batchId, card);
  },
  "the note of a result": async (deps) => {
    const caseId = await heard(deps, "processing");
    const at = instantFromMs(deps.now());
    const report = { result: "succeeded", by: "cust", at, evidence: [] } as const;
    return (me) => recordResult(me, caseId, report, card);
  },
  "the answer of the acquirer": async (deps) => {
    const caseId = await heard(deps, "processing");
    const at = instantFromMs(deps.now());
    const report = { result: "failed", by: "portal", at, evidence: [], answer: card } as const;
    return (me) => recordResult(me, caseId, report);
  },
  "the note of a resending": async (deps) => {
    const caseId = await heard(deps, "needs_action");
    return (me) => resendRefund(me, caseId, card);
  },
  "why a result is taken back": async (deps) => {
    const caseId = await heard(deps, "failed");
    const step = (await caseAt(deps, caseId)).attempts[0]?.steps.at(-1);
    return (me) => retractResult(me, caseId, step?.ref ?? { device: me.device, seq: 0 }, card);
  },
  "what the terminal said": async (deps) => {
    const target = await paid(deps, 100, { acquirer: "lakala" });
    const caseId = await askFor(deps, target, { type: "void" });
    return (me) => refundInstead(me, caseId, card);
  },
  "the note about goods": async (deps) => {
    const caseId = await askFor(deps, await paid(deps, 100), { type: "return" });
    return (me) => recordGoods(me, caseId, { state: "lost" }, card);
  },
  "the note of a call": async (deps) => {
    const caseId = await askFor(deps, await paid(deps, 100));
    return (me) => logContact(me, caseId, { with: "customer", via: "phone", text: card });
  },
  "the name of goods given in exchange": async (deps) => {
    const target = await paid(deps, 100);
    const exchange = { returned: [], replacement: lines };
    const draft = draftOf(deps, { type: "exchange", amount: { kind: "none" }, exchange });
    return (me) => recordRefund(me, target, draft);
  },
  "the name of goods that no payment lists": async (deps) => {
    const target = await paid(deps, 100);
    const draft = draftOf(deps, { amount: { kind: "free_lines", lines } });
    return (me) => recordRefund(me, target, draft);
  },
};

describe("a full card number", () => {
  it.each(Object.entries(fields))(
    "R55 F84 is refused in %s, and nothing is kept",
    async (_, at) => {
      const { deps } = await aShop();
      const ask = await at(deps);
      const before = await headOf(deps);
      expect(faultOf(await ask(deps)).kind).toBe("card_number_in_text");
      expect(await headOf(deps)).toEqual(before);
      expect(await storedText(deps)).not.toContain("1111-1111");
    },
  );

  it("R55 would be found: other words are, where they were typed", async () => {
    const { deps } = await aShop();
    await askFor(deps, await paid(deps, 100), { note: "桌号 1111-1111" });
    expect(await storedText(deps)).toContain("1111-1111");
  });
});
