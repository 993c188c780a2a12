import { describe, expect, it } from "vitest";
import { batchFormats } from "../../src/domain/acquirers/profile.ts";
import type { ExportFormat } from "../../src/domain/batches/export-format.ts";
import { readBackRows } from "../../src/domain/batches/read-back.ts";
import { parseBatchSheet } from "../../src/domain/batches/batch-sheet.ts";
import type { ExportFormatId } from "../../src/domain/batches/index.ts";
import { exportFormats } from "../../src/domain/batches/index.ts";
import { CNY } from "../../src/domain/currency.ts";
import type { BatchId, CaseId, PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { PaymentEvent } from "../../src/domain/journal-event.ts";
import { money, writeAmount } from "../../src/domain/money.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { findCaseByRefundNo, getBatch, getImport } from "../../src/storage/queries.ts";
import { hashBytes } from "../../src/ledger/base64url.ts";
import { findAttachment } from "../../src/storage/save-attachment.ts";
import { changeProfile, listProfiles } from "../../src/usecases/change-profile.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { batchFile, prepareBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { importResults } from "../../src/usecases/import-results.ts";
import { reviewResults } from "../../src/usecases/review-results.ts";
import { planOf, recordEvents } from "../../src/usecases/record-event.ts";
import { retractResult } from "../../src/usecases/record-result.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { caseAt, refundNow } from "../support/refunds.ts";

const options = {
  gradeD: false,
  texts: { reason: () => "质量问题", channel: () => "微信支付" },
};

let orders = 0;

const payAt = async (deps: Deps, acquirer: string, order: string): Promise<PaymentId> => {
  const paymentId = String(++orders).padStart(16, "0") as PaymentId;
  const event: PaymentEvent = {
    kind: "payment",
    paymentId,
    amount: money(10_000, CNY),
    source: "manual",
    state: "paid",
    acquirer,
    channel: "wechat",
    grade: "B",
    merchantNo: "898350100003516",
    terminalNo: "TVMH1T1D",
    numbers: {
      out_trade_no: order,
      transaction_id: `20250923${String(orders).padStart(12, "0")}7`,
    },
    paidAt: instantFromMs(deps.now() - 3_600_000),
  };
  valueOf(await recordEvents<never>(deps, async () => planOf(event)));
  return paymentId;
};

const part = (deps: Deps, of: PaymentId, minor: number): Promise<CaseId> =>
  refundNow(deps, { of, amount: { kind: "partial", amount: money(minor, CNY) } });

const sendOut = async (deps: Deps, format: ExportFormatId): Promise<BatchId> => {
  const { batchId } = valueOf(await prepareBatch(deps, format, options));
  valueOf(await reportDelivery(deps, batchId, "saved"));
  valueOf(await reportUpload(deps, batchId, "后台"));
  return batchId;
};

const sheetOf = async (deps: Deps, batchId: BatchId) => {
  const { sheet } = (await getBatch(deps.journal.db, batchId)) ?? {};
  const bytes = sheet && (await findAttachment(deps.journal.db, sheet));
  const read = bytes && parseBatchSheet(bytes);
  if (read === undefined) throw new Error("no sheet");
  return read;
};

const sourceOf = (text: string) => ({
  lines: text.split("\n"),
  bytes: new TextEncoder().encode(text),
});

const stateOf = async (deps: Deps, caseId: CaseId) =>
  latestAttempt(await caseAt(deps, caseId)).money;

const acquirerFor = (format: ExportFormatId): string => exportFormats[format].acquirer;

/** Every format with the acquirer that takes it; a list goes to anybody. */
const formats = batchFormats.map((format) => [format, acquirerFor(format)] as const);

const answerHeader = "商户退款单号,商户订单号,退款金额,退款状态,失败原因";

type SeenRow = { readonly refund: string; readonly order: string; readonly amount: string };

/** What each interface calls the refund's number and its amount. */
const inBodies: readonly (readonly [refund: string, amount: string])[] = [
  ["out_refund_no", "amount.refund"],
  ["out_request_no", "refund_amount"],
  ["refundOrderId", "refundAmount"],
  ["refundRequestId", "transactionAmount"],
  ["orderId", "txnAmt"],
  ["out_trade_no", "refund_amount"],
];

type Body = { readonly [name: string]: unknown };

const memberAt = (body: Body, path: string): unknown =>
  path.split(".").reduce<unknown>((value, name) => (value as Body | undefined)?.[name], body);

const seenInBody = (body: Body): SeenRow => {
  const [refund = "", amount = ""] = inBodies.find(([name]) => name in body) ?? [];
  return {
    refund: String(memberAt(body, refund)),
    order: "",
    amount: String(memberAt(body, amount)),
  };
};

/** The rows of a finished file as the portal finds them in its bytes. */
const seenBy = (format: ExportFormat, bytes: Uint8Array): readonly SeenRow[] => {
  if (format.file.kind === "json") {
    const { requests } = JSON.parse(new TextDecoder().decode(bytes)) as { requests: Body[] };
    return requests.map(seenInBody);
  }
  const at = (field: string) => format.columns.findIndex((column) => column.field === field);
  return readBackRows(format, bytes).map((cells) => ({
    refund: cells[at("refund_no")] ?? "",
    order: cells[at("out_trade_no")] ?? "",
    amount: cells[at("amount")] ?? "",
  }));
};

/** One outcome for each row of the file, in the file's own unit, under a line of totals. */
const answerTo = (rows: readonly SeenRow[]): string => {
  const isFen = rows.every(({ amount }) => !amount.includes("."));
  const lines = rows.map(({ refund, order, amount }, index) => {
    const [status, reason] = outcomes[index] ?? ["", ""];
    return [refund, order, amount, status, reason].join(",");
  });
  const total = 10_000 * rows.length;
  const header = isFen ? answerHeader.replace("退款金额", "退款金额（分）") : answerHeader;
  const sum = isFen
    ? `总笔数:${rows.length} 总金额:${total}`
    : `合计,${rows.length},${writeAmount(money(total, CNY))}`;
  return [header, ...lines, sum].join("\n");
};

const outcomes = [
  ["退款成功", "", "succeeded"],
  ["处理中", "", "processing"],
  ["已受理", "", "processing"],
  ["退款失败", "基本账户余额不足，请充值后重新发起", "needs_action"],
  ["退款失败", "没人见过的原因", "unknown"],
  ["退款关闭", "", "closed"],
  ["退款异常", "", "abnormal"],
] as const;

const useFormat = async (deps: Deps, acquirer: string, batchFormat: ExportFormatId) => {
  const profile = (await listProfiles(deps)).find(({ id }) => id === acquirer);
  if (profile === undefined) throw new Error("no profile");
  const edited = { ...profile, batchFormat, refundNoPrefix: "1017" };
  valueOf(await changeProfile(deps, edited));
  return edited;
};

const newOrder = () => `ORDER${String(++orders).padStart(6, "0")}`;

const stateByNumber = async (deps: Deps, number: string) => {
  const refundCase = await findCaseByRefundNo(deps.journal.db, number);
  return refundCase && latestAttempt(refundCase).money;
};

describe("the answer of a portal", () => {
  it.each(formats)(
    "R4 %s: what left for %s comes back, each refund in its final state, and the same file again changes nothing",
    async (format, acquirer) => {
      const { deps } = await aShop();
      await useFormat(deps, acquirer, format);
      for (const _ of outcomes)
        await refundNow(deps, { of: await payAt(deps, acquirer, newOrder()) });
      const batchId = await sendOut(deps, format);
      const { rows } = await sheetOf(deps, batchId);
      const bytes = valueOf(await batchFile(deps, batchId)).bytes;
      const text = answerTo(seenBy(exportFormats[format], bytes));
      const hasNumber = !("mergeBy" in exportFormats[format]);
      const unconfirmed = await importResults(deps, sourceOf(text), { withOrders: false });
      expect(valueOf(unconfirmed).moved).toBe(hasNumber ? outcomes.length : 0);
      valueOf(await importResults(deps, sourceOf(text), { withOrders: true }));
      const states = () => Promise.all(rows.map(([number = ""]) => stateByNumber(deps, number)));
      expect(await states()).toEqual(outcomes.map(([, , state]) => state));
      const again = await importResults(deps, sourceOf(text), { withOrders: true });
      expect(valueOf(again).moved).toBe(0);
      const later = text.replaceAll("处理中", "SUCCESS").replaceAll("已受理", "退款成功");
      expect(valueOf(await importResults(deps, sourceOf(later), { withOrders: true })).moved).toBe(
        2,
      );
      expect(await states()).toEqual(
        outcomes.map(([, , state]) => (state === "processing" ? "succeeded" : state)),
      );
    },
  );

  it("rows of one order that left as one are told together, by their sum", async () => {
    const { deps } = await aShop();
    const profile = await useFormat(deps, "unionpay", "unionpay-pc-txt");
    const paymentId = await payAt(deps, "unionpay", "ORDER77");
    const cases = [await part(deps, paymentId, 1250), await part(deps, paymentId, 750)];
    const batchId = await sendOut(deps, "unionpay-pc-txt");
    const { rows, checklist } = await sheetOf(deps, batchId);
    expect(rows.map((refunds) => refunds.length)).toEqual([2]);
    expect(checklist).toEqual(profile.checklist);
    const header = "商户订单号,退款金额,退款状态\n";
    const half = sourceOf(`${header}ORDER77,12.51,退款成功`);
    expect(valueOf(await importResults(deps, half, { withOrders: true })).moved).toBe(0);
    const whole = sourceOf(`${header}ORDER77,20.00,退款成功`);
    expect(valueOf(await importResults(deps, whole, { withOrders: true })).moved).toBe(2);
    for (const caseId of cases) expect(await stateOf(deps, caseId)).toBe("succeeded");
  });

  it("a word nobody knows moves nothing until the owner explains it, once for all files of that header", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps, { of: await payAt(deps, "wechatpay", "ORDER78") });
    await sendOut(deps, "wechat-batch-txt");
    const { refundNo } = latestAttempt(await caseAt(deps, caseId));
    const source = sourceOf(`商户退款单号,退款金额,状态\n${refundNo},100.00,办结`);
    const review = valueOf(await reviewResults(deps, source, {}));
    expect(review).toMatchObject({ acquirer: "wechatpay", unknown: ["办结"] });
    expect(valueOf(await importResults(deps, source, { withOrders: true })).moved).toBe(0);
    expect(await stateOf(deps, caseId)).toBe("submitted");
    const mapping = { ...review.file.mapping, words: { succeeded: ["办结"] } };
    const told = await importResults(deps, source, { mapping, withOrders: false });
    expect(valueOf(told).moved).toBe(1);
    expect(await stateOf(deps, caseId)).toBe("succeeded");
    expect(valueOf(await reviewResults(deps, source, {})).unknown).toEqual([]);
  });

  it("an amount that differs, a number that is not ours, and 已处理 move nothing", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps, { of: await payAt(deps, "wechatpay", "ORDER79") });
    await sendOut(deps, "wechat-batch-txt");
    const { refundNo } = latestAttempt(await caseAt(deps, caseId));
    const header = "商户退款单号,商户订单号,退款金额,退款状态\n";
    for (const line of [
      `${refundNo},,99.99,退款成功`,
      "R7K2Q4999999999A,ORDER79,100.00,退款成功x",
      ",ORDER79,99.00,退款成功",
      `${refundNo},,100.00,已处理`,
    ]) {
      const source = sourceOf(header + line);
      expect(valueOf(await importResults(deps, source, { withOrders: true })).moved).toBe(0);
    }
    expect(await stateOf(deps, caseId)).toBe("submitted");
  });

  it("a time before the refund was recorded, or still to come, is not the time of its result", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps, { of: await payAt(deps, "wechatpay", "ORDER81") });
    await sendOut(deps, "wechat-batch-txt");
    const { refundNo } = latestAttempt(await caseAt(deps, caseId));
    const header = "商户退款单号,退款金额,退款状态,退款完成时间\n";
    const old = sourceOf(`${header}${refundNo},100.00,处理中,1999-01-01 10:00:00`);
    expect(valueOf(await importResults(deps, old, { withOrders: false })).moved).toBe(1);
    const ahead = sourceOf(`${header}${refundNo},100.00,退款成功,2099-01-01 10:00:00`);
    expect(valueOf(await importResults(deps, ahead, { withOrders: false })).moved).toBe(1);
    expect(await stateOf(deps, caseId)).toBe("succeeded");
    const files = await Promise.all(
      [old, ahead].map(({ bytes }) => getImport(deps.journal.db, hashBytes(bytes))),
    );
    const { history } = await caseAt(deps, caseId);
    const told = history.flatMap(({ told: one }) =>
      one.kind === "money" && one.by === "row" ? [one.at] : [],
    );
    expect(told).toEqual(files.map((file) => file?.at));
  });

  it("a result that was taken back does not come again with the same file", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps, { of: await payAt(deps, "wechatpay", "ORDER80") });
    await sendOut(deps, "wechat-batch-txt");
    const { refundNo } = latestAttempt(await caseAt(deps, caseId));
    const source = sourceOf(`商户退款单号,退款金额,退款状态\n${refundNo},100.00,退款成功`);
    valueOf(await importResults(deps, source, { withOrders: false }));
    const { steps } = latestAttempt(await caseAt(deps, caseId));
    const last = steps.at(-1);
    if (last?.kind !== "result") throw new Error("no result");
    valueOf(await retractResult(deps, caseId, last.ref, "看错了"));
    expect(valueOf(await importResults(deps, source, { withOrders: false })).moved).toBe(0);
    expect(await stateOf(deps, caseId)).toBe("submitted");
  });

  it("a long file leaves the page its turns while it is read and while it is matched", async () => {
    const { deps } = await aShop();
    const turns: number[] = [];
    const pause = async () => void turns.push(1);
    const rows = Array.from({ length: 500 }, (_, n) => `7${String(n).padStart(15, "0")},1.00,成功`);
    const source = sourceOf(["商户退款单号,退款金额,退款状态", ...rows].join("\n"));
    const review = valueOf(await reviewResults({ ...deps, pause }, source, {}));
    expect(review.unmatched).toHaveLength(500);
    expect(turns.length).toBeGreaterThanOrEqual(20);
  });

  it("a long file tells how far it is and stops where it is told to, among its lines or its rows", async () => {
    const { deps } = await aShop();
    const rows = Array.from({ length: 500 }, (_, n) => `7${String(n).padStart(15, "0")},1.00,成功`);
    const source = sourceOf(["商户退款单号,退款金额,退款状态", ...rows].join("\n"));
    for (const half of [0.2, 0.7]) {
      const stop = new AbortController();
      const seen: number[] = [];
      const onProgress = (done: number, of: number): void => {
        seen.push(done / of);
        if (done / of >= half) stop.abort();
      };
      const read = await reviewResults(deps, source, {}, { signal: stop.signal, onProgress });
      expect(faultOf(read)).toEqual({ kind: "aborted" });
      expect(seen).toEqual(seen.toSorted((one, other) => one - other));
      expect(seen.filter((share) => share >= half)).toHaveLength(1);
      expect(seen.at(-1)).toBeLessThan(half + 0.1);
    }
  });
});
