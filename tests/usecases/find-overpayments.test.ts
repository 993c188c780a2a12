import { describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { addSeconds, instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { newDraft } from "../../src/domain/refund/draft.ts";
import { backupLines, headsHere, readBackupRows } from "../../src/storage/backup-rows.ts";
import { oddRows, usualSales } from "../../src/storage/odd-sales.ts";
import { findPayment, findPaymentById } from "../../src/usecases/find-payment.ts";
import { listOverpayments, readOverpaid } from "../../src/usecases/list-overpayments.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { takeBackImport } from "../../src/usecases/take-back-import.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { valueOf } from "../support/a.ts";
import { aShop, someRows } from "../support/deps.ts";
import { headOf, recordsAfter } from "../support/journal-watch.ts";
import { aRow, importOf, newCaseId } from "../support/money-steps.ts";
import { aShopWithMistake } from "../support/overpaid.ts";
import { payNow, paymentAt } from "../support/refunds.ts";

describe("what looks like a mistake", () => {
  it("X25 a payment a hundred times too much is flagged as its statement comes in, and signed by nobody", async () => {
    const { deps } = await aShop();
    const before = (await headOf(deps)).seq;
    valueOf(await importOf(deps, someRows(deps)));
    const { open, suggested, ended } = await listOverpayments(deps);
    expect(suggested).toMatchObject([
      { paid: money(90_000, CNY), factor: "x100", likelyMinor: 900, channel: "alipay" },
    ]);
    expect([open, ended]).toEqual([[], []]);
    expect((await recordsAfter(deps, before)).map(({ event }) => event.kind)).toEqual(["import"]);
  });

  it("X25 goes with the import that is taken back, and is not told of rows that are known", async () => {
    const { deps } = await aShopWithMistake();
    valueOf(await importOf(deps, [aRow(deps, { minor: 1800, transactionId: "4200777" })], "next"));
    expect(await oddRows(deps.journal.db)).toHaveLength(1);
    valueOf(await takeBackImport(deps, hashText("bill")));
    expect((await listOverpayments(deps)).suggested).toEqual([]);
  });

  it.each([
    ["only statements show", false],
    ["is recorded too", true],
  ])(
    "X25 X11 what a later statement shows as given back is no mistake any more: %s",
    async (_, isRecorded) => {
      const { deps } = await aShop();
      valueOf(await importOf(deps, someRows(deps)));
      const wrong = someRows(deps).find(({ minor }) => minor === 90_000);
      if (wrong === undefined) throw new Error("one of them is planted");
      const caseId = newCaseId(deps);
      if (isRecorded) {
        const lookup = await findPayment(deps, wrong.transactionId);
        if (lookup.kind !== "payment") throw new Error("it is imported");
        const draft = newDraft({ caseId, amount: { kind: "full" }, reason: "faulty" });
        valueOf(await recordRefund(deps, lookup.found, draft));
        valueOf(await withdrawRefund(deps, caseId, "mistake"));
      }
      expect((await listOverpayments(deps)).suggested).toHaveLength(1);
      const back = {
        ...wrong,
        kind: "refund",
        refundNo: "PORTAL1",
        channelRefundNo: "5030",
      } as const;
      const row = { ...back, status: "SUCCESS", at: addSeconds(wrong.at, 3600) };
      valueOf(await importOf(deps, [aRow(deps, row)], "next"));
      expect((await listOverpayments(deps)).suggested).toEqual([]);
    },
  );

  it("X25 in a file of one row it is seen beside the file before", async () => {
    const { deps } = await aShop();
    const rows = someRows(deps).filter(({ minor }) => minor !== 90_000);
    valueOf(await importOf(deps, rows));
    expect((await usualSales(deps.journal.db))["CNY"]).toHaveLength(rows.length);
    const one = { minor: 180_000, transactionId: "4200777", outTradeNo: "X1" };
    valueOf(await importOf(deps, [aRow(deps, one)], "next"));
    const { suggested } = await listOverpayments(deps);
    expect(suggested).toMatchObject([{ factor: "x100", likelyMinor: 1800, number: "4200777" }]);
  });

  it("X25 a payment that was written down is looked at beside the others, until money went back", async () => {
    const { deps } = await aShop();
    for (let sale = 0; sale < 25; sale++)
      await payNow(deps, { amount: money(450 + 50 * (sale % 3), CNY) });
    const usual = await payNow(deps, { amount: money(500, CNY) });
    const paymentId = await payNow(deps, { amount: money(45_000, CNY) });
    expect(await readOverpaid(deps, await paymentAt(deps, usual))).toEqual({});
    expect(await readOverpaid(deps, await paymentAt(deps, paymentId))).toEqual({
      suspicion: { factor: "x100", likelyMinor: 450 },
    });
    expect((await listOverpayments(deps)).suggested.map((one) => one.paymentId)).toEqual([
      paymentId,
    ]);
    const lookup = await findPaymentById(deps, paymentId);
    if (lookup.kind !== "payment") throw new Error("it is recorded");
    const amount = { kind: "partial", amount: money(44_550, CNY) } as const;
    const draft = newDraft({ caseId: newCaseId(deps), amount, reason: "faulty" });
    valueOf(await recordRefund(deps, lookup.found, draft));
    expect((await listOverpayments(deps)).suggested).toEqual([]);
    expect(await readOverpaid(deps, await paymentAt(deps, paymentId))).toEqual({});
  });

  it("X25 two payments of one payer within two minutes: the second is looked at", async () => {
    const { deps } = await aShop();
    const paidAt = instantFromMs(deps.now() - 600_000);
    await payNow(deps, { payer: "尾号 0412", paidAt });
    const second = await payNow(deps, { payer: "尾号 0412", paidAt: addSeconds(paidAt, 40) });
    expect((await listOverpayments(deps)).suggested).toMatchObject([
      { paymentId: second, factor: "dup" },
    ]);
  });
});

it("X25 R45 what was found is in a backup too", async () => {
  const { deps } = await aShopWithMistake();
  const { db } = deps.journal;
  const lines: string[] = [];
  for await (const line of backupLines(db, await headsHere(db))) lines.push(line);
  const [made] = (await readBackupRows(lines, deps.pause))?.imports ?? [];
  expect(made?.odd?.suspects).toEqual(await oddRows(db));
  expect(made?.odd?.usual).toEqual(await usualSales(db));
});
