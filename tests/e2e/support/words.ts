import { CNY } from "../../../src/domain/currency.ts";
import { findZone } from "../../../src/domain/instant.ts";
import { money } from "../../../src/domain/money.ts";
import { en } from "../../../src/i18n/en.ts";
import { writeMoney } from "../../../src/i18n/format.ts";
import { translator, type LanguageTag, type Translate } from "../../../src/i18n/index.ts";
import { zhCn } from "../../../src/i18n/zh-cn.ts";

/** The words of one language as they stand on screen, by which controls are found. */
export type Words = {
  readonly language: LanguageTag;
  readonly t: Translate;
  /** An amount in fen as this language writes it. */
  readonly yuan: (minor: number) => string;
};

const zone = findZone("Asia/Shanghai");

/** The words of a project: its browser's locale decides. */
export const wordsOf = (locale: string | undefined): Words => {
  const language = locale?.startsWith("en") === true ? "en" : "zh-CN";
  if (zone === undefined) throw new Error("this node knows no time zones");
  const calendar = { zone, cutoffMinutes: 0 };
  return {
    language,
    t: translator(language === "en" ? en : zhCn),
    yuan: (minor) => writeMoney(money(minor, CNY), { language, currency: CNY, calendar }),
  };
};
