// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { given } from "../../src/domain/given.ts";
import { newDraft, type RefundContext, type RefundDraft } from "../../src/domain/refund/draft.ts";
import { fail, ok } from "../../src/domain/result.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { RefundEditor } from "../../src/ui/screens/new-refund/refund-editor.tsx";
import {
  newEntry,
  parseKeptRefund,
  type KeptRefund,
} from "../../src/ui/screens/new-refund/refund-entry.ts";
import { startScannerGun, type ScannerGun } from "../../src/ui/scanner-gun.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { aCaseId, aContext, aPayment, aStaff, cny, shanghai } from "../support/a.ts";
import { aStage, type Stage } from "./stage.tsx";

const kept = vi.hoisted((): unknown[] => []);

vi.mock("../../src/usecases/record-refund.ts", () => ({
  recordRefund: vi.fn(),
  countSimilar: async () => 0,
}));
vi.mock("../../src/storage/queries.ts", async (original) => ({
  ...(await original<object>()),
  getCase: async () => undefined,
}));
vi.mock("../../src/usecases/read-policy.ts", () => ({ readPolicyAt: async () => undefined }));
vi.mock("../../src/usecases/keep-draft.ts", () => ({
  keepDraft: async (_deps: unknown, _name: string, draft: unknown) => void kept.push(draft),
  dropDraft: async () => undefined,
}));

const record = vi.mocked(recordRefund);
const saved = ok({ copies: 2, records: [], repeated: false } as const);

const built = {
  deps: {
    calendar: shanghai,
    now: () => Date.parse("2026-11-22T06:00:00Z"),
    staff: () => aStaff(),
    training: false,
    journal: { db: {} },
  },
  abilities: { markDraftOpen: () => () => undefined },
} as unknown as Built;

let stage: Stage;
let gun: ScannerGun;
const codes: string[] = [];

const settle = async (ms = 0): Promise<void> => {
  await act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
};

type Mounted = Partial<KeptRefund> &
  Pick<RefundContext, "shareLeft"> & { readonly otherTills?: boolean };

const mount = (
  minor: number,
  wide = false,
  { shareLeft, otherTills = false, ...first }: Mounted = {},
): void => {
  vi.stubGlobal("matchMedia", () => ({
    matches: wide,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  const payment = aPayment({ amount: cny(minor) });
  const one = {
    found: { payment, rows: [], others: [] },
    spelling: "exact" as const,
    cases: [],
    refusals: [],
    people: [],
    context: aContext({ payment, ...given("shareLeft", shareLeft) }),
    otherTills,
    overpaid: {},
  };
  stage.show(
    <DepsProvider built={built}>
      <RefundEditor
        one={one}
        first={{ ...newEntry(aCaseId()), address: { c: "1" }, ...first }}
        accepts={gun.accepts}
        busy={signal(false)}
        onTouched={() => undefined}
      />
    </DepsProvider>,
  );
};

const pick = (value: string): void => stage.tap(`input[value=${value}]`);

const primary = (): HTMLButtonElement | null => stage.app.querySelector(".bar .btn-primary");

const draftsRecorded = (): readonly RefundDraft[] => record.mock.calls.map((call) => call[2]);

const key = (name: string): void => {
  window.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
};

beforeEach(() => {
  vi.useFakeTimers();
  stage = aStage();
  codes.length = 0;
  kept.length = 0;
  record.mockReset().mockResolvedValue(saved);
  gun = startScannerGun((text) => codes.push(text));
});

afterEach(async () => {
  await settle(100); // effects that still wait for a frame of this clock
  gun.stop();
  stage.strike();
  vi.useRealTimers();
});

describe("本机可退 in the editor", () => {
  it("X10 stands on the card with what is left in all, and everything means everything here", async () => {
    mount(3_600, false, { shareLeft: cny(1_800) });
    expect(stage.app.querySelector(".ocard-left")?.textContent).toContain("本机可退");
    expect(stage.app.querySelector(".ocard-left")?.textContent).toContain("18.00");
    expect(stage.app.textContent).toContain("这笔一共还可退 ¥36.00");
    expect(primary()?.textContent).toContain("18.00");
    record.mockResolvedValue(fail({ kind: "over_share", left: cny(1_800) }));
    pick("overpaid");
    await settle();
    void act(() => primary()?.click());
    await settle();
    expect(stage.app.textContent).toContain("本机可退只剩 ¥18.00");
  });

  it("X10 without a share it is the balance; where there are other tills, as far as this one knows", () => {
    mount(3_600);
    expect(stage.app.textContent).not.toContain("本机可退");
    stage.strike();
    mount(3_600, false, { otherTills: true });
    expect(stage.app.querySelector(".ocard-left")?.textContent).toContain("本机可退");
    expect(stage.app.textContent).toContain("其他设备退的，合并后才知道");
    expect(stage.app.textContent).not.toContain("这笔一共还可退");
  });
});

describe("the refund editor", () => {
  it("records the full amount in two taps, with the amount on the button", async () => {
    mount(3_600);
    expect(primary()?.textContent).toBe("确认退款 ¥36.00");
    pick("faulty");
    primary()?.click();
    await settle();
    expect(draftsRecorded()).toEqual([
      newDraft({ caseId: aCaseId(), amount: { kind: "full" }, reason: "faulty" }),
    ]);
  });

  it("X1 records once, however often the button is pressed", async () => {
    mount(3_600);
    pick("faulty");
    for (let tap = 0; tap < 4; tap++) primary()?.click();
    await settle();
    primary()?.click();
    await settle();
    expect(record).toHaveBeenCalledTimes(1);
  });

  it("R21 records which policy the customer saw, when somebody says that they did", async () => {
    mount(3_600);
    pick("faulty");
    expect(stage.app.textContent).not.toContain("已给顾客看");
    const row = [...stage.app.querySelectorAll("button")].find((button) =>
      button.textContent.startsWith("退款政策"),
    );
    void act(() => row?.click());
    await settle();
    stage.press("顾客看过了");
    await settle();
    expect(stage.app.textContent).toContain("已给顾客看");
    primary()?.click();
    await settle();
    expect(draftsRecorded()[0]?.policyShown).toEqual(aContext().policy.record);
  });

  it("records half in three taps", async () => {
    mount(3_601);
    pick("half");
    pick("wrong_size");
    primary()?.click();
    await settle();
    expect(draftsRecorded()[0]?.amount).toEqual({ kind: "partial", amount: cny(1_800) });
  });

  it("tells a fault beside its cause and keeps every choice", async () => {
    record.mockResolvedValueOnce(fail({ kind: "reason_missing" }));
    mount(3_600);
    pick("half");
    primary()?.click();
    await settle();
    expect(stage.app.querySelector(".fault")?.textContent).toBe("请选一个原因");
    expect(primary()?.textContent).toBe("确认退款 ¥18.00");
    pick("faulty");
    primary()?.click();
    await settle();
    expect(record).toHaveBeenCalledTimes(2);
  });

  it("can be tried again after a crash of the use case, under the same case id", async () => {
    vi.stubGlobal("reportError", () => undefined);
    record.mockRejectedValueOnce(new Error("closed"));
    mount(3_600);
    pick("faulty");
    primary()?.click();
    await settle();
    expect(stage.app.querySelector(".fault")?.textContent).toContain("填写的内容还在");
    primary()?.click();
    await settle();
    expect(new Set(draftsRecorded().map((draft) => draft.caseId))).toEqual(new Set([aCaseId()]));
  });

  it("keeps every change at once, and nothing before the first", async () => {
    mount(3_600);
    await settle();
    expect(kept).toEqual([]);
    pick("half");
    pick("faulty");
    await settle();
    expect(parseKeptRefund(kept.at(-1))).toMatchObject({
      amount: { kind: "half" },
      reason: "faulty",
      address: { c: "1" },
    });
  });

  it("goes on with a kept entry", () => {
    mount(3_600, false, { amount: { kind: "typed", text: "12", checked: false }, reason: "other" });
    expect(primary()?.textContent).toBe("确认退款 ¥12.00");
    expect(stage.app.querySelector<HTMLInputElement>("input[value=other]")?.checked).toBe(true);
  });
});

describe("R44 a large typed amount on a tablet", () => {
  it("is recorded only after it was typed the same twice", async () => {
    mount(500_000, true);
    pick("faulty");
    stage.tap("input[value=typed]");
    stage.press("1", "2", "0", "0");
    primary()?.click();
    await settle();
    expect(record).not.toHaveBeenCalled();
    stage.press("1", "3", "0", "0");
    primary()?.click();
    await settle();
    expect(record).not.toHaveBeenCalled();
    expect(stage.app.querySelector(".fault")?.textContent).toContain("两次输入不一样");
    stage.press("1", "2", "0", "0");
    primary()?.click();
    await settle();
    expect(draftsRecorded().map((draft) => draft.amount)).toEqual([
      { kind: "partial", amount: cny(120_000) },
    ]);
  });
});

describe("a keyboard at the editor", () => {
  it("picks reasons by 1 to 9, and 9 asks for the note", async () => {
    mount(3_600);
    key("2");
    await settle(200);
    expect(
      stage.app.querySelector<HTMLInputElement>("input[value=not_as_described]")?.checked,
    ).toBe(true);
    key("9");
    await settle(200);
    expect(stage.app.querySelector("textarea")).not.toBeNull();
  });

  it("X34 leaves amount and reason alone while a gun sends a code", async () => {
    mount(3_600, true);
    stage.tap("input[value=typed]");
    stage.press("5");
    for (const digit of "6901234567892") {
      key(digit);
      await settle(8);
    }
    key("Enter");
    await settle(300);
    expect(codes).toEqual(["6901234567892"]);
    expect(primary()?.textContent).toBe("确认退款 ¥5.00");
    expect(stage.app.querySelector("input[name=reason]:checked")).toBeNull();
  });
});
