import { describe, expect, it } from "vitest";

import { matchClasses } from "../../src/domain/reconcile/difference.ts";
import {
  differenceColumns,
  statesTold,
  type DifferenceWords,
} from "../../src/domain/reconcile/differences-csv.ts";
import { fail } from "../../src/domain/result.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { importStatement } from "../../src/usecases/import-statement.ts";
import {
  readDifferenceTable,
  readReconciliation,
  type CompareJob,
} from "../../src/usecases/read-reconciliation.ts";
import { reconcile } from "../../src/usecases/reconcile.ts";
import { recordOutside } from "../../src/usecases/resolve-difference.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { comparing, compareHere, linesOf } from "../support/compare-here.ts";
import { headOf } from "../support/journal-watch.ts";
import { importOf, jobOf } from "../support/money-steps.ts";
import { rowOf, uploaded } from "../support/refund-rows.ts";
import { caseAt } from "../support/refunds.ts";

const own = <Key extends string>(keys: readonly Key[]) =>
  Object.fromEntries(keys.map((key): [string, string] => [key, key])) as Readonly<
    Record<Key, string>
  >;

const words = (acquirers: readonly string[]): DifferenceWords => ({
  columns: own(differenceColumns),
  class: own(matchClasses),
  state: own(statesTold),
  acquirer: new Map(acquirers.map((acquirer) => [acquirer, `${acquirer}!`])),
  settled: "yes",
});

/** So many refunds of the portal's, each of a payment of its own. */
const portalRows = (row: StatementRow, count: number): readonly StatementRow[] =>
  Array.from({ length: count }, (_, index) => ({
    ...row,
    transactionId: `${row.transactionId}${index}`,
    outTradeNo: `${row.outTradeNo}${index}`,
    refundNo: `PORTAL${index}`,
    channelRefundNo: `50${index}`,
    minor: 1,
  }));

const withPortal = async (count: number) => {
  const { deps, one } = await uploaded(["full"]);
  const row = await rowOf(deps, one);
  const rows = portalRows(row, count);
  const { refundNo: _, channelRefundNo: __, ...first } = rows[0] ?? row;
  const paid = { ...first, kind: "payment", minor: 100, digest: hashText("paid") } as const;
  valueOf(await importOf(deps, [row, paid, ...rows], "refunds"));
  return { deps };
};

/** A comparison that is stopped when it has told so much of its progress. */
const stoppedAfter = (steps: number): CompareJob => {
  const stop = new AbortController();
  let left = steps;
  if (left === 0) stop.abort();
  const step = (): void => {
    if (--left <= 0) stop.abort();
  };
  return {
    onProgress: step,
    signal: stop.signal,
    compare: (comparison, { onTold, signal }) =>
      compareHere(comparison, { onTold: (told) => (step(), onTold(told)), signal }),
  };
};

const never: CompareJob["compare"] = async () => fail({ kind: "aborted" });

const tablesOf = async ({ journal: { db } }: Deps): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    await Promise.all(db.tables.map(async (table) => [table.name, await table.count()] as const)),
  );

describe("a comparison in its own thread", () => {
  it("X24 shows our refunds and the first of those that nobody recorded, counts the others, and writes all of them", async () => {
    const { deps } = await withPortal(60);
    const { lines, left } = valueOf(await readReconciliation(deps, "all", comparing));
    expect(lines.map((line) => line.class)).toEqual(["matched", ...Array(50).fill("missing_here")]);
    expect(left).toEqual({ count: 10, open: 10, sums: [{ minor: 10, currency: "CNY" }] });
    const table = new TextDecoder().decode(
      valueOf(await readDifferenceTable(deps, words, comparing)),
    );
    expect(table.match(/"missing_here"/g)).toHaveLength(60);
    expect(table).toContain('"wechatpay!"');
  });

  it("X11 puts what somebody settled behind what nobody has", async () => {
    const { deps } = await withPortal(52);
    const theirs = (await linesOf(deps)).flatMap((line) => line.theirs);
    const first = theirs.find(({ refundNo }) => refundNo === "PORTAL0");
    if (first === undefined) throw new Error("no row");
    valueOf(await recordOutside(deps, first));
    const { lines, left } = valueOf(await readReconciliation(deps, "all", comparing));
    expect(lines.filter(({ settled }) => settled)).toEqual([]);
    expect(left).toMatchObject({ count: 2, open: 1 });
  });

  it("X24 finds a refund that was recorded long before its row", async () => {
    const { deps, one } = await uploaded(["full"]);
    const row = await rowOf(deps, one);
    const later = deps.now() + 200 * 86_400_000;
    const at = new Date(later - 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
    const late = { ...deps, now: () => later };
    valueOf(await importOf(late, [{ ...row, at: at as StatementRow["at"] }], "refunds"));
    expect(await linesOf(late)).toMatchObject([{ class: "matched" }]);
    expect((await caseAt(deps, one)).money).toBe("succeeded");
  });

  it("X24 stopped at any moment changes nothing, and goes on the next time", async () => {
    const { deps, one } = await uploaded(["full"]);
    const row = await rowOf(deps, one);
    valueOf(await importStatement(deps, { ...jobOf([row], "refunds"), compare: never }));
    expect((await caseAt(deps, one)).money).toBe("submitted");
    const before = [await headOf(deps), await tablesOf(deps)];
    for (const steps of [0, 1, 2, 3]) {
      expect(faultOf(await reconcile(deps, stoppedAfter(steps)))).toEqual({ kind: "aborted" });
      const read = await readReconciliation(deps, "all", stoppedAfter(steps));
      expect(faultOf(read)).toEqual({ kind: "aborted" });
      expect([await headOf(deps), await tablesOf(deps)]).toEqual(before);
    }
    expect(valueOf(await reconcile(deps, comparing))).toBe(1);
    expect((await caseAt(deps, one)).money).toBe("succeeded");
  });
});
