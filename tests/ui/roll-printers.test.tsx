// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { fail, ok } from "../../src/domain/result.ts";
import { ReceiptScreen } from "../../src/ui/screens/receipt/receipt-screen.tsx";
import type { Abilities } from "../../src/usecases/abilities.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { aShop } from "../support/deps.ts";
import { caseAt, refundNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

// happy-dom paints nothing; what is printed of a picture is proven in tests/platform/receipt-printer.test.ts
vi.mock("../../src/ui/print/slip-picture.ts", () => ({
  slipDots: (_: unknown, paper: string) => ({ paper }),
  drawSlip: async () => new Uint8Array(),
}));

let stage: Stage;
let deps: Deps;
let caseId: Awaited<ReturnType<typeof refundNow>>;

const printReceipt = vi.fn<Abilities["printReceipt"]>();

const show = async (printerWays: Abilities["printerWays"]): Promise<void> => {
  const route = { name: "receipt", args: { id: caseId } } as const;
  const abilities = { printerWays, printReceipt };
  stage.show(inShop(deps, <ReceiptScreen route={route} />, { abilities }));
  await seenOn(stage, "打印");
};

beforeEach(async () => {
  stage = aStage();
  printReceipt.mockReset();
  ({ deps } = await aShop());
  caseId = await refundNow(deps);
});

afterEach(() => stage.strike());

describe("the receipt page beside a receipt printer", () => {
  it("offers only what this browser has, and nothing where it has none", async () => {
    await show([]);
    expect(stage.app.textContent).not.toContain("小票机");
    stage.strike();
    await show(["usb"]);
    expect(stage.app.textContent).toContain("USB 小票机");
    expect(stage.app.textContent).not.toContain("蓝牙小票机");
  });

  it("R50 shows how far it is, and records a print when everything was sent", async () => {
    const ends: ((value: Awaited<ReturnType<Abilities["printReceipt"]>>) => void)[] = [];
    printReceipt.mockImplementation((way, picture, onProgress) => {
      expect({ way, picture }).toEqual({ way: "bluetooth", picture: { paper: "slip_58" } });
      onProgress(30, 120);
      return new Promise((resolve) => {
        ends.push(resolve);
      });
    });
    await show(["bluetooth"]);
    stage.press("蓝牙小票机");
    await seenOn(stage, "正在发给小票机");
    expect(stage.app.querySelector("progress")?.getAttribute("value")).toBe("30");
    expect((await caseAt(deps, caseId)).copies).toBe(0);
    await act(async () => ends[0]?.(ok({ paper: "near_end" })));
    await seenOn(stage, "纸快用完了");
    await vi.waitFor(async () => expect((await caseAt(deps, caseId)).copies).toBe(1));
  });

  it.each([
    ["printer_not_chosen", "没有选小票机"],
    ["printer_not_allowed", "浏览器不让连接"],
    ["printer_busy", "打不开小票机"],
    ["printer_not_one", "不收打印数据"],
    ["printer_lost", "断开了"],
    ["printer_no_paper", "没纸了"],
  ] as const)("says %s in words and records no print", async (kind, words) => {
    printReceipt.mockResolvedValue(fail({ kind }));
    await show(["serial"]);
    stage.press("串口小票机");
    await seenOn(stage, words);
    expect((await caseAt(deps, caseId)).copies).toBe(0);
  });
});
