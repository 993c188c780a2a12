// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { watchUpdates, type UpdateState } from "../../src/platform/app-update.ts";
import { markDraftOpen } from "../../src/platform/open-draft.ts";

type Heard = (event: { readonly isUpdate?: boolean }) => void;

const worker = vi.hoisted(() => ({
  heard: new Map<string, Heard[]>(),
  made: [] as unknown[],
  register: vi.fn(),
  update: vi.fn(),
  skipped: 0,
}));

vi.mock("workbox-window", () => ({
  Workbox: class {
    constructor(...made: unknown[]) {
      worker.made.push(made);
    }
    addEventListener = (kind: string, heard: Heard) =>
      worker.heard.set(kind, [...(worker.heard.get(kind) ?? []), heard]);
    register = worker.register;
    update = worker.update;
    messageSkipWaiting = () => (worker.skipped += 1);
  },
}));

const fire = (kind: string, isUpdate = true): void => {
  for (const heard of worker.heard.get(kind) ?? []) heard({ isUpdate });
};

const givenNavigator = (abilities: object) =>
  vi.stubGlobal("navigator", { serviceWorker: {}, ...abilities });

const watching = () => {
  const states: UpdateState["state"][] = [];
  const reload = vi.fn();
  const update = watchUpdates(({ state }) => states.push(state), reload);
  if (update === undefined) throw new Error("service workers should be supported here");
  return { states, reload, update };
};

beforeEach(() => {
  worker.heard.clear();
  worker.made.length = 0;
  worker.skipped = 0;
  worker.register.mockResolvedValue({ waiting: null });
  vi.stubEnv("DEV", false);
  vi.useFakeTimers();
  givenNavigator({});
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

test("rel-X1 the worker script is never taken from the HTTP cache", () => {
  watching();
  expect(worker.made).toEqual([
    [new URL("sw.js", document.baseURI).href, { updateViaCache: "none" }],
  ]);
});

test("a new version is told and changes nothing by itself", async () => {
  const { states, reload } = watching();
  await vi.advanceTimersByTimeAsync(0);
  fire("waiting");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(states).toEqual(["current", "waiting"]);
  expect(worker.skipped).toBe(0);
  expect(reload).not.toHaveBeenCalled();
});

test("on the tap the waiting version takes over and this page reloads once", async () => {
  const { states, reload, update } = watching();
  expect(await update.apply()).toBe("applied");
  expect(states.at(-1)).toBe("changing");
  expect(worker.skipped).toBe(0); // what the page has asked for is answered first
  await vi.advanceTimersByTimeAsync(500);
  expect(worker.skipped).toBe(1);
  fire("controlling");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reload).toHaveBeenCalledTimes(1);
});

test("where `controlling` never fires the page reloads when the new version stands", async () => {
  const { reload, update } = watching();
  await update.apply();
  fire("activated");
  expect(reload).toHaveBeenCalledTimes(1);
});

test("F33 where nothing is told the page reloads all the same, not while the change-over may go on", async () => {
  const { reload, update } = watching();
  await update.apply();
  await vi.advanceTimersByTimeAsync(5_400);
  expect(reload).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100);
  expect(reload).toHaveBeenCalledTimes(1);
});

test("nothing changes over while a draft is open in some window", async () => {
  const held: { name: string }[] = [];
  const request = async (name: string) => held.push({ name });
  givenNavigator({ locks: { request, query: async () => ({ held }) } });
  const { reload, update } = watching();
  markDraftOpen();
  expect(await update.apply()).toBe("draft_open");
  expect(worker.skipped).toBe(0);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reload).not.toHaveBeenCalled();
});

test("a page whose version another window replaced is told so, and not reloaded", async () => {
  const { states, reload } = watching();
  await vi.advanceTimersByTimeAsync(0);
  fire("controlling");
  fire("activated");
  expect(states).toEqual(["current", "replaced"]);
  expect(reload).not.toHaveBeenCalled();
});

test("the first installation is no update", async () => {
  worker.register.mockResolvedValue(undefined);
  const { states } = watching();
  await vi.advanceTimersByTimeAsync(0);
  fire("controlling", false);
  fire("activated", false);
  expect(states).toEqual(["current"]);
});

test("a server that is not there makes no noise", async () => {
  worker.update.mockRejectedValue(new TypeError("Failed to fetch"));
  const { update } = watching();
  await expect(update.check()).resolves.toBeUndefined();
});

test("a service worker that cannot be registered is told as failed", async () => {
  worker.register.mockRejectedValue(new DOMException("bad type", "SecurityError"));
  const { states } = watching();
  await vi.advanceTimersByTimeAsync(0);
  expect(states).toEqual(["failed"]);
});

test("a browser without service workers is told as unsupported", () => {
  vi.stubGlobal("navigator", {});
  const states: UpdateState[] = [];
  expect(watchUpdates((state) => states.push(state))).toBeUndefined();
  expect(states).toEqual([{ state: "unsupported" }]);
});
