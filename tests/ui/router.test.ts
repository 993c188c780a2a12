// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

import { aHistory } from "./browser-history.ts";

const { stack, back } = aHistory();

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 6; turn++) await new Promise((done) => setTimeout(done));
};

const fresh = async () => {
  vi.resetModules();
  aHistory();
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
    back();
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
    back();
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
    back();
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
    back();
    await settle();
    expect(router.route.value.name).toBe("new_refund");
    expect(stack.at).toBe(1);
  });

  it("is left together with its page when the page goes back", async () => {
    router.go("#/r/01A");
    router.go("#/terminal/01A");
    const release = router.pushSheet(() => release());
    router.goBack("#/records");
    await settle();
    expect(router.route.value).toEqual({ name: "refund", args: { id: "01A" } });
    expect(stack.at).toBe(1);
  });

  it("above another closes alone", async () => {
    const [lower, upper] = [vi.fn(), vi.fn()];
    router.pushSheet(lower);
    router.pushSheet(upper);
    back();
    await settle();
    expect(upper).toHaveBeenCalledOnce();
    expect(lower).not.toHaveBeenCalled();
  });
});
