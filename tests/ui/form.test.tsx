// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";
import { parseCode } from "../../src/domain/codes/index.ts";
import { writeFormCode } from "../../src/domain/codes/own-codes.ts";
import { businessDate, instantFromMs } from "../../src/domain/instant.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";
import { formBlocks } from "../../src/ui/print/form-fields.ts";
import { BlankFormScreen, FormScreen } from "../../src/ui/screens/form/form-screen.tsx";
import { currentPolicy } from "../../src/storage/queries.ts";
import { changePolicy } from "../../src/usecases/change-policy.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import {
  newCaseId,
  nextCaseId,
  reservedForm,
  reserveForm,
} from "../../src/usecases/reserved-form.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { caseAt, hearNow, payNow, refundNow, submitNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

const kept = vi.hoisted(() => new Map<string, string>());

vi.mock("../../src/usecases/preferences.ts", () => ({
  readPreference: async (name: string) => kept.get(name),
  keepPreference: async (name: string, value: string) => void kept.set(name, value),
}));

let stage: Stage;
let deps: Deps;

const print = vi.fn();
const half = { amount: { kind: "partial", amount: money(6_400, CNY) } } as const;

const showForm = async (id: string, ...wanted: readonly string[]): Promise<void> => {
  stage.show(
    inShop(deps, <FormScreen route={{ name: "form", args: { id } }} />, { abilities: { print } }),
  );
  await seenOn(stage, ...wanted);
};

const valueOfField = (label: string): string | undefined =>
  [...stage.app.querySelectorAll(".form-cell")]
    .find((cell) => cell.querySelector("dt")?.textContent.startsWith(label) === true)
    ?.querySelector("dd")?.textContent;

beforeEach(async () => {
  stage = aStage();
  kept.clear();
  print.mockReset();
  vi.stubGlobal("scrollTo", () => undefined);
  ({ deps } = await aShop());
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

describe("the application form", () => {
  it("R12 holds every field of upload-files.md §6.1, in both languages", async () => {
    const caseId = await refundNow(deps, {
      of: await payNow(deps, { amount: money(12_800, CNY) }),
      ...half,
    });
    await showForm(caseId, zhCn["forms.title.application"], "Refund application");
    const { refundNo } = latestAttempt(await caseAt(deps, caseId));
    const text = stage.app.textContent;
    for (const field of Object.values(formBlocks.application).flat())
      expect(text).toContain(zhCn[`forms.field.${field}`]);
    expect(valueOfField("退款单号")).toBe(refundNo);
    expect(valueOfField("单据编号")).toBe(caseId);
    expect(valueOfField("退款金额")).toBe("¥64.00");
    expect(valueOfField("金额大写")).toBe("陆拾肆元整");
    expect(valueOfField("原金额")).toBe("¥128.00");
    expect(valueOfField("本次后剩余")).toBe("¥64.00");
    expect(valueOfField("退款政策")).toBe("第 1 版");
    expect(valueOfField("姓名")).toBe("");
    expect(stage.app.querySelector(".form-code path")?.getAttribute("d")).not.toBeNull();
  });

  it.each([
    ["once where it was judged by it", defaultPolicy, "第 1 版 已给顾客看"],
    [
      "beside the one it was judged by",
      { ...defaultPolicy, windowDays: 3 },
      "第 2 版 · 第 1 版 已给顾客看",
    ],
  ])("R21 names the policy version that the customer was shown, %s", async (_, policy, said) => {
    const { record: policyShown } = await currentPolicy(deps.journal.db, "policy");
    valueOf(await changePolicy(deps, policy));
    await showForm(await refundNow(deps, { policyShown }), zhCn["forms.field.policy"]);
    expect(valueOfField("退款政策")).toBe(said);
  });

  it("R12 says when it arrived only with evidence, and never 退款成功", async () => {
    const caseId = await refundNow(deps, {
      of: await payNow(deps, { amount: money(12_800, CNY) }),
      ...half,
    });
    await submitNow(deps);
    await showForm(caseId, zhCn["forms.field.arrived"]);
    expect(valueOfField("到账时间")).toBe("");
    expect(valueOfField("提交人")).not.toBe("");
    await hearNow(deps, caseId, "succeeded");
    await vi.waitFor(() => expect(valueOfField("到账时间")).not.toBe(""), { timeout: 10_000 });
    expect(stage.app.textContent).not.toContain("退款成功");
  });

  it("R12 offers the acquirer's papers too, and prints on A4", async () => {
    const caseId = await refundNow(deps, {
      of: await payNow(deps, { amount: money(12_800, CNY) }),
      ...half,
    });
    await showForm(caseId, zhCn["forms.short.adjustment"]);
    stage.tap('input[value="adjustment"]');
    await seenOn(stage, zhCn["forms.title.adjustment"], zhCn["forms.theirs_wins"]);
    for (const field of Object.values(formBlocks.adjustment).flat())
      expect(stage.app.textContent).toContain(zhCn[`forms.field.${field}`]);
    stage.press(zhCn["forms.print"]);
    expect(print).toHaveBeenCalledExactlyOnceWith("a4");
  });
});

describe("the blank form", () => {
  it("R32 prints with a number that the next refund then has", async () => {
    stage.show(inShop(deps, <BlankFormScreen />, { abilities: { print } }));
    await seenOn(stage, zhCn["forms.blank_text"], "Refund application");
    const number = valueOfField("单据编号") ?? "";
    expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    const today = businessDate(instantFromMs(deps.now()), deps.calendar);
    expect(parseCode(writeFormCode(number as never), today)).toEqual({
      kind: "own",
      code: { kind: "own_form", caseId: number },
    });
    stage.press(zhCn["forms.take"]);
    await vi.waitFor(async () => expect(await reservedForm(deps)).toBe(number));
    await refundNow(deps, { ...half, caseId: await nextCaseId(deps) });
    expect(await reservedForm(deps)).toBeUndefined();
    await showForm(number, zhCn["forms.title.application"]);
    expect(valueOfField("单据编号")).toBe(number);
  });

  it("R32 a number is given to one refund only", async () => {
    const number = newCaseId(deps);
    await reserveForm(number);
    expect(await nextCaseId(deps)).toBe(number);
    await refundNow(deps, { ...half, caseId: number });
    expect(await nextCaseId(deps)).not.toBe(number);
  });
});
