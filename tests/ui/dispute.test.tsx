// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { currentPolicy } from "../../src/storage/queries.ts";
import { DisputeScreen } from "../../src/ui/screens/dispute/dispute-screen.tsx";
import { changePolicy } from "../../src/usecases/change-policy.ts";
import type { Deps, OutFile } from "../../src/usecases/deps.ts";
import { describeDevice } from "../../src/usecases/describe-device.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { asClerk, caseAt, hearNow, refundNow, submitNow } from "../support/refunds.ts";
import { aPaper, opened } from "../support/told-refund.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;
let caseId: Awaited<ReturnType<typeof refundNow>>;

const print = vi.fn();
const sent: OutFile[] = [];
const deliver = async (file: OutFile) => {
  sent.push(file);
  return "saved" as const;
};

const show = async (open: Deps, ...wanted: readonly string[]): Promise<void> => {
  const route = { name: "dispute", args: { id: caseId } } as const;
  stage.show(inShop(open, <DisputeScreen route={route} />, { abilities: { print, deliver } }));
  await seenOn(stage, ...wanted);
};

const paper = (): string => stage.app.querySelector("[data-paper]")?.textContent ?? "";

beforeEach(async () => {
  stage = aStage();
  sent.length = 0;
  print.mockReset();
  ({ deps } = await aShop());
  const { record: policyShown } = await currentPolicy(deps.journal.db, "policy");
  const evidence = [await aPaper(deps)];
  caseId = await refundNow(deps, { note: "口味不对", evidence, policyShown });
  await submitNow(deps);
  await hearNow(deps, caseId, "succeeded");
  valueOf(await changePolicy(deps, { ...defaultPolicy, windowDays: 30 }));
});

afterEach(() => stage.strike());

describe("D9 the dispute pack", () => {
  it("R57 says on paper the record, what happened, the policy that was shown, and how to verify", async () => {
    const { refundNo } = latestAttempt(await caseAt(deps, caseId));
    const { rootFingerprint = "none" } = await describeDevice(deps);
    await show(deps, "给顾客看过的政策：", "付款后 7 天内可以退款。", "verify.html");
    for (const words of [refundNo, "¥360.00", "第 1 版", rootFingerprint, "没有附件"])
      expect(paper()).toContain(words);
    expect(paper()).not.toContain("口味不对");
    expect(paper()).not.toContain("30 天内");
    stage.press("打印或存为 PDF");
    expect(print).toHaveBeenCalledExactlyOnceWith("a4");
  });

  it("R57 sends one signed file, with the customer's words only when that was chosen", async () => {
    await show(deps, "发送签名文件");
    stage.press("发送签名文件");
    await vi.waitFor(() => expect(sent).toHaveLength(1), { timeout: 10_000 });
    stage.tap('input[name="customer"]');
    expect(paper()).toContain("口味不对");
    expect(paper()).toMatch(/证件.*SHA-256/);
    await act(async () => undefined);
    stage.press("发送签名文件");
    await vi.waitFor(() => expect(sent).toHaveLength(2), { timeout: 10_000 });
    expect(sent[0]?.name).toMatch(/^refund-desk_dispute_\d{8}-\d{6}\.refundlog$/);
    const [lean, full] = sent.map(({ bytes }) => opened(Buffer.from(bytes).toString("utf8")));
    expect(lean).not.toContain("口味不对");
    expect(full).toContain("口味不对");
  });

  it("R57 asks a clerk for somebody who may", async () => {
    await show(asClerk(deps), "给店长、店主和查账员看");
    expect(paper()).toBe("");
    stage.press("请有权的人打开");
    await seenOn(stage, "需要有权限的人");
    expect(stage.app.textContent).not.toContain("打印或存为 PDF");
  });
});
