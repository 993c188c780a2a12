import { speakChinese } from "../support/chinese.ts";
import { render, type ComponentChild } from "preact";
import { act } from "preact/test-utils";

await speakChinese();

// happy-dom lays nothing out, so it has nowhere to scroll
Element.prototype.scrollIntoView = () => undefined;
// and it does not have the browser's own last resort for what nobody caught
globalThis.reportError = (error: unknown) => {
  throw error;
};

const clear = (): HTMLElement => {
  document.body.replaceChildren();
  for (const id of ["app", "status", "alert"]) {
    const region = document.createElement("div");
    region.id = id;
    document.body.append(region);
  }
  return document.getElementById("app") ?? document.body;
};

/** A page with its two live regions, for rendering one component at a time. */
export type Stage = {
  readonly app: HTMLElement;
  readonly show: (what: ComponentChild) => void;
  readonly tap: (selector: string) => void;
  /** Taps buttons by their text or accessible name. */
  readonly press: (...names: readonly string[]) => void;
  readonly spoken: (region: "status" | "alert") => string;
  readonly strike: () => void;
};

export const aStage = (): Stage => {
  const app = clear();
  const buttonBy = (name: string): HTMLElement | undefined =>
    [...app.querySelectorAll("button")].find(
      (button) => button.textContent === name || button.getAttribute("aria-label") === name,
    );
  return {
    app,
    show: (what) => void act(() => render(what, app)),
    tap: (selector) => void act(() => app.querySelector<HTMLElement>(selector)?.click()),
    press: (...names) => {
      for (const name of names) void act(() => buttonBy(name)?.click());
    },
    spoken: (region) => document.getElementById(region)?.textContent ?? "",
    strike: () => render(undefined, app),
  };
};
