import { describe, expect, it } from "vitest";
import { acquirers } from "../../src/domain/acquirers/index.ts";
import { CNY } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { getBatch } from "../../src/storage/queries.ts";
import { lookAtBatch, previewBatches } from "../../src/usecases/choose-batch.ts";
import {
  batchFile,
  batchSheet,
  prepareBatch,
  recallBatch,
} from "../../src/usecases/export-batch.ts";
import { moveColumn } from "../../src/domain/batches/edited-layout.ts";
import { exportFormats } from "../../src/domain/batches/index.ts";
import { changeLayout, resetLayout } from "../../src/usecases/change-layout.ts";
import { changeProfile, listProfiles, markVerified } from "../../src/usecases/change-profile.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { caseAt, payNow, refundNow } from "../support/refunds.ts";

const options = {
  gradeD: false,
  texts: { reason: () => "质量问题", channel: () => "微信支付" },
};

const part = (minor: number) =>
  ({ amount: { kind: "partial", amount: money(minor, CNY) } }) as const;

describe("the files that waiting refunds can leave in", () => {
  it("are those they belong into, and others of their acquirer beside them, recording nothing", async () => {
    const { deps } = await aShop();
    await refundNow(deps);
    const { offers, others, blocked } = await previewBatches(deps, options);
    expect(offers.map(({ format }) => format.id)).toEqual(["wechat-batch-txt"]);
    expect(others.map(({ format }) => format.id)).toEqual([
      "wechat-batch-csv",
      "refund-list-xls",
      "wechat-v3-json",
    ]);
    expect(blocked).toEqual([]);
    const look = await lookAtBatch(deps, "wechat-batch-txt", options);
    expect(look).toMatchObject({
      kind: "text",
      text: expect.stringContaining(",360.00,质量问题,"),
    });
    expect(await lookAtBatch(deps, "yeepay-xls", options)).toBeUndefined();
  });

  it("are tried with the smallest refund until the merchant has confirmed the format", async () => {
    const { deps } = await aShop();
    await refundNow(deps);
    const small = await refundNow(deps, { of: await payNow(deps), ...part(100) });
    const [offer] = (await previewBatches(deps, options)).offers;
    expect(offer).toMatchObject({
      unproven: true,
      cases: [expect.any(String), expect.any(String)],
    });
    const trial = valueOf(
      await prepareBatch(deps, "wechat-batch-txt", { ...options, trial: true }),
    );
    const { refundNo } = latestAttempt(await caseAt(deps, small));
    expect(new TextDecoder().decode(trial.file.bytes)).toMatch(
      new RegExp(`,1\\.00,.*${refundNo}$`),
    );
    expect((await previewBatches(deps, options)).offers[0]?.cases).toHaveLength(1);
    valueOf(await markVerified(deps, "wechatpay", "batchFormat"));
    expect((await previewBatches(deps, options)).offers[0]?.unproven).toBe(false);
  });

  it("are tried with the smallest refund that the file takes", async () => {
    const { deps } = await aShop();
    await refundNow(deps);
    const text = `ORDER${"0".repeat(35)}`;
    const number = { name: "out_trade_no", text } as const;
    await refundNow(deps, { of: await payNow(deps, { number }), ...part(100) });
    const trial = await previewBatches(deps, { ...options, trial: true });
    expect(trial.offers).toMatchObject([
      { format: { id: "wechat-batch-txt" }, total: { minor: 36_000 } },
    ]);
  });

  it("are each proven alone: another file of the same portal, and columns changed since, are tried again", async () => {
    const { deps } = await aShop();
    await refundNow(deps);
    valueOf(await markVerified(deps, "wechatpay", "batchFormat"));
    const unproven = async () => {
      const { offers, others } = await previewBatches(deps, options);
      return [...offers, ...others].filter((one) => one.unproven).map(({ format }) => format.id);
    };
    expect(await unproven()).toEqual(["wechat-batch-csv", "wechat-v3-json"]);
    const moved = moveColumn(exportFormats["wechat-batch-txt"], 0, 1);
    valueOf(await changeLayout(deps, "wechatpay", moved));
    expect(await unproven()).toContain("own-wechatpay");
    const other = { ...acquirers.wechatpay, refundWindowDays: 100 };
    valueOf(await changeProfile(deps, other));
    valueOf(await changeLayout(deps, "wechatpay", moved));
    expect((await listProfiles(deps))[0]?.refundWindowDays).toBe(100);
    valueOf(await resetLayout(deps, "wechatpay"));
    const [reset] = await listProfiles(deps);
    expect(reset?.facts.batchFormat).toEqual(acquirers.wechatpay.facts.batchFormat);
    expect(reset?.layout).toBeUndefined();
  });

  it("X16 are kept with their format, their rows and what was to be at hand; the bytes stay the same", async () => {
    const { deps, clock } = await aShop();
    const caseId = await refundNow(deps);
    const { batchId, file } = valueOf(await prepareBatch(deps, "wechat-v3-json", options));
    const batch = await getBatch(deps.journal.db, batchId);
    const sheet = batch && (await batchSheet(deps, batch));
    const { refundNo } = latestAttempt(await caseAt(deps, caseId));
    expect(sheet).toMatchObject({
      name: file.name,
      acquirer: "wechatpay",
      rows: [[refundNo]],
      checklist: acquirers.wechatpay.checklist,
    });
    clock.ms += 86_400_000;
    const again = valueOf(await batchFile(deps, batchId));
    expect([again.name, again.type, again.bytes]).toEqual([file.name, file.type, file.bytes]);
    valueOf(await recallBatch(deps, batchId));
    expect((await previewBatches(deps, options)).offers).toHaveLength(1);
  });

  it("a payment known only by its transaction number goes into requests and lists, not into WeChat's batch file", async () => {
    const { deps } = await aShop();
    const number = { name: "transaction_id", text: "4200000925202611224997714292" } as const;
    await refundNow(deps, { of: await payNow(deps, { number }) });
    const { offers } = await previewBatches(deps, options);
    expect(offers.map(({ format }) => format.id)).toEqual(["refund-list-csv"]);
    expect(await prepareBatch(deps, "wechat-batch-txt", options)).toMatchObject({
      fault: { kind: "nothing_to_export" },
    });
    const { file } = valueOf(await prepareBatch(deps, "wechat-v3-json", options));
    expect(new TextDecoder().decode(file.bytes)).toContain(number.text);
  });
});
