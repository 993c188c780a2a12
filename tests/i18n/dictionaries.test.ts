import { describe, expect, it } from "vitest";

import { en } from "../../src/i18n/en.ts";
import { faultMessages } from "../../src/i18n/fault-messages.ts";
import { fill, findLanguage, loadMessages, translator } from "../../src/i18n/index.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";

const forms = (message: string | { readonly one: string; readonly other: string }): string[] =>
  typeof message === "string" ? [message] : [message.one, message.other];

const zhTexts = Object.entries(zhCn) as readonly (readonly [string, string])[];
const enTexts = Object.entries(en).flatMap(([key, message]) =>
  forms(message).map((text) => [key, text] as const),
);

const placeholders = (text: string): string[] =>
  [...new Set(Array.from(text.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? ""))].sort();

const forbiddenZh = [
  /退款成功/,
  /无法伪造|不可伪造|不能伪造/,
  /绝对安全/,
  /(请|可以|试试|建议|先)[^，。]{0,6}(清除|清空|清理)[^，。]{0,4}(数据|缓存)/,
];
const forbiddenEn = [
  /refund(ed)? success/i,
  /success(ful)? refund/i,
  /cannot be forged|unforgeable/i,
  /absolutely (safe|secure)/i,
  /(please|try|you can) clear\w* (the |your )?(browser |site )?(data|cache)/i,
];

describe("both dictionaries", () => {
  it("have the same keys", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCn).sort());
  });

  it.each(zhTexts)("use the same placeholders in %s", (key, text) => {
    const other = forms(en[key as keyof typeof en]);
    const used = [...new Set(other.flatMap(placeholders))].sort();
    expect(used).toEqual(placeholders(text));
  });

  it("say nothing that screens.md §5.1 forbids", () => {
    const found = [
      ...zhTexts.filter(([, text]) => forbiddenZh.some((words) => words.test(text))),
      ...enTexts.filter(([, text]) => forbiddenEn.some((words) => words.test(text))),
    ];
    expect(found).toEqual([]);
  });

  it("leave no message empty and none with a space at its ends", () => {
    const kept = new Set(["word.separator"]);
    const bad = [...zhTexts, ...enTexts].filter(
      ([key, text]) => !kept.has(key) && (text === "" || text !== text.trim()),
    );
    expect(bad).toEqual([]);
  });
});

describe("the Chinese dictionary", () => {
  const han = "\\p{Script=Han}";

  it("writes its punctuation full-width beside Chinese characters", () => {
    const half = new RegExp(`${han}[,;:!?()]|[,;!?()]${han}|${han}\\.(?!\\w)`, "u");
    expect(zhTexts.filter(([, text]) => half.test(text))).toEqual([]);
  });

  it("never says 撤销 for our own records nor 撤回 for the acquirer's payment", () => {
    const mixed = zhTexts.filter(([, text]) => text.includes("撤销") && text.includes("撤回"));
    expect(mixed).toEqual([]);
  });

  it("keeps a fault within 40 characters", () => {
    const long = zhTexts.filter(([key, text]) => key.startsWith("fault.") && text.length > 40);
    expect(long).toEqual([]);
  });
});

describe("the guard for forbidden words", () => {
  it.each(["退款成功", "本记录无法伪造", "请清除缓存后再试", "绝对安全"])("catches %s", (text) => {
    expect(forbiddenZh.some((words) => words.test(text))).toBe(true);
  });

  it.each(["Refund successful", "It cannot be forged", "Please clear your browser cache"])(
    "catches %s",
    (text) => {
      expect(forbiddenEn.some((words) => words.test(text))).toBe(true);
    },
  );

  it("lets the warning about losing data pass", () => {
    const warning = "清除浏览器数据、卸载或恢复出厂会永久丢失。先导出";
    expect(forbiddenZh.some((words) => words.test(warning))).toBe(false);
  });
});

describe("messages", () => {
  it("fill their places and leave a missing value visible", () => {
    expect(fill("{n} / {of}", { n: 3 })).toBe("3 / {of}");
  });

  it("choose the English plural by n", () => {
    const t = translator(en);
    expect(t("word.count", { n: 1 })).toBe("1 refund");
    expect(t("word.count", { n: 3 })).toBe("3 refunds");
  });

  it("exist for every known fault", () => {
    for (const key of Object.values(faultMessages)) expect(zhCn[key]).toBeTruthy();
  });

  it("are found by the first part of a browser's language", async () => {
    expect(findLanguage("zh-Hant-TW")).toBe("zh-CN");
    expect(findLanguage("EN-gb")).toBe("en");
    expect(findLanguage("fr")).toBeUndefined();
    expect(await loadMessages("en")).toBe(en);
  });
});
