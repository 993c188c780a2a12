import { describe, expect, it } from "vitest";
import { instantFromMs, type Instant } from "../../src/domain/instant.ts";
import { remaining } from "../../src/domain/payment.ts";
import type { FoundPayment } from "../../src/domain/found-payment.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareBatch } from "../../src/usecases/export-batch.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { searchPayments } from "../../src/usecases/search-payments.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import {
  aRow,
  byHand,
  checkFile,
  found,
  importOf,
  newCaseId,
  options,
  refund,
} from "../support/money-steps.ts";
import { paymentAt, submitNow } from "../support/refunds.ts";

/** A refund of the first sale that somebody made at the portal. */
const atPortal = (deps: Deps, number: number, minor: number): StatementRow =>
  aRow(deps, {
    kind: "refund",
    minor,
    refundNo: `PORTAL${number}`,
    channelRefundNo: `503022031820261122${number}`,
    line: 7 + number,
  });

const left = async (deps: Deps, number: string): Promise<number> =>
  remaining((await found(deps, number)).payment).minor;

/** The statements lie in no copy: with the database they are gone. */
const loseStatements = async ({ journal: { db } }: Deps): Promise<void> => {
  const { statementImports, statementBlocks, statementIndexes } = db;
  for (const table of [statementImports, statementBlocks, statementIndexes]) await table.clear();
};

/** Refuses one fen more than is left and takes the rest, and the chain verifies. */
const expectLeft = async (deps: Deps, target: FoundPayment, minor: number): Promise<void> => {
  expect(faultOf(await refund(deps, target, minor + 1)).kind).toBe("over_remaining");
  valueOf(await refund(deps, target, minor));
  expect(await checkFile(deps)).toEqual([]);
};

describe("refunds elsewhere", () => {
  it("X11 lower what is left of a payment whose own row no statement shows", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    valueOf(await byHand(deps, row));
    valueOf(await importOf(deps, [atPortal(deps, 1, 500)]));
    expect(await left(deps, row.outTradeNo)).toBe(row.minor - 500);
    await expectLeft(deps, await found(deps, row.outTradeNo), row.minor - 500);
    expect((await found(deps, row.outTradeNo)).payment).toMatchObject({
      grade: "B",
      source: "manual",
      external: 500,
    });
  });

  it("X11 F24 count on when their statement is gone and a later one shows another", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    valueOf(await importOf(deps, [row, atPortal(deps, 1, 500)]));
    valueOf(await refund(deps, await found(deps, row.transactionId), 100));
    await loseStatements(deps);
    valueOf(await importOf(deps, [row, atPortal(deps, 2, 300)], "later"));
    expect(await left(deps, row.transactionId)).toBe(row.minor - 900);
    await loseStatements(deps);
    valueOf(await importOf(deps, [atPortal(deps, 2, 300)], "refunds only"));
    expect(await left(deps, row.transactionId)).toBe(row.minor - 900);
    await expectLeft(deps, await found(deps, row.transactionId), row.minor - 900);
  });

  it("X11 X15 hold back a refund that was recorded before their statement came", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    valueOf(await importOf(deps, [row]));
    valueOf(await refund(deps, await found(deps, row.transactionId)));
    valueOf(await importOf(deps, [atPortal(deps, 1, 500)], "later"));
    expect(faultOf(await prepareBatch(deps, "wechat-batch-txt", options))).toMatchObject({
      kind: "nothing_to_export",
      blocked: [{ reason: { kind: "over_refund" } }],
    });
  });

  it("X11 count however the payment was found: by its amount, or in the journal", async () => {
    const { deps } = await aShop();
    const row = aRow(deps);
    valueOf(await importOf(deps, [row, atPortal(deps, 1, 500)]));
    const day = { from: "2026-11-01T00:00:00Z" as Instant, to: "2026-12-01T00:00:00Z" as Instant };
    const [match] = await searchPayments(deps, { minor: row.minor, ...day });
    if (match === undefined) throw new Error("no match");
    expect(faultOf(await refund(deps, match.found, row.minor - 499)).kind).toBe("over_remaining");
    const { deps: other } = await aShop();
    const id = valueOf(await byHand(other, row));
    valueOf(await importOf(other, [row, atPortal(other, 1, 500)]));
    const payment = await paymentAt(other, id);
    await expectLeft(other, { payment, rows: [], others: [] }, row.minor - 500);
  });

  it.each([
    [0, 0],
    [1, 499],
  ] as const)(
    "X11 are not our own that was made at the portal and told with the channel's number (off by %i: %i)",
    async (off, elsewhere) => {
      const { deps } = await aShop();
      const row = aRow(deps);
      valueOf(await importOf(deps, [row]));
      const caseId = newCaseId(deps);
      valueOf(await refund(deps, await found(deps, row.transactionId), 500, caseId));
      await submitNow(deps);
      const shown = atPortal(deps, 1, 500 - off);
      const report = { result: "succeeded", by: "portal", evidence: [] } as const;
      const reference = shown.channelRefundNo ?? "";
      const at = instantFromMs(deps.now());
      valueOf(await recordResult(deps, caseId, { ...report, reference, at }));
      valueOf(await importOf(deps, [row, shown], "later"));
      await expectLeft(deps, await found(deps, row.transactionId), row.minor - 500 - elsewhere);
    },
  );
});
