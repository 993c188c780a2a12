import { changeLanguage } from "../../src/ui/language.ts";

/** Nothing is shown before the first language is loaded: a test that renders begins with this. */
export const speakChinese = (): Promise<void> => changeLanguage("zh-CN");
