import { effect, signal, type ReadonlySignal } from "@preact/signals";

import { keepPreference, readPreference } from "../usecases/preferences.ts";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const chosenTheme = signal<Theme>("auto");
const strong = signal(false);

export const theme: ReadonlySignal<Theme> = chosenTheme;

/** Strong contrast for outdoors. */
export const contrast: ReadonlySignal<boolean> = strong;

export const chooseTheme = (wanted: Theme): void => {
  chosenTheme.value = wanted;
  void keepPreference("theme", wanted);
};

export const toggleContrast = (): void => {
  strong.value = !strong.value;
  void keepPreference("contrast", strong.value ? "more" : "normal");
};

const applyLook = (): void => {
  const { dataset } = document.documentElement;
  if (chosenTheme.value === "auto") delete dataset["theme"];
  else dataset["theme"] = chosenTheme.value;
  if (strong.value) dataset["contrast"] = "more";
  else delete dataset["contrast"];
};

/** Reads the kept choices and keeps the page in step; call once before the first paint. */
export const startLook = async (): Promise<void> => {
  const kept = await readPreference("theme");
  chosenTheme.value = themes.find((one) => one === kept) ?? "auto";
  strong.value = (await readPreference("contrast")) === "more";
  effect(applyLook);
};
