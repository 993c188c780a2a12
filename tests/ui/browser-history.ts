import { vi } from "vitest";

/** A history as browsers keep it, so that the order of events is ours. */
const stack = { entries: [{ url: "#/scan", state: undefined as unknown }], at: 0 };

const fire = (): void => void dispatchEvent(new PopStateEvent("popstate"));

const open = (url: string, state: unknown): void => {
  stack.entries = [...stack.entries.slice(0, stack.at + 1), { url, state }];
  stack.at += 1;
};

const browser = {
  scrollRestoration: "auto",
  get state(): unknown {
    return stack.entries[stack.at]?.state ?? null;
  },
  pushState: (state: unknown): void => open(stack.entries[stack.at]?.url ?? "", state),
  replaceState: (state: unknown, _: string, url?: string): void => {
    const entry = stack.entries[stack.at];
    stack.entries[stack.at] = { url: url ?? entry?.url ?? "", state };
  },
  go: (steps: number): void => {
    setTimeout(() => {
      if (stack.at + steps < 0) return;
      stack.at += steps;
      fire();
    });
  },
  back: (): void => browser.go(-1),
};

const address = {
  get href(): string {
    return `https://till.example/${address.hash}`;
  },
  get hash(): string {
    return stack.entries[stack.at]?.url ?? "";
  },
  set hash(url: string) {
    open(url, undefined);
    fire();
  },
};

/** Puts a session history under the page that fires as browsers do; happy-dom's own does not. */
export const aHistory = () => {
  stack.entries = [{ url: "#/scan", state: undefined }];
  stack.at = 0;
  vi.stubGlobal("history", browser);
  vi.stubGlobal("location", address);
  vi.stubGlobal("scrollTo", () => undefined);
  return { stack, back: browser.back };
};
