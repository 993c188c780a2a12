import { describe, expect, it } from "vitest";
import { hashText } from "../../src/ledger/base64url.ts";
import { findInStatements } from "../../src/storage/find-in-statements.ts";
import { importStatement, type ImportJob } from "../../src/usecases/import-statement.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { valueOf } from "../support/a.ts";
import { compareHere } from "../support/compare-here.ts";
import { aShop, readerOf, someRows } from "../support/deps.ts";

const jobOf = (deps: Deps, job: Pick<ImportJob, "confirm"> & Partial<ImportJob>): ImportJob => ({
  file: new File(["x"], "bill.csv"),
  read: readerOf(someRows(deps), hashText("bill")),
  compare: compareHere,
  allowMissingSummary: false,
  onProgress: () => undefined,
  signal: new AbortController().signal,
  ...job,
});

/** How many rows each table has. */
const tables = async ({ journal: { db } }: Deps): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    await Promise.all(db.tables.map(async (table) => [table.name, await table.count()] as const)),
  );

const numberIn = (deps: Deps): string => someRows(deps)[0]?.transactionId ?? "";

describe("the question before an import", () => {
  it("C1 is asked with what was read, while nothing finds its rows and no record stands", async () => {
    const { deps } = await aShop();
    const records = await deps.journal.db.records.count();
    const asked: unknown[] = [];
    const confirm: ImportJob["confirm"] = async (read) => {
      asked.push(read.newRows, await findInStatements(deps.journal.db, numberIn(deps)));
      asked.push((await deps.journal.db.records.count()) - records);
      return true;
    };
    valueOf(await importStatement(deps, jobOf(deps, { confirm })));
    expect(asked).toEqual([someRows(deps).length, [], 0]);
    expect(await deps.journal.db.records.count()).toBe(records + 1);
    expect(await findInStatements(deps.journal.db, numberIn(deps))).toHaveLength(1);
  });

  it("C1 answered with no leaves nothing in any table", async () => {
    const { deps } = await aShop();
    const before = await tables(deps);
    const result = await importStatement(deps, jobOf(deps, { confirm: async () => false }));
    expect(result).toEqual({ ok: false, fault: { kind: "aborted" } });
    expect(await tables(deps)).toEqual(before);
  });

  it("C1 left open when the screen goes leaves nothing either", async () => {
    const { deps } = await aShop();
    const before = await tables(deps);
    const leaving = new AbortController();
    const confirm = async () => {
      leaving.abort();
      return true;
    };
    const job = jobOf(deps, { confirm, signal: leaving.signal });
    expect(await importStatement(deps, job)).toEqual({ ok: false, fault: { kind: "aborted" } });
    expect(await tables(deps)).toEqual(before);
  });

  it("F52 is not asked of a file that is here already", async () => {
    const { deps } = await aShop();
    let asked = 0;
    const job = jobOf(deps, {
      confirm: async () => {
        asked++;
        return true;
      },
    });
    valueOf(await importStatement(deps, job));
    const again = await importStatement(deps, job);
    expect(again).toMatchObject({ ok: false, fault: { kind: "already_imported" } });
    expect(asked).toBe(1);
  });
});
