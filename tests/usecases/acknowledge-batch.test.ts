import { describe, expect, it } from "vitest";
import { batchState } from "../../src/domain/refund/decide-acknowledge.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import type { BatchId } from "../../src/domain/ids.ts";
import { casesOfRefunds, getBatch } from "../../src/storage/queries.ts";
import { acknowledgeBatch } from "../../src/usecases/acknowledge-batch.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { retractResult } from "../../src/usecases/record-result.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { checkFile } from "../support/money-steps.ts";
import { caseAt, exportNow, hearNow, refundNow, submitNow } from "../support/refunds.ts";

const stateOf = async ({ journal: { db } }: Deps, id: BatchId) => {
  const batch = await getBatch(db, id);
  if (batch === undefined) throw new Error("no batch");
  return batchState(batch, await casesOfRefunds(db, batch.refunds));
};

describe("what a portal says of a whole file", () => {
  it("X16 acknowledges the batch and puts its refunds under way; none of the words is an arrival", async () => {
    const { deps } = await aShop();
    const cases = [await refundNow(deps), await refundNow(deps)];
    const batchId = await exportNow(deps);
    expect(faultOf(await acknowledgeBatch(deps, batchId, "已完成")).kind).toBe("not_allowed_now");
    valueOf(await reportUpload(deps, batchId, ""));
    expect(await stateOf(deps, batchId)).toBe("uploaded");
    valueOf(await acknowledgeBatch(deps, batchId, "已完成"));
    expect(await stateOf(deps, batchId)).toBe("acknowledged");
    for (const caseId of cases) expect((await caseAt(deps, caseId)).money).toBe("processing");
    valueOf(await acknowledgeBatch(deps, batchId, "退款失败"));
    for (const caseId of cases) expect((await caseAt(deps, caseId)).money).toBe("unknown");
    valueOf(await acknowledgeBatch(deps, batchId, "处理中"));
    for (const caseId of cases) expect((await caseAt(deps, caseId)).money).toBe("processing");
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X16 what was said of one refund is not overruled by a later word of the file", async () => {
    const { deps } = await aShop();
    const [one, other] = [await refundNow(deps), await refundNow(deps)];
    const batchId = await submitNow(deps);
    valueOf(await acknowledgeBatch(deps, batchId, "待处理"));
    await hearNow(deps, one, "processing");
    valueOf(await acknowledgeBatch(deps, batchId, "退款失败"));
    expect((await caseAt(deps, one)).money).toBe("processing");
    expect((await caseAt(deps, other)).money).toBe("unknown");
    await hearNow(deps, other, "succeeded");
    expect(faultOf(await acknowledgeBatch(deps, batchId, "处理中")).kind).toBe("not_allowed_now");
  });

  it("X16 a word from before the refund left again, as another key may tell it, says nothing of this time", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    const batchId = await submitNow(deps);
    const batch = await getBatch(deps.journal.db, batchId);
    if (batch === undefined) throw new Error("no batch");
    const left = latestAttempt(await caseAt(deps, caseId)).steps;
    valueOf(await acknowledgeBatch(deps, batchId, "退款失败"));
    const told = await caseAt(deps, caseId);
    const attempt = latestAttempt(told);
    const again = { ...told, attempts: [{ ...attempt, steps: [...attempt.steps, ...left] }] };
    expect(batchState(batch, [told])).toBe("acknowledged");
    expect(batchState(batch, [again])).toBe("uploaded");
  });

  it("X16 of a failure nobody knows which refund failed: each has to be looked up", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    const batchId = await submitNow(deps);
    valueOf(await acknowledgeBatch(deps, batchId, "部分失败"));
    expect((await caseAt(deps, caseId)).money).toBe("unknown");
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X16 every refund has to be answered; what the shop itself says or took back is no answer", async () => {
    const { deps } = await aShop();
    const one = await refundNow(deps);
    const other = await refundNow(deps);
    const batchId = await submitNow(deps);
    await hearNow(deps, one, "succeeded");
    expect(await stateOf(deps, batchId)).toBe("uploaded");
    await hearNow(deps, other, "failed");
    expect(await stateOf(deps, batchId)).toBe("acknowledged");
    const last = latestAttempt(await caseAt(deps, other)).steps.at(-1);
    if (last?.kind !== "result") throw new Error("no result");
    valueOf(await retractResult(deps, other, last.ref, "看错了"));
    expect(await stateOf(deps, batchId)).toBe("uploaded");
    valueOf(await acknowledgeBatch(deps, batchId, "处理中"));
    expect((await caseAt(deps, one)).money).toBe("succeeded");
    expect((await caseAt(deps, other)).money).toBe("processing");
  });
});
