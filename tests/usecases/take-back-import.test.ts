import { describe, expect, it } from "vitest";

import { remaining } from "../../src/domain/payment.ts";
import { ok } from "../../src/domain/result.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { findInStatements, recentStatementRows } from "../../src/storage/find-in-statements.ts";
import { listImports } from "../../src/storage/queries.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { dropIncompleteImports } from "../../src/storage/save-statement.ts";
import { knownRowKeys } from "../../src/storage/statement-index.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { importStatement, type ReadStatementFile } from "../../src/usecases/import-statement.ts";
import { retractResult } from "../../src/usecases/record-result.ts";
import { recordOutside } from "../../src/usecases/resolve-difference.ts";
import { takeBackImport } from "../../src/usecases/take-back-import.ts";
import { resultsOf } from "../../src/domain/refund/decide-result.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { linesOf } from "../support/compare-here.ts";
import { aShop, someRows } from "../support/deps.ts";
import { headOf } from "../support/journal-watch.ts";
import { aRow, byHand, checkFile, found, importOf, jobOf, refund } from "../support/money-steps.ts";
import { rowOf, uploaded } from "../support/refund-rows.ts";
import { caseAt } from "../support/refunds.ts";

const file = hashText("bill");

describe("an import that is taken back", () => {
  it("X11 leaves no row in look-up, lists and reconciliation, and a signed record that names it", async () => {
    const { deps } = await aShop();
    const { db } = deps.journal;
    const row = aRow(deps);
    const other = aRow(deps, { transactionId: "4200999", outTradeNo: "OTHER", line: 7 });
    valueOf(await importOf(deps, [row]));
    valueOf(await importOf(deps, [other], "other"));
    const { records } = valueOf(await takeBackImport(deps, file));
    expect(records.map(({ kind }) => kind)).toEqual(["import"]);
    expect(await findPayment(deps, row.transactionId)).toEqual({ kind: "nothing" });
    expect(await findInStatements(db, row.transactionId)).toEqual([]);
    const left = await recentStatementRows(db, { limit: 9 });
    expect(left.map((one) => one.row.transactionId)).toEqual(["4200999"]);
    expect(await linesOf(deps)).toEqual([]);
    expect(await knownRowKeys(db)).toHaveLength(1);
    expect((await listImports(db)).map(({ takenBack }) => takenBack !== undefined)).toContain(true);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F52 comes again with the same file, under a record of its own, and proves refunds then", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    valueOf(await importOf(deps, [row]));
    valueOf(await takeBackImport(deps, file));
    expect(faultOf(await takeBackImport(deps, file))).toEqual({ kind: "import_taken_back" });
    expect(valueOf(await importOf(deps, [row]))).toMatchObject({ newRows: 1, knownRows: 0 });
    valueOf(await refund(deps, await found(deps, row.transactionId)));
    expect(faultOf(await importOf(deps, [row])).kind).toBe("already_imported");
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F24 is the same in the books after a rebuild, and its rows are gone after a start", async () => {
    const { deps } = await aShop();
    const { db } = deps.journal;
    valueOf(await importOf(deps, [aRow(deps)]));
    const stored = await db.statementImports.toArray();
    valueOf(await takeBackImport(deps, file));
    const books = await readBooks(db);
    valueOf(await rebuild(db));
    expect(await readBooks(db)).toEqual(books);
    await db.statementImports.bulkPut(stored); // as if the app was closed before its rows were deleted
    await dropIncompleteImports(db);
    expect(await db.statementImports.count()).toBe(0);
    expect(await db.statementBlocks.count()).toBe(0);
  });

  it("X11 is refused while a payment is recorded by its row, and changes nothing", async () => {
    const { deps } = await aShop();
    const [row] = someRows(deps);
    if (row === undefined) throw new Error("no row");
    valueOf(await importOf(deps, [row]));
    const target = await found(deps, row.transactionId);
    valueOf(await refund(deps, target, 100));
    const before = await headOf(deps);
    expect(faultOf(await takeBackImport(deps, file))).toMatchObject({
      kind: "import_in_use",
      payments: [target.payment.paymentId],
      cases: [],
      imports: [],
    });
    expect(await headOf(deps)).toEqual(before);
    const { payment } = await found(deps, row.transactionId);
    expect(remaining(payment).minor).toBe(row.minor - 100);
  });

  it("R6 X24 is refused while a row of it proves arrival, and no longer once that was retracted", async () => {
    const { deps, one } = await uploaded(["full"]);
    const proof = await rowOf(deps, one);
    valueOf(await importOf(deps, [proof], "proof"));
    expect(faultOf(await takeBackImport(deps, hashText("proof")))).toMatchObject({
      kind: "import_in_use",
      cases: [one],
    });
    expect((await caseAt(deps, one)).money).toBe("succeeded");
    const [attempt] = (await caseAt(deps, one)).attempts;
    const [result] = attempt === undefined ? [] : resultsOf(attempt);
    if (result === undefined) throw new Error("no result");
    valueOf(await retractResult(deps, one, result, "账单有误"));
    valueOf(await takeBackImport(deps, hashText("proof")));
    expect((await caseAt(deps, one)).money).toBe("submitted");
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X11 is refused while a payment counts a refund that its rows show: no balance comes free", async () => {
    const { deps } = await aShop();
    const row = aRow(deps, { transactionId: "" });
    valueOf(await byHand(deps, row));
    const portal = { kind: "refund", refundNo: "PORTAL1", minor: 50, line: 8 } as const;
    valueOf(await importOf(deps, [aRow(deps, { ...row, ...portal })]));
    const [line] = await linesOf(deps);
    const [theirs] = line?.theirs ?? [];
    if (theirs === undefined) throw new Error("no refund");
    valueOf(await recordOutside(deps, theirs));
    const { payment } = await found(deps, row.outTradeNo);
    expect(payment.external).toBe(50);
    expect(faultOf(await takeBackImport(deps, file))).toMatchObject({
      kind: "import_in_use",
      payments: [payment.paymentId],
    });
  });

  it("F52 is refused while a later import left out rows that were here, until that is taken back first", async () => {
    const { deps } = await aShop();
    const [row, more] = [aRow(deps), aRow(deps, { transactionId: "4200999", line: 7 })];
    valueOf(await importOf(deps, [row]));
    const later = hashText("later");
    const job = jobOf([more], "later");
    const read: ReadStatementFile = async (chosen, how) => {
      const done = await job.read(chosen, how);
      return done.ok ? ok({ ...done.value, knownRows: 1 }) : done;
    };
    valueOf(await importStatement(deps, { ...job, read }));
    expect(faultOf(await takeBackImport(deps, file))).toMatchObject({
      kind: "import_in_use",
      imports: [{ file: later }],
    });
    valueOf(await takeBackImport(deps, later));
    valueOf(await takeBackImport(deps, file));
    expect(await deps.journal.db.statementBlocks.count()).toBe(0);
  });

  it("X11 a refund asked for by a row that was taken back meanwhile is not recorded", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    valueOf(await importOf(deps, [row]));
    const target = await found(deps, row.transactionId);
    valueOf(await takeBackImport(deps, file));
    expect(faultOf(await refund(deps, target))).toEqual({ kind: "payment_not_here" });
  });
});
