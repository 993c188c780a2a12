// @vitest-environment happy-dom
import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { changeLanguage } from "../../src/ui/language.ts";
import { AboutScreen } from "../../src/ui/screens/about/about-screen.tsx";
import { HelpScreen } from "../../src/ui/screens/help/help-screen.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;

const links = (): readonly string[] =>
  [...stage.app.querySelectorAll("a[href^=docs]")].map((link) => link.getAttribute("href") ?? "");

/** What is read without opening a fold. */
const atOnce = (): string => {
  const page = stage.app.cloneNode(true) as HTMLElement;
  for (const fold of page.querySelectorAll("details")) fold.remove();
  return page.textContent;
};

beforeEach(() => {
  stage = aStage();
  vi.stubGlobal("scrollTo", () => undefined);
});

afterEach(async () => {
  stage.strike();
  vi.unstubAllGlobals();
  await changeLanguage("zh-CN");
});

describe("the page about the app", () => {
  it.each(["zh-CN", "en"] as const)(
    "says which version it is, and leads to privacy, changes and licences, in %s",
    async (tag) => {
      await changeLanguage(tag);
      const built = { deps: undefined, abilities: { app: "0.3.0+abc1234" }, start: {} };
      stage.show(
        <DepsProvider built={built as unknown as Built}>
          <AboutScreen />
        </DepsProvider>,
      );
      expect(atOnce()).toContain("0.3.0");
      expect(atOnce()).toContain("abc1234");
      const guide = `docs/${tag.toLowerCase()}/guide.html`;
      expect(links().slice(0, 3)).toEqual([
        `${guide}#data`,
        "docs/changelog.html",
        "docs/licences.html",
      ]);
      expect(readFileSync(`public/${guide}`, "utf8")).toContain('<h2 id="data">');
    },
  );
});

describe("the help", () => {
  it("R1 says at once that only a paid payment can be refunded, in both languages", async () => {
    stage.show(<HelpScreen />);
    expect(atOnce()).toContain("只有已付款的交易才能退款");
    expect(atOnce()).toContain("没付款、未完成、已取消或已关闭的，没有可退的钱");
    await changeLanguage("en");
    stage.show(<HelpScreen />);
    expect(atOnce()).toContain("Only a payment that was paid can be refunded.");
    expect(atOnce()).toContain("unfinished, cancelled or closed one has nothing to refund");
  });

  it("X5 R47 tells an unknown result and an abnormal refund from a failed one", () => {
    stage.show(<HelpScreen />);
    const words = [...stage.app.querySelectorAll("dl > div")].map((one) => one.textContent);
    const of = (state: string): string => words.find((word) => word.startsWith(state)) ?? "";
    expect(of("结果未知")).toContain("先按单号查询，不要另开一笔");
    expect(of("退款异常")).toContain("不是失败：额度仍占住");
    expect(of("退款失败")).toContain("额度已释放");
  });

  it.each([
    ["zh-CN", "待领"],
    ["en", "unclaimed"],
  ] as const)("names no limit that is none any more, in %s", async (tag, word) => {
    await changeLanguage(tag);
    stage.show(<HelpScreen />);
    expect(stage.app.querySelectorAll(".help-limits > li")).toHaveLength(6);
    expect(stage.app.textContent).not.toContain(word);
  });

  it.each(["zh-CN", "en"] as const)(
    "leads to sections of the guide that are there, in %s",
    async (tag) => {
      await changeLanguage(tag);
      stage.show(<HelpScreen />);
      expect(links().length).toBeGreaterThan(15);
      for (const link of links()) {
        const [path = "", section] = link.split("#");
        expect(existsSync(`public/${path}`), link).toBe(true);
        const page = readFileSync(`public/${path}`, "utf8");
        if (section !== undefined) expect(page).toContain(`<h2 id="${section}">`);
      }
    },
  );
});
