// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

import { pageRule } from "../../src/platform/printer.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import { PosterScreen } from "../../src/ui/screens/policy/poster-screen.tsx";
import { changePolicy } from "../../src/usecases/change-policy.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
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
let deps: Deps;
const print = vi.fn();

beforeEach(async () => {
  stage = aStage();
  codes.length = 0;
  print.mockReset();
  ({ deps } = await aShop());
});

const show = (): void => stage.show(inShop(deps, <PosterScreen />, { abilities: { print } }));

describe("the policy poster", () => {
  it("R31 prints the version in force, in both languages, with a code that says the same", async () => {
    const policy = { ...defaultPolicy, windowDays: 15, text: { zh: "十五天内可退", en: "" } };
    valueOf(await changePolicy(deps, policy));
    show();
    await seenOn(stage, "第 2 版", "十五天内可退", "Refund policy", "within 15 days", "小林饰品摊");
    expect(codes.at(-1)).toContain("十五天内可退");
    expect(codes.at(-1)).toContain("第 2 版");
    stage.press("打印海报");
    expect(print).toHaveBeenCalledExactlyOnceWith("a4");
  });

  it("R31 is the same on A6, at half the size", async () => {
    show();
    await seenOn(stage, "第 1 版");
    stage.tap('input[value="a6"]');
    stage.press("打印海报");
    expect(print).toHaveBeenCalledExactlyOnceWith("a6");
    expect(stage.app.querySelector("[data-paper]")?.className).toContain("poster-a6");
    expect(pageRule("a6", 0)).toBe("@page{size:A6;margin:6mm}");
  });

  it("R31 refuses wording that takes away what the law gives", async () => {
    const policy = { ...defaultPolicy, text: { zh: "概不退换", en: "" } };
    expect((await changePolicy(deps, policy)).ok).toBe(false);
  });
});
