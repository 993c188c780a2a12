import { effect, signal, type ReadonlySignal } from "@preact/signals";

import { keepLook, keptLook, startKeptLook, type Texts } from "./kept-look.ts";
import { startLanguage } from "./language.ts";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const chosenTheme = signal<Theme>("auto");
const strong = signal(false);

export const theme: ReadonlySignal<Theme> = chosenTheme;

/** Strong contrast for outdoors. */
export const contrast: ReadonlySignal<boolean> = strong;

export const chooseTheme = (wanted: Theme): void => {
  chosenTheme.value = wanted;
  keepLook("theme", wanted);
};

export const toggleContrast = (): void => {
  strong.value = !strong.value;
  keepLook("contrast", strong.value ? "more" : "normal");
};

const applyLook = (): void => {
  const { dataset } = document.documentElement;
  if (chosenTheme.value === "auto") delete dataset["theme"];
  else dataset["theme"] = chosenTheme.value;
  if (strong.value) dataset["contrast"] = "more";
  else delete dataset["contrast"];
};

/** Reads the kept choices and keeps the page in step; call once before the first paint. */
export const startLook = async (texts: Texts): Promise<void> => {
  await startKeptLook(texts);
  await startLanguage(keptLook("language"));
  const kept = keptLook("theme");
  chosenTheme.value = themes.find((one) => one === kept) ?? "auto";
  strong.value = keptLook("contrast") === "more";
  effect(applyLook);
};
