// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { writeKeyCard } from "../../src/ledger/key-card.ts";
import { linkTo } from "../../src/ui/routes.ts";
import { closeShift } from "../../src/usecases/close-shift.ts";
import { makeCheckpoint } from "../../src/usecases/make-checkpoint.ts";
import { takeStatement } from "../../src/usecases/take-statement.ts";
import { valueOf } from "../support/a.ts";
import { meetPhone } from "../support/approver.ts";
import { refundNow } from "../support/refunds.ts";
import { twoPhones } from "./two-phones.tsx";

const drawn: string[] = [];
vi.mock("../../src/ui/components/qr-path.ts", () => ({
  qrPath: (text: string) => {
    drawn.push(text);
    return { size: 1, d: "" };
  },
}));

let at: Awaited<ReturnType<typeof twoPhones>>;

beforeEach(async () => {
  at = await twoPhones();
});

/** Pastes the text of a code on the phone, as one would without a camera. */
const paste = async (text: string): Promise<void> => {
  at.open(linkTo("answer_approval"), undefined);
  await at.seen("扫收款设备上的审批码");
  const field = at.stage.app.querySelector<HTMLTextAreaElement>("textarea[name=code]");
  if (field === null) throw new Error("nothing to paste into");
  field.value = text;
  void act(() => field.form?.requestSubmit());
};

describe("the owner's phone", () => {
  it("X35 refundlog §6 witnesses a shift's code, and tells a till that is older later", async () => {
    const { till, owner, phone, root } = at;
    const early = valueOf(await makeCheckpoint(till));
    await refundNow(till);
    const { token, seq } = valueOf(await closeShift(till));
    await paste(token);
    await at.seen("本机不认识这把密钥", "先扫它的密钥卡");
    await paste(writeKeyCard({ ...owner, root: root.jwk }));
    await at.seen("T1");
    await paste(token);
    await at.seen(`已见证 T1 到第 ${seq} 号记录`);
    await meetPhone(owner, phone, root);
    expect(valueOf(await takeStatement(till, drawn.at(-1) ?? "")).seq).toBe(seq);
    await paste(early.token);
    await at.seen("T1 的记录回退了", "停用那台设备");
  });
});
