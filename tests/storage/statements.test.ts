import { beforeEach, describe, expect, it } from "vitest";
import { CNY } from "../../src/domain/currency.ts";
import type { DeviceId, Hash, RecordRef } from "../../src/domain/ids.ts";
import { instantFromSeconds } from "../../src/domain/instant.ts";
import { packBlock, rowKey } from "../../src/domain/statements/statement-block.ts";
import { newStatementIndex } from "../../src/domain/statements/statement-index.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import type { Database } from "../../src/storage/database.ts";
import {
  findInStatements,
  recentStatementRows,
  searchStatements,
} from "../../src/storage/find-in-statements.ts";
import {
  beginImport,
  dropImport,
  dropIncompleteImports,
  finishImport,
  knownImport,
  saveBlocks,
  saveIndexPiece,
} from "../../src/storage/save-statement.ts";
import { knownRowKeys } from "../../src/storage/statement-index.ts";
import { newBrowser, openTestDatabase, valueOf } from "./a-till.ts";
import { runs } from "../support/deep.ts";

beforeEach(newBrowser);

const epoch = 1_780_000_000;
const at = (number: number) => instantFromSeconds(epoch + number * 60);
const transaction = (number: number): string => `4200${String(number).padStart(20, "0")}`;

const aRow = (number: number, over: Partial<StatementRow> = {}): StatementRow => ({
  line: number,
  kind: "payment",
  acquirer: "wechatpay",
  channel: "wechat",
  merchantNo: "1900012345",
  transactionId: transaction(number),
  outTradeNo: `S${number}-TILL`,
  minor: 1_000 + (number % 50),
  currency: CNY,
  at: at(number),
  status: "SUCCESS",
  digest: `digest-${String(number).padStart(9, "0")}`,
  ...over,
});

const rows = (first: number, count: number): readonly StatementRow[] =>
  Array.from({ length: count }, (_, index) => aRow(first + index));

const record: RecordRef = { device: "d" as DeviceId, seq: 7 };
const digest = "digest of the file" as Hash;
const finished = { record, digest, acquirer: "wechatpay" };

const importRows = async (
  db: Database,
  importId: string,
  blocks: readonly (readonly StatementRow[])[],
): Promise<void> => {
  valueOf(await beginImport(db, { importId, name: `${importId}.csv` }));
  valueOf(await saveBlocks(db, importId, 0, blocks.map(packBlock)));
};

const aStatement = async (count: number, perBlock: number): Promise<Database> => {
  const db = await openTestDatabase();
  const blocks = Array.from({ length: count / perBlock }, (_, index) =>
    rows(index * perBlock, perBlock),
  );
  await importRows(db, "i1", blocks);
  valueOf(await finishImport(db, "i1", finished));
  return db;
};

describe("an import", () => {
  it("is not found before it is finished, and then with the record that vouches for it", async () => {
    const db = await openTestDatabase();
    await importRows(db, "i1", [rows(0, 3), rows(3, 3)]);
    expect(await findInStatements(db, transaction(4))).toEqual([]);
    expect(await knownImport(db, digest)).toBeUndefined();
    expect(await knownRowKeys(db)).toHaveLength(0);
    valueOf(await finishImport(db, "i1", finished));
    expect(await findInStatements(db, transaction(4))).toEqual([
      { row: aRow(4), imported: record },
    ]);
    expect(await knownImport(db, digest)).toMatchObject({ importId: "i1" });
  });

  it("F52 tells the next one which rows are known, sorted", async () => {
    const db = await aStatement(6, 3);
    const expected = Float64Array.from(rows(0, 6).map(rowKey)).sort();
    expect(await knownRowKeys(db)).toEqual(expected);
  });

  it("can be dropped with all its rows, while others stay", async () => {
    const db = await aStatement(6, 3);
    await importRows(db, "i2", [rows(10, 3)]);
    valueOf(await finishImport(db, "i2", finished));
    await dropImport(db, "i1");
    expect(await findInStatements(db, transaction(4))).toEqual([]);
    expect(await findInStatements(db, transaction(11))).toHaveLength(1);
    expect(await db.statementBlocks.count()).toBe(1);
  });

  it("takes no more blocks after it was cleared away at a start", async () => {
    const db = await aStatement(3, 3);
    await importRows(db, "half", [rows(10, 3)]);
    await dropIncompleteImports(db);
    const gone = { ok: false, fault: { kind: "import_gone" } };
    expect(await saveBlocks(db, "half", 1, [packBlock(rows(13, 3))])).toEqual(gone);
    const merchants = { part: "merchants", index: 0, values: [] } as const;
    expect(await saveIndexPiece(db, "half", merchants)).toEqual(gone);
    expect(await finishImport(db, "half", finished)).toEqual(gone);
    expect(await db.statementBlocks.count()).toBe(1);
  });
});

const answersOf = async (db: Database) => [
  await findInStatements(db, transaction(77)),
  await searchStatements(db, { minor: 1_007, from: at(0), to: at(399) }),
  await searchStatements(db, { tail: "0123", from: at(0), to: at(399) }),
  await recentStatementRows(db, { limit: 20 }),
  await knownRowKeys(db),
];

describe("a look-up in statements", () => {
  it("finds a payment and its refunds by any number, however confused its spelling", async () => {
    const db = await openTestDatabase();
    const refund = aRow(5, {
      kind: "refund",
      refundNo: "R7K2Q4000000001T",
      channelRefundNo: "50301",
      digest: "refund",
      at: at(900),
    });
    await importRows(db, "i1", [rows(0, 10), [refund]]);
    valueOf(await finishImport(db, "i1", finished));
    const kinds = async (number: string) =>
      (await findInStatements(db, number)).map(({ row }) => row.kind);
    expect(await kinds(transaction(5))).toEqual(["payment", "refund"]);
    expect(await kinds("s5-ti11")).toEqual(["payment", "refund"]);
    expect(await kinds("R7K2Q4000000001T")).toEqual(["refund"]);
    expect(await kinds("50301")).toEqual(["refund"]);
    expect(await kinds("nothing")).toEqual([]);
  });

  it("prefers the exact spelling when two orders differ only in O and 0", async () => {
    const db = await openTestDatabase();
    const orders = [aRow(1, { outTradeNo: "A-10" }), aRow(2, { outTradeNo: "A-1O" })];
    await importRows(db, "i1", [orders]);
    valueOf(await finishImport(db, "i1", finished));
    expect((await findInStatements(db, "A-10")).map(({ row }) => row.line)).toEqual([1]);
    expect((await findInStatements(db, "A-1O")).map(({ row }) => row.line)).toEqual([2]);
    expect(await findInStatements(db, "a-1o")).toHaveLength(2);
  });

  it("pages through the newest rows without leaving one out, whatever order the blocks are in", async () => {
    const db = await openTestDatabase();
    await importRows(db, "late", [rows(3_000, 20), rows(6_000, 20)]);
    valueOf(await finishImport(db, "late", finished));
    await importRows(db, "early", [rows(0, 20), rows(5_990, 20)]);
    valueOf(await finishImport(db, "early", finished));
    const seen: string[] = [];
    let page = await recentStatementRows(db, { limit: 7 });
    while (page.length > 0) {
      seen.push(...page.map(({ row }) => `${row.at} ${row.digest}`));
      const last = page.at(-1)?.row;
      page = last === undefined ? [] : await recentStatementRows(db, { before: last, limit: 7 });
    }
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe(70);
  });

  it("finds payments by amount, time and the end of a number", async () => {
    const db = await aStatement(200, 50);
    const wanted = { minor: 1_007, from: at(0), to: at(199) };
    const lines = (await searchStatements(db, wanted)).map(({ row }) => row.line);
    expect(lines).toEqual([157, 107, 57, 7]);
    const later = await searchStatements(db, { ...wanted, from: at(100) });
    expect(later.map(({ row }) => row.line)).toEqual([157, 107]);
    const tail = transaction(57).slice(-4);
    expect((await searchStatements(db, { ...wanted, tail })).map(({ row }) => row.line)).toEqual([
      57,
    ]);
  });

  it("X33 finds by the end of a number alone, confused or longer than what is told apart", async () => {
    const db = await openTestDatabase();
    const orders = ["A-10017", "B-1OO17", "C-10018", "XY10017"];
    const paid = orders.map((outTradeNo, line) => aRow(line, { outTradeNo }));
    await importRows(db, "i1", [paid]);
    valueOf(await finishImport(db, "i1", finished));
    const found = async (tail: string) =>
      (await searchStatements(db, { tail, from: at(0), to: at(9) })).map(({ row }) => row.line);
    expect(await found("0017")).toEqual([3, 1, 0]);
    expect(await found("oo17")).toEqual([3, 1, 0]);
    expect(await found("Y10017")).toEqual([3]);
    expect(await found("B-10017")).toEqual([1]);
    expect(await found("0018")).toEqual([2]);
    expect(await found("9999")).toEqual([]);
  });

  it("finds the same by the index that the worker made as by the one made here", async () => {
    const here = await answersOf(await aStatement(400, 50));
    newBrowser();
    const made = await openTestDatabase();
    await importRows(made, "i1", [rows(0, 400)]);
    const index = newStatementIndex();
    index.add(rows(0, 400));
    for (const piece of index.pieces(new Float64Array(rows(0, 400).map(rowKey))))
      valueOf(await saveIndexPiece(made, "i1", piece));
    valueOf(await finishImport(made, "i1", finished));
    expect(await answersOf(made)).toEqual(here);
    expect(here.every((found) => found.length > 0)).toBe(true);
  });

  it("keeps the index that it made of many rows for the next start", async () => {
    const db = await aStatement(2_500, 500);
    const all = await Promise.all([
      findInStatements(db, transaction(7)),
      searchStatements(db, { tail: "2499", from: at(0), to: at(2_499) }),
    ]);
    expect(all.map((found) => found.length)).toEqual([1, 1]);
    await expect.poll(() => db.statementIndexes.count()).toBeGreaterThan(0);
    db.close();
    const again = await openTestDatabase();
    await again.statementBlocks.delete(["i1", 0]);
    const left = await searchStatements(again, { tail: "2499", from: at(0), to: at(2_499) });
    expect(left.map(({ row }) => row.line)).toEqual([2_499]);
    expect((await knownRowKeys(again)).length).toBe(2_500);
  });

  it("finds every row of many blocks that it is asked for", async () => {
    const count = runs(20_000, 100_000);
    const db = await aStatement(count, 1_000);
    for (const number of [0, 999, 1_000, 14_321, count - 1])
      expect((await findInStatements(db, transaction(number))).map(({ row }) => row.line)).toEqual([
        number,
      ]);
  });
});
