import { describe, expect, it } from "vitest";

import { ulid, type CaseId } from "../../src/domain/ids.ts";
import { money } from "../../src/domain/money.ts";
import { CNY } from "../../src/domain/currency.ts";
import { remaining } from "../../src/domain/payment.ts";
import { newDraft } from "../../src/domain/refund/draft.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { FoundPayment } from "../../src/domain/found-payment.ts";
import type { Result } from "../../src/domain/result.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { getCase, getPayment, listCases } from "../../src/storage/queries.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import {
  batchFile,
  prepareBatch,
  recallBatch,
  reportDelivery,
} from "../../src/usecases/export-batch.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { importStatement } from "../../src/usecases/import-statement.ts";
import { recordPayment } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { compareHere } from "../support/compare-here.ts";
import { aShop, readerOf, someRows } from "../support/deps.ts";

const valueOf = <T, F>(result: Result<T, F>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
};

const newCaseId = (deps: Deps): CaseId => ulid(deps.now(), deps.random(10)) as CaseId;

const imported = async (deps: Deps, name = "bill") => {
  const rows = someRows(deps);
  const job = {
    file: new File(["x"], `${name}.csv`),
    read: readerOf(rows, hashText(name)),
    compare: compareHere,
    allowMissingSummary: false,
    onProgress: () => undefined,
    confirm: async () => true,
    signal: new AbortController().signal,
  };
  return { rows, result: await importStatement(deps, job), job };
};

const found = async (deps: Deps, number: string): Promise<FoundPayment> => {
  const lookup = await findPayment(deps, number);
  if (lookup.kind !== "payment") throw new Error(lookup.kind);
  return lookup.found;
};

const options = {
  gradeD: false,
  texts: { reason: (code: string) => code, channel: (code: string) => code },
};

const refund = (
  deps: Deps,
  target: FoundPayment,
  minor: number | "full",
  caseId = newCaseId(deps),
) =>
  recordRefund(
    deps,
    target,
    newDraft({
      caseId,
      reason: "faulty",
      amount: minor === "full" ? { kind: "full" } : { kind: "partial", amount: money(minor, CNY) },
    }),
  );

const exportAll = async (deps: Deps) => {
  const file = valueOf(
    await prepareLedgerFile(deps, {
      scope: "all",
      onProgress: () => undefined,
      signal: new AbortController().signal,
    }),
  );
  const enrolment = await findEnrolment(deps.journal.db);
  const root = enrolment?.root;
  if (root === undefined) throw new Error("no root");
  const report = valueOf(
    await verifyRefundlog({
      source: file.file.bytes,
      verify: deps.verify,
      roots: new Map([[thumbprint(root), root]]),
    }),
  );
  return { file, report };
};

describe("the main job without a browser", () => {
  it("R4 R16 R17 X2 refunds in parts, keeps the balance, and the whole file verifies", async () => {
    const { deps } = await aShop();
    const { rows } = await imported(deps);
    const number = rows[0]?.transactionId ?? "";
    const first = valueOf(await refund(deps, await found(deps, number), 1201));
    expect(first.copies).toBe(2);
    valueOf(await refund(deps, await found(deps, number), 1000));
    const over = await refund(deps, await found(deps, number), 1400);
    expect(over).toMatchObject({ ok: false, fault: { kind: "over_remaining" } });
    const last = valueOf(await refund(deps, await found(deps, number), "full"));
    expect(last.records).toHaveLength(1);
    const { payment } = await found(deps, number);
    expect(remaining(payment).minor).toBe(0);
    expect(payment.claims.map((claim) => claim.amount.minor)).toEqual([1201, 1000, 1399]);
    const { report } = await exportAll(deps);
    expect(report.findings.filter((finding) => finding.code.startsWith("E_"))).toEqual([]);
    expect(report.verdict).toBe("ok");
  });

  it("X1 F39 F40 the same case twice is one record with one number", async () => {
    const { deps } = await aShop();
    const { rows } = await imported(deps);
    const target = await found(deps, rows[1]?.transactionId ?? "");
    const caseId = newCaseId(deps);
    const saved = await Promise.all([1, 2, 3].map(() => refund(deps, target, "full", caseId)));
    const hashes = new Set(saved.map((one) => valueOf(one).records.at(-1)?.hash));
    expect(hashes.size).toBe(1);
    expect(await listCases(deps.journal.db, {})).toHaveLength(1);
  });

  it("R13 X33 finds a payment by every number and by a confused spelling, and a refund by its own", async () => {
    const { deps } = await aShop();
    const { rows } = await imported(deps);
    const row = rows[4];
    if (row === undefined) throw new Error("no row");
    expect((await findPayment(deps, row.outTradeNo)).kind).toBe("payment");
    const confused = await findPayment(deps, row.outTradeNo.replaceAll("0", "O"));
    expect(confused).toMatchObject({ kind: "payment", spelling: "similar" });
    valueOf(await refund(deps, await found(deps, row.transactionId), "full"));
    const [refundCase] = await listCases(deps.journal.db, {});
    const refundNo = refundCase?.attempts[0]?.refundNo ?? "";
    expect(await findPayment(deps, refundNo)).toMatchObject({
      kind: "refund",
      caseId: refundCase?.caseId,
    });
  });

  it("F52 the same statement again changes nothing", async () => {
    const { deps } = await aShop();
    const { job } = await imported(deps);
    const before = await deps.journal.db.statementBlocks.count();
    const again = await importStatement(deps, job);
    expect(again).toMatchObject({ ok: false, fault: { kind: "already_imported", rows: 40 } });
    expect(await deps.journal.db.statementBlocks.count()).toBe(before);
    expect(await deps.journal.db.statementImports.count()).toBe(1);
  });

  it("R5 R6 M7 M10 M17 leaves as a file, is reported as uploaded, and arrives only with evidence", async () => {
    const { deps } = await aShop();
    const { rows } = await imported(deps);
    const caseId = newCaseId(deps);
    valueOf(await refund(deps, await found(deps, rows[0]?.transactionId ?? ""), "full", caseId));
    const batch = valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
    const text = new TextDecoder().decode(batch.file.bytes);
    const refundCase = await getCase(deps.journal.db, caseId);
    expect(text).toBe(`${rows[0]?.outTradeNo},36.00,faulty,${refundCase?.attempts[0]?.refundNo}`);
    expect(valueOf(await batchFile(deps, batch.batchId)).bytes).toEqual(batch.file.bytes);
    valueOf(await reportDelivery(deps, batch.batchId, "saved"));
    expect(await recallBatch(deps, batch.batchId)).toMatchObject({ ok: false });
    valueOf(await reportUpload(deps, batch.batchId, "商户平台"));
    expect(await reportUpload(deps, batch.batchId, "")).toMatchObject({
      fault: { kind: "batch_already_uploaded" },
    });
    const at = instantFromMs(deps.now());
    const bare = { result: "succeeded", by: "portal", at, evidence: [] } as const;
    expect(await recordResult(deps, caseId, bare)).toMatchObject({
      fault: { kind: "evidence_missing" },
    });
    valueOf(await recordResult(deps, caseId, { ...bare, reference: "50302203182026112200000001" }));
    expect((await getCase(deps.journal.db, caseId))?.money).toBe("succeeded");
    const { report } = await exportAll(deps);
    expect(report.verdict).toBe("ok");
    expect(report.refunds[0]).toMatchObject({ money: "succeeded" });
  });

  it("F54 a file that never left is taken back, and its refund waits again", async () => {
    const { deps } = await aShop();
    const { rows } = await imported(deps);
    const caseId = newCaseId(deps);
    valueOf(await refund(deps, await found(deps, rows[0]?.transactionId ?? ""), "full", caseId));
    const batch = valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
    expect((await getCase(deps.journal.db, caseId))?.money).toBe("exported");
    valueOf(await recallBatch(deps, batch.batchId));
    expect((await getCase(deps.journal.db, caseId))?.money).toBe("ready");
    expect((await exportAll(deps)).report.verdict).toBe("ok");
  });

  it("M6 withdraws before it leaves, and not after", async () => {
    const { deps } = await aShop();
    const { rows } = await imported(deps);
    const caseId = newCaseId(deps);
    const number = rows[0]?.transactionId ?? "";
    valueOf(await refund(deps, await found(deps, number), "full", caseId));
    valueOf(await withdrawRefund(deps, caseId, "customer"));
    expect(remaining((await found(deps, number)).payment).minor).toBe(3600);
    expect(await withdrawRefund(deps, caseId, "customer")).toMatchObject({
      fault: { kind: "not_allowed_now" },
    });
    expect((await exportAll(deps)).report.verdict).toBe("ok");
  });

  it("R34 X26 a payment by hand bears its grade: E never leaves, D waits for a statement or the owner", async () => {
    const { deps } = await aShop();
    const entry = {
      amount: money(1800, CNY),
      channel: "wechat",
      acquirer: "wechatpay",
      state: "paid" as const,
      paidAt: instantFromMs(deps.now() - 60_000),
    } as const;
    const number = { name: "out_trade_no", text: "A20261122000017" } as const;
    const oral = valueOf(await recordPayment(deps, { ...entry, proof: "screenshot" }));
    const bill = valueOf(await recordPayment(deps, { ...entry, proof: "bill_barcode", number }));
    for (const paymentId of [oral, bill]) {
      const payment = await getPayment(deps.journal.db, paymentId);
      if (payment === undefined) throw new Error("not recorded");
      valueOf(await refund(deps, { payment, rows: [], others: [] }, "full"));
    }
    const refused = await prepareBatch(deps, "wechat-batch-txt", options);
    expect(refused).toMatchObject({
      fault: { kind: "nothing_to_export", blocked: [{ reason: { kind: "grade_d" } }] },
    });
    valueOf(await prepareBatch(deps, "wechat-batch-txt", { ...options, gradeD: true }));
    const list = await prepareBatch(deps, "refund-list-csv", { ...options, gradeD: true });
    expect(list).toMatchObject({ fault: { blocked: [{ reason: { kind: "grade_e" } }] } });
    expect(
      (await exportAll(deps)).report.findings.filter(({ code }) => code.startsWith("E_")),
    ).toEqual([]);
  });

  it("R55 F84 refuses a card number in a note", async () => {
    const { deps } = await aShop();
    const { rows } = await imported(deps);
    const target = await found(deps, rows[0]?.transactionId ?? "");
    const draft = newDraft({
      caseId: newCaseId(deps),
      reason: "faulty",
      amount: { kind: "full" },
      note: "卡号 4111 1111 1111 1111",
    });
    expect(await recordRefund(deps, target, draft)).toMatchObject({
      fault: { kind: "card_number_in_text" },
    });
  });

  it("X40 practice records are marked and never leave for an acquirer", async () => {
    const { deps } = await aShop({ training: true });
    const { rows } = await imported(deps);
    valueOf(await refund(deps, await found(deps, rows[0]?.transactionId ?? ""), "full"));
    const refused = await prepareBatch(deps, "wechat-batch-txt", options);
    expect(refused).toMatchObject({ fault: { blocked: [{ reason: { kind: "training" } }] } });
    const { report } = await exportAll(deps);
    expect(report.verdict).toBe("ok");
    expect(report.totals).toEqual([]);
  });
});
