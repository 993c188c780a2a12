import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";

import {
  fill,
  findLanguage,
  loadMessages,
  translator,
  type LanguageTag,
  type MessageKey,
  type Messages,
  type Translate,
  type Values,
} from "../i18n/index.ts";

/** Undefined until the first language was loaded, which is before anything is shown. */
const loaded = signal<Messages | undefined>(undefined);
const messages = computed((): Messages => {
  if (loaded.value === undefined) throw new Error("no words before the first language is loaded");
  return loaded.value;
});
const tag = signal<LanguageTag>("zh-CN");
const lookup = computed(() => translator(messages.value));

/** The language on screen. */
export const language: ReadonlySignal<LanguageTag> = tag;

/** The words on screen: `t("action.save")`; read while rendering, so that a change of language repaints. */
export const t: Translate = (key, ...values) => lookup.value(key, ...values);

/** As `t`, for keys that are only known at run time; a value that is missing stays visible. */
export const tWith = (key: MessageKey, values: Values): string => fill(messages.value[key], values);

/** Changes the language on screen and of the page; the caller keeps the choice. */
export const changeLanguage = async (wanted: LanguageTag): Promise<void> => {
  loaded.value = await loadMessages(wanted);
  tag.value = wanted;
};

/** The saved choice, else the first language of the browser that we have, else English. */
const chooseLanguage = (saved: string | undefined): LanguageTag => {
  for (const wish of saved === undefined ? navigator.languages : [saved, ...navigator.languages]) {
    const found = findLanguage(wish);
    if (found !== undefined) return found;
  }
  return "en";
};

/** Loads the first language and keeps `<html lang>` in step; call once before the first paint. */
export const startLanguage = async (saved: string | undefined): Promise<void> => {
  await changeLanguage(chooseLanguage(saved));
  effect(() => {
    document.documentElement.lang = tag.value;
  });
};

/** Words of a language that need not be on screen, for what customers read. */
export const wordsIn = async (wanted: LanguageTag): Promise<Translate> =>
  translator(await loadMessages(wanted));
