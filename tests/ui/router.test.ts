// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

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
  back: (): void => {
    setTimeout(() => {
      if (stack.at === 0) return;
      stack.at -= 1;
      fire();
    });
  },
};

const address = {
  get hash(): string {
    return stack.entries[stack.at]?.url ?? "";
  },
  set hash(url: string) {
    open(url, undefined);
    fire();
  },
};

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 6; turn++) await new Promise((done) => setTimeout(done));
};

const fresh = async () => {
  vi.resetModules();
  stack.entries = [{ url: "#/scan", state: undefined }];
  stack.at = 0;
  vi.stubGlobal("history", browser);
  vi.stubGlobal("location", address);
  vi.stubGlobal("scrollTo", () => undefined);
  const router = await import("../../src/ui/router.ts");
  return { ...router, stop: router.startRouter() };
};

let router: Awaited<ReturnType<typeof fresh>>;

beforeEach(async () => {
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- unset before the first test
  router?.stop();
  router = await fresh();
});

describe("the router", () => {
  it("follows links and the back button", async () => {
    router.go("#/r/01A");
    expect(router.route.value).toEqual({ name: "refund", args: { id: "01A" } });
    expect(router.arrival.value).toBe("forward");
    browser.back();
    await settle();
    expect(router.route.value.name).toBe("scan");
    expect(router.arrival.value).toBe("back");
  });

  it("shows the scanner for an unknown address", () => {
    router.go("#/nowhere");
    expect(router.route.value.name).toBe("scan");
  });

  it("treats a filter as the same page", () => {
    router.go("#/records");
    const key = router.pageKey.value;
    router.go("#/records?f=to_export");
    expect(router.pageKey.value).toBe(key);
    expect(router.route.value).toEqual({ name: "records", args: { f: "to_export" } });
  });

  it("treats another code as another page", () => {
    router.go("#/r/new?c=1");
    const key = router.pageKey.value;
    router.go("#/r/new?c=2");
    expect(router.pageKey.value).not.toBe(key);
    expect(router.arrival.value).toBe("forward");
  });

  it("remembers the root visited last, with its filter", () => {
    router.go("#/records?f=today");
    router.go("#/r/01A");
    expect(router.lastVisited(["scan", "records"])).toEqual({
      name: "records",
      args: { f: "today" },
    });
    expect(router.lastVisited(["recon"])).toEqual({ name: "recon", args: {} });
  });

  it("goes back inside the app, and to the given page when there is nothing behind", async () => {
    router.goBack("#/records");
    expect(router.route.value.name).toBe("records");
    router.go("#/r/01A");
    router.goBack("#/more");
    await settle();
    expect(router.route.value.name).toBe("records");
  });
});

describe("a sheet", () => {
  it("is closed by back, the page stays", async () => {
    const close = vi.fn();
    router.go("#/r/01A");
    router.pushSheet(close);
    browser.back();
    await settle();
    expect(close).toHaveBeenCalledOnce();
    expect(router.route.value.name).toBe("refund");
  });

  it("takes its history entry with it when it closes by itself", async () => {
    const depth = stack.at;
    const release = router.pushSheet(() => undefined);
    release();
    await settle();
    expect(stack.at).toBe(depth);
  });

  it("lets a page open right after it closed, and back then skips the sheet", async () => {
    router.go("#/r/new");
    const release = router.pushSheet(() => undefined);
    release();
    router.go("#/recorded/01A");
    await settle();
    expect(router.route.value.name).toBe("recorded");
    browser.back();
    await settle();
    expect(router.route.value.name).toBe("new_refund");
  });

  it("closes when a page is opened over it, and back skips its entry", async () => {
    const close = vi.fn();
    router.go("#/r/new");
    const release = router.pushSheet(close);
    router.go("#/recorded/01A");
    expect(close).toHaveBeenCalledOnce();
    release();
    await settle();
    expect(router.route.value.name).toBe("recorded");
    browser.back();
    await settle();
    expect(router.route.value.name).toBe("new_refund");
    expect(stack.at).toBe(1);
  });

  it("above another closes alone", async () => {
    const [lower, upper] = [vi.fn(), vi.fn()];
    router.pushSheet(lower);
    router.pushSheet(upper);
    browser.back();
    await settle();
    expect(upper).toHaveBeenCalledOnce();
    expect(lower).not.toHaveBeenCalled();
  });
});
