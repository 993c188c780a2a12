// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { StaffId } from "../../src/domain/ids.ts";
import { CNY } from "../../src/domain/currency.ts";
import { writePolicyForm } from "../../src/domain/policy/policy-form.ts";
import { defaultPolicy, type ShopPolicy } from "../../src/domain/policy/shop-policy.ts";
import { reasonCodes } from "../../src/domain/reasons.ts";
import { loadMessages, translator } from "../../src/i18n/index.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { policyLines } from "../../src/ui/screens/policy/policy-lines.ts";
import { PolicySheet } from "../../src/ui/screens/new-refund/policy-sheet.tsx";
import { PolicyScreen } from "../../src/ui/screens/policy/policy-screen.tsx";
import { PolicyTextScreen } from "../../src/ui/screens/policy/policy-text-screen.tsx";
import { currentPolicy } from "../../src/storage/queries.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { readPolicy } from "../../src/usecases/read-policy.ts";
import { changePolicy } from "../../src/usecases/change-policy.ts";
import { aStaff, valueOf } from "../support/a.ts";
import { readSvgCode } from "../support/codes.ts";
import { aShop } from "../support/deps.ts";
import { asClerk } from "../support/refunds.ts";
import { aStage, type Stage } from "./stage.tsx";

vi.setConfig({ testTimeout: 30_000 });

let stage: Stage;
let deps: Deps;

/** Waits until something is so; the store answers when it likes. */
const until = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 2_000 && !isSo(); tries++)
    await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 5))));
  expect(isSo()).toBe(true);
};

const builtWith = (open: Deps): Built =>
  ({ deps: open, abilities: { markDraftOpen: () => () => undefined } }) as unknown as Built;

const show = async (screen: "form" | "text", open = deps): Promise<void> => {
  stage.show(
    <DepsProvider built={builtWith(open)}>
      {screen === "form" ? <PolicyScreen /> : <PolicyTextScreen />}
    </DepsProvider>,
  );
  await until(
    () => stage.app.textContent.includes("第 1 版") || stage.app.textContent.includes("第 2 版"),
  );
  if (screen === "form") choose();
};

const fieldNamed = (name: string): HTMLInputElement => {
  const field = stage.app.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (field === null) throw new Error(`no field ${name}`);
  return field;
};

const type = (name: string, text: string): void => {
  fieldNamed(name).value = text;
};

/** happy-dom forgets a chosen option behind the second one; a browser does not. */
const choose = (): void => {
  const first = writePolicyForm(defaultPolicy, CNY);
  for (const reason of reasonCodes) type(`eligible.${reason}`, first(`eligible.${reason}`));
};

const submit = (): void => {
  const form = stage.app.querySelector("form");
  const event = new SubmitEvent("submit", { bubbles: true, cancelable: true });
  void act(() => void form?.dispatchEvent(event));
};

const says = (text: string) => (): boolean => stage.app.textContent.includes(text);

const kept = async (): Promise<ShopPolicy> => (await readPolicy(deps)).policy;

beforeEach(async () => {
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  ({ deps } = await aShop());
  stage = aStage();
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

describe("the policy form", () => {
  it("R10 shows the policy in force and says so when it is saved unchanged", async () => {
    await show("form");
    expect(fieldNamed("windowDays").value).toBe("7");
    expect(fieldNamed("photoFrom").value).toBe("200.00");
    expect(fieldNamed("limits.clerk.amount").value).toBe("200.00");
    expect(fieldNamed("limits.lead.days").value).toBe("");
    expect(fieldNamed("receiptRequired").checked).toBe(true);
    submit();
    await until(says("没有改动，仍是第 1 版"));
    expect(await readPolicy(deps)).toMatchObject({ version: 1, policy: defaultPolicy });
  });

  it("R10 R21 puts what was typed in force as a new version", async () => {
    await show("form");
    type("windowDays", "14");
    type("coolingOffDays", "3");
    type("photoFrom", "88.8");
    type("typedTwiceFrom", "500");
    type("excludedGoods", "定制\n鲜活");
    type("limits.clerk.amount", "50");
    type("limits.clerk.days", "");
    type("limits.lead.refunds", "9");
    type("eligible.goodwill", "no");
    type("text.zh", "十四天内可退。");
    stage.tap('[name="unusedRequired"]');
    submit();
    await until(says("第 2 版已生效"));
    await until(() => stage.spoken("status") === "第 2 版已生效");
    expect(await kept()).toEqual({
      ...defaultPolicy,
      windowDays: 14,
      coolingOffDays: 3,
      photoFrom: 8_880,
      typedTwiceFrom: 50_000,
      unusedRequired: false,
      excludedGoods: ["定制", "鲜活"],
      limits: { clerk: { amount: 5_000, refunds: 2 }, lead: { amount: 200_000, refunds: 9 } },
      eligible: { goodwill: "no" },
      text: { zh: "十四天内可退。", en: "" },
    });
  });

  it("R9 R27 lists every reason with what becomes of it, chips first", async () => {
    await show("form");
    const selects = [...stage.app.querySelectorAll("select")];
    expect(selects.map(({ name }) => name)).toEqual(
      reasonCodes.map((reason) => `eligible.${reason}`),
    );
    expect(fieldNamed("eligible.changed_mind").value).toBe("in_window");
    expect(selects.every(({ options }) => options.length === 4)).toBe(true);
  });

  it("R10 marks the field that is wrong, goes to it and keeps all that was typed", async () => {
    await show("form");
    type("windowDays", "30");
    type("limits.clerk.days", "soon");
    submit();
    await until(() => fieldNamed("limits.clerk.days").getAttribute("aria-invalid") === "true");
    expect(document.activeElement).toBe(fieldNamed("limits.clerk.days"));
    expect(stage.app.querySelectorAll(".fault")).toHaveLength(1);
    expect(fieldNamed("windowDays").value).toBe("30");
    expect(await kept()).toEqual(defaultPolicy);
  });

  it("R21 refuses to tell customers what the law forbids, and names the law", async () => {
    await show("form");
    type("text.zh", "特价商品，概不退换。");
    submit();
    await until(says("《消费者权益保护法》第24至26条"));
    expect(fieldNamed("text.zh").getAttribute("aria-invalid")).toBe("true");
    expect(await kept()).toEqual(defaultPolicy);
  });

  it("R10 opens for a clerk, and saving asks an entitled person for the PIN", async () => {
    await show("form", asClerk(deps));
    type("windowDays", "30");
    submit();
    await until(says("小林"));
    expect(await kept()).toEqual(defaultPolicy);
    for (const digit of "739182") stage.press(digit);
    await until(says("第 2 版已生效"));
    expect((await kept()).windowDays).toBe(30);
  });
});

describe("the customers' page", () => {
  it("R21 says the policy in force in both languages, with its version and its day", async () => {
    const lead = actingAs(deps, aStaff({ staff: "l1" as StaffId, role: "lead" }));
    await show("text", lead);
    await until(says("Refunds within 7 days of payment."));
    expect(stage.app.textContent).toContain("付款后 7 天内可以退款。");
    expect(stage.app.textContent).toContain("第 1 版，自 2026-11-22 起");
    expect(stage.app.textContent).toContain("Version 1, since 2026-11-22");
    expect(stage.app.querySelectorAll("button")).toHaveLength(1);
  });

  it("R21 says the owner's own words where there are any", async () => {
    const text = { zh: "七天可退。\n请带小票。", en: "" };
    valueOf(await changePolicy(deps, { ...defaultPolicy, text }));
    await show("text");
    await until(says("Version 2"));
    expect(stage.app.textContent).toContain("请带小票。");
    expect(stage.app.textContent).not.toContain("付款后 7 天内");
    expect(stage.app.textContent).toContain("Refunds within 7 days");
  });
});

describe("the policy held out beside a refund", () => {
  it("R21 is the version of the refund, also as a code that any phone reads, and a tap says it was seen", async () => {
    const { record } = await currentPolicy(deps.journal.db, "policy");
    valueOf(await changePolicy(deps, { ...defaultPolicy, windowDays: 30 }));
    const told: string[] = [];
    stage.show(
      <DepsProvider built={builtWith(deps)}>
        <PolicySheet
          record={record}
          onShown={() => told.push("shown")}
          onClose={() => told.push("closed")}
        />
      </DepsProvider>,
    );
    await until(says("Refunds within 7 days of payment."));
    expect(stage.app.textContent).toContain("第 1 版，自 2026-11-22 起");
    expect(stage.app.textContent).not.toContain("30");
    const read = readSvgCode(stage.app.querySelector(".qr > svg"));
    expect(read).toContain("退款政策\n付款后 7 天内可以退款。");
    expect(read).toContain("第 1 版，自 2026-11-22 起");
    stage.press("顾客看过了");
    expect(told).toEqual(["shown", "closed"]);
  });
});

describe("policyLines", () => {
  it("R10 R21 says each rule that there is, and always that faulty goods go back", async () => {
    const zh = translator(await loadMessages("zh-CN"));
    const en = translator(await loadMessages("en"));
    const bare = {
      ...defaultPolicy,
      windowDays: 0,
      coolingOffDays: 0,
      receiptRequired: false,
      unusedRequired: false,
    };
    expect(policyLines(bare, "zh", zh)).toEqual([
      "付款当天可以退款。",
      "商品有质量问题的，依法退货、更换或修理，不受以上限制。",
      "退款回到付款的账户。",
    ]);
    const full = { ...defaultPolicy, windowDays: 1, excludedGoods: ["定制", "鲜活"] };
    expect(policyLines(full, "zh", zh)).toContain("不适用无理由退货：定制、鲜活。");
    expect(policyLines(full, "en", en)[0]).toBe("Refunds within 1 day of payment.");
    expect(policyLines(full, "en", en)).toHaveLength(7);
  });
});
