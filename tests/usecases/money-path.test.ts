import { describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import type { BatchId, CaseId } from "../../src/domain/ids.ts";
import { instantFromMs, type Instant } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { getBatch, getCase, getPayment } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareBatch, recallBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { recordPayment } from "../../src/usecases/record-payment.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { searchPayments } from "../../src/usecases/search-payments.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import {
  importOf,
  found,
  refund,
  aRow,
  byHand,
  handWritten,
  options,
  checkFile,
  exported,
  arrived,
} from "../support/money-steps.ts";

describe("one payment under several numbers", () => {
  it("F41 X2 a payment written by hand is found by the channel's number once its statement is here", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    const paymentId = valueOf(await byHand(deps, row));
    valueOf(await refund(deps, await found(deps, row.outTradeNo)));
    valueOf(await importOf(deps, [row]));
    const { payment } = await found(deps, row.transactionId);
    expect(payment.paymentId).toBe(paymentId);
    expect(remaining(payment).minor).toBe(0);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F41 X1 a payment written down twice is one once its statement shows both numbers", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    const first = valueOf(await byHand(deps, row));
    valueOf(await refund(deps, await found(deps, row.outTradeNo)));
    const number = { name: "transaction_id", text: row.transactionId } as const;
    const second = valueOf(await recordPayment(deps, { ...handWritten(deps, row), number }));
    expect(second).not.toBe(first);
    expect(remaining((await found(deps, row.transactionId)).payment).minor).toBe(row.minor);
    valueOf(await importOf(deps, [row]));
    for (const text of [row.outTradeNo, row.transactionId]) {
      const { payment } = await found(deps, text);
      expect(remaining(payment).minor).toBe(0);
      expect(faultOf(await refund(deps, await found(deps, text))).kind).toBe("gate_closed");
    }
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F41 of two written down the rest is refunded once, under either, and the journal says they are one", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    const first = valueOf(await byHand(deps, row));
    const number = { name: "transaction_id", text: row.transactionId } as const;
    const second = valueOf(await recordPayment(deps, { ...handWritten(deps, row), number }));
    valueOf(await importOf(deps, [row]));
    valueOf(await refund(deps, await found(deps, row.transactionId)));
    const payments = await Promise.all(
      [first, second].map((id) => getPayment(deps.journal.db, id)),
    );
    expect(payments.map((payment) => payment?.same)).toEqual([[second], [first]]);
    expect(payments.map((payment) => payment && remaining(payment).minor)).toEqual([0, 0]);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F41 a search by amount shows what was refunded of a payment written by hand", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    const paymentId = valueOf(await byHand(deps, row));
    valueOf(await importOf(deps, [row]));
    const day = { from: "2026-11-01T00:00:00Z" as Instant, to: "2026-12-01T00:00:00Z" as Instant };
    const matches = await searchPayments(deps, { minor: row.minor, ...day });
    const same = matches.filter(({ because }) => because.kind === "amount");
    expect(same.map((match) => match.found.payment.paymentId)).toEqual([paymentId]);
  });

  it("F53 a row of another payment with the same order number is not taken for its proof", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    const other = aRow(deps, {
      acquirer: "alipay",
      channel: "alipay",
      transactionId: "2026112222001400000000000001",
      minor: 990_000,
    });
    valueOf(await importOf(deps, [row]));
    valueOf(await refund(deps, await found(deps, row.transactionId), 100));
    valueOf(await importOf(deps, [other], "alipay"));
    const lookup = await findPayment(deps, row.outTradeNo);
    if (lookup.kind !== "several") throw new Error(lookup.kind);
    const sums = lookup.found.map(({ payment }) => [
      payment.acquirer,
      payment.amount.minor,
      remaining(payment).minor,
    ]);
    expect(sums).toEqual([
      ["wechatpay", row.minor, row.minor - 100],
      ["alipay", 990_000, 990_000],
    ]);
    expect((await found(deps, row.transactionId)).payment.amount.minor).toBe(row.minor);
  });

  it("X2 a row whose number no record can hold keeps one payment, refunded once", async () => {
    const { deps } = await aShop();
    const row = aRow(deps, { transactionId: "", outTradeNo: "订单 17 号" });
    valueOf(await importOf(deps, [row]));
    valueOf(await refund(deps, await found(deps, row.outTradeNo)));
    const again = await refund(deps, await found(deps, row.outTradeNo));
    expect(faultOf(again).kind).toBe("gate_closed");
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X11 a refund elsewhere that two statements show is counted once", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    const outside = { kind: "refund", minor: 500, refundNo: "PORTAL0001" } as const;
    const one = aRow(deps, { ...outside, channelRefundNo: "5030220318202611220001", line: 7 });
    const same = aRow(deps, { ...outside, channelRefundNo: "5030220318202611220001", line: 9 });
    valueOf(await importOf(deps, [row, one]));
    valueOf(await importOf(deps, [same], "again"));
    expect(remaining((await found(deps, row.transactionId)).payment).minor).toBe(row.minor - 500);
  });
});

const aPayment = (deps: Deps, text: string) => ({
  amount: money(1800, CNY),
  channel: "wechat" as const,
  acquirer: "wechatpay",
  state: "paid" as const,
  paidAt: instantFromMs(deps.now() - 60_000),
  proof: "own_sale" as const,
  number: { name: "out_trade_no" as const, text },
});

describe("payments written by hand", () => {
  it.each(["17", "A20261122000017"])(
    "F41 F29 the number %s is recorded once from two windows",
    async (text) => {
      const { deps } = await aShop();
      const entry = aPayment(deps, text);
      const saved = await Promise.all([recordPayment(deps, entry), recordPayment(deps, entry)]);
      expect(saved.filter(({ ok }) => ok)).toHaveLength(1);
      expect(faultOf(saved.find(({ ok }) => !ok) ?? saved[0]).kind).toBe("payment_known");
      expect(faultOf(await recordPayment(deps, entry)).kind).toBe("payment_known");
      expect(await checkFile(deps)).toEqual([]);
    },
  );

  it("F41 a number that two payments of the statements bear is not recorded a third time", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    const other = aRow(deps, {
      acquirer: "alipay",
      channel: "alipay",
      transactionId: "2026112222001400000000000001",
    });
    valueOf(await importOf(deps, [row, other]));
    expect(faultOf(await recordPayment(deps, aPayment(deps, row.outTradeNo))).kind).toBe(
      "payment_known",
    );
  });

  it("R55 a payer's payment code is refused here too, not only by the screen", async () => {
    const { deps } = await aShop();
    const entry = aPayment(deps, "134567890123456789");
    expect(faultOf(await recordPayment(deps, entry)).kind).toBe("payment_code");
  });

  it("F47 a year of two digits is no time of payment", async () => {
    const { deps } = await aShop();
    const entry = { ...aPayment(deps, "A1"), paidAt: "0026-11-22T06:00:00Z" as Instant };
    expect(faultOf(await recordPayment(deps, entry)).kind).toBe("bad_time");
  });
});

describe("statements", () => {
  it("S24 a file whose rows are gone can be imported again, under its first record", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    valueOf(await importOf(deps, [row]));
    const { db } = deps.journal;
    await Promise.all([
      db.statementImports.clear(),
      db.statementBlocks.clear(),
      db.statementIndexes.clear(),
    ]);
    valueOf(await importOf(deps, [row]));
    valueOf(await refund(deps, await found(deps, row.transactionId)));
    expect(await db.imports.count()).toBe(1);
    expect(await checkFile(deps)).toEqual([]);
    expect(faultOf(await importOf(deps, [row])).kind).toBe("already_imported");
  });

  it("F52 F29 two windows importing one file write one import", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    const both = await Promise.all([importOf(deps, [row]), importOf(deps, [row])]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await deps.journal.db.statementImports.count()).toBe(1);
    const records = await deps.journal.db.records.toArray();
    expect(records.filter(({ kind }) => kind === "import")).toHaveLength(1);
  });
});

describe("batches", () => {
  it("M8 a batch with a refund that arrived meanwhile is handed out again without a wrong record", async () => {
    const { deps } = await aShop();
    const { cases, batch } = await exported(deps);
    valueOf(await reportDelivery(deps, batch.batchId, "saved"));
    valueOf(await arrived(deps, cases[0] as CaseId));
    expect((await reportDelivery(deps, batch.batchId, "shared")).ok).toBe(true);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("M9 a batch that was taken back is not handed out any more", async () => {
    const { deps } = await aShop();
    const { cases, batch } = await exported(deps);
    valueOf(await recallBatch(deps, batch.batchId));
    await reportDelivery(deps, batch.batchId, "shared");
    expect((await getCase(deps.journal.db, cases[0] as CaseId))?.money).toBe("ready");
    valueOf(await withdrawRefund(deps, cases[0] as CaseId, "mistake"));
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X16 two files within one second are two batches", async () => {
    const { deps: running, clock } = await aShop();
    const deps: Deps = { ...running, now: () => clock.ms };
    const { batch } = await exported({ ...running });
    clock.ms += 1000;
    valueOf(await recallBatch(deps, batch.batchId));
    const first = valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
    valueOf(await recallBatch(deps, first.batchId));
    const second = valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
    expect(second.batchId).not.toBe(first.batchId);
    expect(second.file.name).toContain(second.batchId);
    valueOf(await reportDelivery(deps, second.batchId, "saved"));
    valueOf(await reportUpload(deps, second.batchId, ""));
    expect(await getBatch(deps.journal.db, second.batchId)).toMatchObject({ state: "uploaded" });
    expect(await getBatch(deps.journal.db, first.batchId)).toMatchObject({ state: "recalled" });
  });

  it("F73 words about the upload are cut between characters", async () => {
    const { deps } = await aShop();
    const { batch } = await exported(deps);
    const where = `${"a".repeat(499)}😀😀`;
    expect((await reportUpload(deps, batch.batchId, where)).ok).toBe(true);
  });

  it("M10 an unknown batch is told", async () => {
    const { deps } = await aShop();
    expect(faultOf(await reportUpload(deps, "X" as BatchId, "")).kind).toBe("batch_unknown");
  });
});

describe("results", () => {
  it("R55 a payment code is no reference", async () => {
    const { deps } = await aShop();
    const { cases } = await exported(deps);
    const report = {
      result: "succeeded",
      by: "portal",
      reference: "134567890123456789",
      evidence: [],
    } as const;
    const at = instantFromMs(deps.now() - 5000);
    expect(faultOf(await recordResult(deps, cases[0] as CaseId, { ...report, at })).kind).toBe(
      "payment_code",
    );
  });

  it("F47 a result of the year 26 is refused in words", async () => {
    const { deps } = await aShop();
    const { cases } = await exported(deps);
    const at = "0026-11-22T06:00:00Z" as Instant;
    const report = { result: "succeeded", by: "cust", at, evidence: [] } as const;
    expect(faultOf(await recordResult(deps, cases[0] as CaseId, report)).kind).toBe("bad_time");
  });
});
