import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import type { CaseId } from "../../src/domain/ids.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { caseState } from "../../src/domain/refund/case-state.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import { resultsOf } from "../../src/domain/refund/decide-result.ts";
import { listCases } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { reconcile } from "../../src/usecases/reconcile.ts";
import {
  linkDifference,
  recordOutside,
  resolveDifference,
} from "../../src/usecases/resolve-difference.ts";
import { retractResult } from "../../src/usecases/record-result.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { ok } from "../../src/domain/result.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { channelDay } from "../../src/domain/statements/channel-clock.ts";
import { importStatement, type ReadStatementFile } from "../../src/usecases/import-statement.ts";
import { prepareBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { comparing, linesOf } from "../support/compare-here.ts";
import { runs, seed } from "../support/deep.ts";
import { headOf } from "../support/journal-watch.ts";
import { aRow, checkFile, found, importOf, jobOf, options } from "../support/money-steps.ts";
import { paymentOf, rowOf, uploaded } from "../support/refund-rows.ts";
import { caseAt, hearNow, paymentAt, payNow, refundNow } from "../support/refunds.ts";

const classesOf = async (deps: Deps): Promise<readonly string[]> =>
  (await linesOf(deps)).map((match) => match.class).toSorted();

const moneyOf = async (deps: Deps, caseId: CaseId) => (await caseAt(deps, caseId)).money;

describe("statements that show our refunds", () => {
  it("R5 R6 X24 a row that proves arrival moves the refund to arrived, with the row as evidence", async () => {
    const { deps, one } = await uploaded(["full"]);
    valueOf(await importOf(deps, [await rowOf(deps, one)], "refunds"));
    const refundCase = await caseAt(deps, one);
    expect(refundCase.money).toBe("succeeded");
    expect(caseState(refundCase)).toBe("reconciled");
    expect(refundCase.history.at(-1)?.told).toMatchObject({ by: "row", state: "succeeded" });
    expect(await classesOf(deps)).toEqual(["matched"]);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F52 X24 the same rows in another file, and asked again, record nothing", async () => {
    const { deps, one } = await uploaded(["full"]);
    const row = await rowOf(deps, one);
    valueOf(await importOf(deps, [row], "first"));
    const { history } = await caseAt(deps, one);
    valueOf(await importOf(deps, [row], "second"));
    const before = await headOf(deps);
    expect(valueOf(await reconcile(deps, comparing))).toBe(0);
    expect(await headOf(deps)).toEqual(before);
    expect((await caseAt(deps, one)).history).toHaveLength(history.length);
  });

  it("R6 X6 a refund still under way there is not called arrived, nor by a fund bill", async () => {
    const { deps, one, other } = await uploaded();
    const open = await rowOf(deps, one, { status: "PROCESSING" });
    const moved = await rowOf(deps, other, { flowNo: "4200", status: "退款" });
    valueOf(await importOf(deps, [open, moved], "refunds"));
    expect(await moneyOf(deps, one)).toBe("processing");
    expect(await moneyOf(deps, other)).toBe("processing");
    expect(caseState(await caseAt(deps, one))).toBe("waiting_acquirer");
    expect(await classesOf(deps)).toEqual(["waiting", "waiting"]);
  });

  it("X6 a refusal there frees the balance with its row as evidence", async () => {
    const { deps, one } = await uploaded([1000]);
    valueOf(await importOf(deps, [await rowOf(deps, one, { status: "FAIL" })], "refunds"));
    expect(await moneyOf(deps, one)).toBe("failed");
    const payment = await paymentOf(deps, one);
    const { payment: now } = await found(deps, payment.numbers["transaction_id"] ?? "");
    expect(remaining(now).minor).toBe(payment.amount.minor);
  });

  it("X24 another amount, or one number paid twice, is left to a person", async () => {
    const { deps, one, other } = await uploaded();
    const less = await rowOf(deps, one, { minor: 1 });
    const twice = [await rowOf(deps, other), await rowOf(deps, other, { channelRefundNo: "5099" })];
    valueOf(await importOf(deps, [less, ...twice], "refunds"));
    expect(await moneyOf(deps, one)).toBe("submitted");
    expect(await moneyOf(deps, other)).toBe("submitted");
    expect(await classesOf(deps)).toEqual(["amount", "duplicate"]);
  });

  it("M24 a result that somebody took back does not return with the next import", async () => {
    const { deps, one } = await uploaded(["full"]);
    const row = await rowOf(deps, one);
    valueOf(await importOf(deps, [row], "refunds"));
    const [attempt] = (await caseAt(deps, one)).attempts;
    const [result] = attempt === undefined ? [] : resultsOf(attempt);
    if (result === undefined) throw new Error("no result");
    valueOf(await retractResult(deps, one, result, "账单有误"));
    expect(valueOf(await reconcile(deps, comparing))).toBe(0);
    expect(await moneyOf(deps, one)).toBe("submitted");
    expect(await classesOf(deps)).toEqual(["status"]);
  });

  it("X7 a row is heard beside what the portal said, and what is stronger stays", async () => {
    const { deps, one, other } = await uploaded();
    for (const caseId of [one, other]) await hearNow(deps, caseId, "succeeded");
    const late = await rowOf(deps, other, { status: "FAIL" });
    valueOf(await importOf(deps, [await rowOf(deps, one), late], "refunds"));
    expect(caseState(await caseAt(deps, one))).toBe("reconciled");
    expect(await moneyOf(deps, other)).toBe("succeeded");
    expect(await classesOf(deps)).toEqual(["matched", "status"]);
  });

  it("R35 an auditor brings nothing, and practice is left alone", async () => {
    const { deps, one } = await uploaded(["full"]);
    const auditor = { ...deps.staff(), role: "auditor" } as NonNullable<ReturnType<Deps["staff"]>>;
    expect(await reconcile({ ...deps, staff: () => auditor }, comparing)).toMatchObject({
      ok: false,
      fault: { kind: "not_entitled" },
    });
    const row = await rowOf(deps, one);
    const practice = await aShop({ training: true });
    valueOf(await importOf(practice.deps, [row], "refunds"));
    expect(await listCases(practice.deps.journal.db, {})).toEqual([]);
    expect(valueOf(await reconcile(practice.deps, comparing))).toBe(0);
  });
});

describe("differences", () => {
  it("X24 are settled by a signed note, and asked about again once they differ otherwise", async () => {
    const { deps, one } = await uploaded(["full"]);
    valueOf(await importOf(deps, [await rowOf(deps, one, { minor: 1 })], "refunds"));
    const [line] = await linesOf(deps);
    if (line?.ours === undefined) throw new Error("no line");
    const amount = { ...line, ours: line.ours };
    expect(faultOf(await resolveDifference(deps, amount, " "))).toEqual({ kind: "note_missing" });
    valueOf(await resolveDifference(deps, amount, "平台打错了，已退差额"));
    expect(await linesOf(deps)).toMatchObject([{ class: "amount", settled: true }]);
    expect((await caseAt(deps, one)).history.at(-1)).toMatchObject({
      text: "平台打错了，已退差额",
    });
    valueOf(await importOf(deps, [await rowOf(deps, one, { channelRefundNo: "5099" })], "again"));
    expect(await linesOf(deps)).toMatchObject([{ class: "duplicate", settled: false }]);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X11 X24 a refund made at the portal lowers the balance once a person says so, and then needs nobody", async () => {
    const { deps, one } = await uploaded([1000]);
    const portal = { refundNo: "PORTAL1", channelRefundNo: "5098", minor: 500 };
    valueOf(await importOf(deps, [await rowOf(deps, one, portal)], "refunds"));
    const outside = (await linesOf(deps)).find((line) => line.class === "missing_here");
    const [theirs] = outside?.theirs ?? [];
    if (theirs === undefined) throw new Error("no refund");
    expect(outside?.settled).toBe(false);
    valueOf(await recordOutside(deps, theirs));
    const { external } = await paymentOf(deps, one);
    expect(external).toBe(500);
    expect((await linesOf(deps)).find((line) => line.class === "missing_here")?.settled).toBe(true);
    const before = await headOf(deps);
    valueOf(await recordOutside(deps, theirs));
    expect(await headOf(deps)).toEqual(before);
    const stray = { ...theirs, transactionId: "4200000000000000000000000001" };
    expect(faultOf(await recordOutside(deps, stray))).toEqual({ kind: "payment_not_here" });
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X24 a row that may be either of two refunds is given to one by hand, with the row as evidence", async () => {
    const { deps } = await aShop();
    const alipay = { acquirer: "alipay", channel: "alipay" } as const;
    const paymentId = await payNow(deps, alipay);
    const part = { kind: "partial", amount: money(1000, CNY) } as const;
    const cases = [await refundNow(deps, { of: paymentId, amount: part })];
    cases.push(await refundNow(deps, { of: paymentId, amount: part }));
    const list = valueOf(await prepareBatch(deps, "refund-list-csv", options));
    valueOf(await reportDelivery(deps, list.batchId, "saved"));
    valueOf(await reportUpload(deps, list.batchId, "商户平台"));
    const { numbers } = await paymentAt(deps, paymentId);
    const at = instantFromMs(deps.now() - 1000);
    const byHand = { ...alipay, kind: "refund", refundNo: "PORTAL3", status: "退款" } as const;
    const outTradeNo = numbers["out_trade_no"] ?? "";
    valueOf(await importOf(deps, [aRow(deps, { ...byHand, outTradeNo, minor: 1000, at })], "one"));
    expect(await classesOf(deps)).toEqual(["missing_here", "waiting", "waiting"]);
    const lines = await linesOf(deps);
    const [theirs] = lines.find((line) => line.class === "missing_here")?.theirs ?? [];
    const second = lines.find(({ ours }) => ours?.caseId === cases[1]);
    if (theirs === undefined || second === undefined) throw new Error("no line");
    valueOf(await linkDifference(deps, second, theirs));
    expect(await moneyOf(deps, cases.at(-1) ?? ("" as CaseId))).toBe("succeeded");
    expect(await classesOf(deps)).toEqual(["matched", "waiting"]);
    expect(faultOf(await linkDifference(deps, second, theirs))).toEqual({ kind: "not_linked" });
    const other = { ...theirs, amount: { ...theirs.amount, minor: 1 } as typeof theirs.amount };
    const [first] = await linesOf(deps);
    if (first === undefined) throw new Error("no line");
    expect(faultOf(await linkDifference(deps, first, other))).toEqual({ kind: "not_linked" });
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X11 X24 what was typed at the portal is known by order, amount and time, and counted once", async () => {
    const { deps } = await aShop();
    const alipay = { acquirer: "alipay", channel: "alipay" } as const;
    const paymentId = await payNow(deps, alipay);
    const caseId = await refundNow(deps, { of: paymentId });
    const list = valueOf(await prepareBatch(deps, "refund-list-csv", options));
    valueOf(await reportDelivery(deps, list.batchId, "saved"));
    valueOf(await reportUpload(deps, list.batchId, "商户平台"));
    const { numbers } = await paymentAt(deps, paymentId);
    const at = instantFromMs(deps.now() - 1000);
    const outTradeNo = numbers["out_trade_no"] ?? "";
    const byHand = { ...alipay, kind: "refund", refundNo: "PORTAL2", status: "退款" } as const;
    const row = aRow(deps, { ...byHand, outTradeNo, minor: 36_000, at });
    valueOf(await importOf(deps, [row], "refunds"));
    expect(await moneyOf(deps, caseId)).toBe("succeeded");
    expect(await classesOf(deps)).toEqual(["matched"]);
    const { payment } = await found(deps, outTradeNo);
    expect(payment.external).toBe(0);
    expect(remaining(payment).minor).toBe(0);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X24 what left in any file that told our number is never known by order and amount alone", async () => {
    const { deps } = await aShop();
    const paymentId = await payNow(deps);
    await refundNow(deps, { of: paymentId });
    const csv = valueOf(await prepareBatch(deps, "wechat-batch-csv", options));
    valueOf(await reportDelivery(deps, csv.batchId, "saved"));
    valueOf(await reportUpload(deps, csv.batchId, "商户平台"));
    const { numbers } = await paymentAt(deps, paymentId);
    const at = instantFromMs(deps.now() - 1000);
    const outTradeNo = numbers["out_trade_no"] ?? "";
    const byHand = { kind: "refund", refundNo: "PORTAL4", outTradeNo, minor: 36_000, at } as const;
    valueOf(await importOf(deps, [aRow(deps, byHand)], "refunds"));
    expect(await classesOf(deps)).toEqual(["missing_here", "waiting"]);
  });

  it("X20 X24 a fee that came back otherwise than pro rata is a difference", async () => {
    const { deps, one } = await uploaded([1800]);
    const payment = await paymentOf(deps, one);
    const transactionId = payment.numbers["transaction_id"] ?? "";
    const paid = aRow(deps, { transactionId, kind: "payment", minor: 3600, fee: 22, line: 99 });
    valueOf(await importOf(deps, [paid, await rowOf(deps, one, { fee: 4 })], "fees"));
    expect(await linesOf(deps)).toMatchObject([{ class: "fee", ours: { feeBack: 11 } }]);
  });

  it("X12 X24 a refund that complete statements do not show is missing there", async () => {
    const { deps, one, clock } = await uploaded(["full"]);
    const { createdAt, attempts } = await caseAt(deps, one);
    const until = attempts[0]?.expectedBy ?? createdAt;
    clock.ms += 10 * 86_400_000;
    const job = jobOf([aRow(deps, { line: 98, transactionId: "4200" })], "whole");
    expect(await classesOf(deps)).toEqual(["waiting"]);
    const read: ReadStatementFile = async (file, how) => {
      const done = await job.read(file, how);
      if (!done.ok) return done;
      const totals = [{ name: "总交易单数", declared: 1, read: 1 }];
      const [firstDay, lastDay] = [channelDay(createdAt), channelDay(until)];
      return ok({ ...done.value, summary: { ...done.value.summary, firstDay, lastDay, totals } });
    };
    valueOf(await importStatement(deps, { ...job, read }));
    expect(await classesOf(deps)).toEqual(["missing_there"]);
    expect(await moneyOf(deps, one)).toBe("submitted");
  });
});

/** Fates of two refunds as several files tell them: under way, arrived, refused, and as money that moved. */
const fates: readonly Partial<StatementRow>[] = [
  { status: "PROCESSING" },
  { status: "SUCCESS" },
  { status: "FAIL" },
  { flowNo: "4200", status: "退款" },
  { status: "CHANGE" },
];

const stateAfter = async (
  told: readonly (readonly [which: number, fate: number])[],
  files: readonly (readonly number[])[],
) => {
  const { deps, one, other } = await uploaded();
  const rows = await Promise.all(
    told.map(async ([which, fate]) =>
      rowOf(deps, which === 0 ? one : other, {
        ...fates[fate],
        at: "2026-11-22T06:00:00Z" as StatementRow["at"],
      }),
    ),
  );
  for (const [index, file] of files.entries()) {
    const part = file.flatMap((place) => rows[place] ?? []);
    if (part.length > 0) valueOf(await importOf(deps, part, `part-${index}`));
  }
  const moneys = [await moneyOf(deps, one), await moneyOf(deps, other)];
  return { moneys, classes: await classesOf(deps), findings: await checkFile(deps) };
};

describe("several files", () => {
  it("X24 F52 cut and ordered in any way, with rows twice, leave the same states and classes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(fc.nat(1), fc.nat(fates.length - 1)), {
          minLength: 1,
          maxLength: 5,
          selector: ([which, fate]) => which * 10 + fate,
        }),
        fc.array(fc.array(fc.nat(4), { maxLength: 5 }), { maxLength: 4 }),
        fc.array(fc.nat(100), { minLength: 5, maxLength: 5 }),
        async (told, extra, keys) => {
          const all = told.map((_, index) => index);
          const shuffled = all.toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
          const whole = await stateAfter(told, [all]);
          const split = await stateAfter(told, [...extra, ...shuffled.map((place) => [place])]);
          expect(split).toEqual(whole);
          expect(whole.findings).toEqual([]);
        },
      ),
      { numRuns: runs(6, 60), seed },
    );
  }, 120_000);
});
