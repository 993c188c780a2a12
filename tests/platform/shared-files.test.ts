import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { takeSharedFiles } from "../../src/platform/shared-files.ts";
import { keepShared, shareRoute } from "../../src/workers/share.ts";

type Kept = Map<string, Response>;

const aCacheStorage = (): CacheStorage => {
  const all = new Map<string, Kept>();
  const open = async (name: string) => {
    const kept: Kept = all.get(name) ?? new Map();
    all.set(name, kept);
    return {
      put: async (url: string, response: Response) => void kept.set(url, response),
      keys: async () => [...kept.keys()],
      match: async (url: string) => kept.get(url),
    };
  };
  return {
    open,
    has: async (name: string) => all.has(name),
    delete: async (name: string) => all.delete(name),
  } as unknown as CacheStorage;
};

const aForm = (...files: File[]): FormData => {
  const form = new FormData();
  for (const file of files) form.append("file", file);
  form.append("title", "from another app");
  return form;
};

const bill = new File(["账单,1"], "支付宝 账单.csv", { type: "text/csv" });

beforeEach(() => vi.stubGlobal("caches", aCacheStorage()));
afterEach(() => vi.unstubAllGlobals());

test("what another app shared is taken once, with its name, type and bytes", async () => {
  expect(await keepShared(aForm(bill), caches)).toBe("./#/recon/import?shared=1");
  const [file, ...more] = await takeSharedFiles();
  expect(more).toEqual([]);
  expect(file?.name).toBe("支付宝 账单.csv");
  expect(file?.type).toBe("text/csv");
  expect(await file?.text()).toBe("账单,1");
  expect(await takeSharedFiles()).toEqual([]);
});

test("a second share replaces what nobody took", async () => {
  await keepShared(aForm(bill, bill), caches);
  await keepShared(aForm(new File(["x"], "new.csv", { type: "text/csv" })), caches);
  expect((await takeSharedFiles()).map((file) => file.name)).toEqual(["new.csv"]);
});

test("without a cache there is nothing to take", async () => {
  vi.stubGlobal("caches", undefined);
  expect(await takeSharedFiles()).toEqual([]);
});

test.each([
  ["photo.jpg", "image/jpeg", "./#/scan?shared=1"],
  ["day.refundlog", "application/vnd.refundlog", "./#/verify?shared=1"],
  ["day.refundlog.txt", "text/plain", "./#/verify?shared=1"],
  ["back.refundack", "", "./#/verify?shared=1"],
  ["bill.csv", "text/csv", "./#/recon/import?shared=1"],
  ["bill.zip", "application/zip", "./#/recon/import?shared=1"],
])("%s (%s) goes to %s", (name, type, route) => {
  expect(shareRoute([{ name, type }])).toBe(route);
});

test("a share without a file opens the scanner", () => {
  expect(shareRoute([])).toBe("./#/scan");
});
