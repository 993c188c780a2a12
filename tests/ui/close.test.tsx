// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { BusinessDate } from "../../src/domain/instant.ts";
import { parseRoute } from "../../src/ui/routes.ts";
import { CheckpointScreen } from "../../src/ui/screens/checkpoint/checkpoint-screen.tsx";
import { CloseScreen } from "../../src/ui/screens/close/close-screen.tsx";
import { readCode } from "../../src/ui/screens/scan/read-code.ts";
import { closeShift } from "../../src/usecases/close-shift.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { planOf, recordEvents } from "../../src/usecases/record-event.ts";
import { valueOf } from "../support/a.ts";
import { refundNow } from "../support/refunds.ts";
import { twoTills } from "../support/two-tills.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

const codes: string[] = [];
vi.mock("../../src/ui/components/qr-path.ts", () => ({
  qrPath: (text: string) => {
    codes.push(text);
    return { size: 21, d: "M0 0" };
  },
}));

let stage: Stage;
let one: Deps;
let other: Deps;

beforeEach(async () => {
  stage = aStage();
  codes.length = 0;
  ({ one, other } = await twoTills());
});

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

const printed: string[] = [];

const show = (deps: Deps): void => {
  const abilities = {
    print: (paper: string) => void printed.push(paper),
    markDraftOpen: () => () => undefined,
  };
  stage.strike();
  stage.show(inShop(deps, <CloseScreen />, { abilities }));
};

const type = (name: string, text: string): void => {
  const field = stage.app.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (field === null) throw new Error(`no field ${name}`);
  field.value = text;
  void act(() => void field.dispatchEvent(new InputEvent("input", { bubbles: true })));
};

/** Opens what the scanner of the other till makes of the code on screen. */
const scanBy = async (deps: Deps): Promise<void> => {
  const reading = await readCode(codes.at(-1) ?? "", {
    today: "2026-11-22" as BusinessDate,
    find: async () => ({ kind: "nothing" }),
    ownCase: async () => undefined,
  });
  const route = reading.kind === "go" ? parseRoute(reading.href) : undefined;
  if (route?.name !== "checkpoint") throw new Error(reading.kind);
  stage.strike();
  stage.show(inShop(deps, <CheckpointScreen route={route} />));
};

describe("Z1", () => {
  it("X35 refundlog §6 closes the shift with its sums, and another till witnesses its code", async () => {
    await refundNow(one);
    show(one);
    await seen("还没有收过班", "1 笔", "微信支付", "按登记算");
    stage.press("收班");
    await seen("已收班，请另一台扫码见证", "上一班", "T1-000005");
    expect(stage.app.querySelector(".btn-primary")).toBeNull();
    const code = codes.at(-1) ?? "";
    await seen("打印或分享收班条");
    const slip = stage.app.querySelector(".slip")?.textContent ?? "";
    for (const words of [
      "收班",
      "2026-11-22",
      "小林饰品摊",
      "微信支付",
      "T1-000005",
      "不等于已到账",
    ])
      expect(slip).toContain(words);
    expect(codes.at(-1)).toBe(code);
    stage.press("打印收班条");
    expect(printed).toEqual(["slip_58"]);
    await scanBy(other);
    await seen("签名有效，与以前见过的接得上");
    stage.press("记为见证");
    await seen("已见证，请对方扫回去");
    show(one);
    await seen("0 笔", "上一班");
  });

  it("X38 asks why the drawer differs, and the slip says what it held", async () => {
    await refundNow(one);
    show(one);
    await seen("现金退款", "¥0.00");
    type("open", "200");
    type("takings", "100");
    type("counted", "297");
    await seen("应有", "¥300.00", "差额");
    stage.press("收班");
    await seen("¥3.00，请写原因");
    expect(codes).toEqual([]);
    type("reason", "找错零钱");
    stage.press("收班");
    await seen("已收班，请另一台扫码见证");
    const slip = stage.app.querySelector(".slip")?.textContent ?? "";
    for (const words of ["备用金", "¥200.00", "清点", "¥297.00", "找错零钱"])
      expect(slip).toContain(words);
  });

  it("X38 prints the shift so far without ending it", async () => {
    await refundNow(one);
    show(one);
    await seen("交班小结", "只看不结");
    const before = await one.journal.db.records.count();
    stage.press("打印小结");
    expect(printed.at(-1)).toBe("slip_58");
    expect(await one.journal.db.records.count()).toBe(before);
  });

  it("X38 derives every close again from the records, and says which one says something else", async () => {
    await refundNow(one);
    show(one);
    await seen("这一班登记的退款");
    expect(stage.app.textContent).not.toContain("和记录再核对一遍");
    stage.press("收班");
    await seen("已收班，请另一台扫码见证", "和记录再核对一遍");
    stage.press("和记录再核对一遍");
    await seen("1 次收班都和记录一致");
    const wrong = {
      kind: "close",
      day: "2026-11-22" as BusinessDate,
      refunds: 2,
      channels: { CNY: { alipay: [1, 500] } },
      cash: { CNY: [100, 0, 30, 70, 70] },
    } as const;
    valueOf(await recordEvents(one, async () => planOf(wrong)));
    stage.press("和记录再核对一遍");
    await seen(
      "收班和记录不一致",
      "这一班登记的退款：收班写 2，记录是 0",
      "支付宝：收班写 ¥5.00，记录是 ¥0.00",
      "现金退款：收班写 ¥0.30，记录是 ¥0.00",
      "应有：收班写 ¥0.70，记录是 ¥1.00",
      "以记录为准",
    );
  });

  it("X38 shows how far the check is, and ends it when it is cancelled", async () => {
    valueOf(await closeShift(one));
    const waiting: (() => void)[] = [];
    const pause = () => new Promise<void>((resolve) => waiting.push(resolve));
    show({ ...one, pause });
    await seen("和记录再核对一遍");
    stage.press("和记录再核对一遍");
    await seen("正在核对", "取消");
    stage.press("取消");
    for (const goOn of waiting) goOn();
    await vi.waitFor(() => expect(stage.app.querySelector("progress")).toBeNull());
    expect(stage.app.textContent).not.toContain("次收班都和记录一致");
  });

  it("X40 is not offered in practice", async () => {
    show({ ...one, training: true });
    await seen("练习里不收班");
    expect(stage.app.querySelector(".btn-primary")).toBeNull();
  });
});
