import { beforeEach, describe, expect, it, vi } from "vitest";

import { keepLook, keptLook, startKeptLook, type Texts } from "../../src/ui/kept-look.ts";

const older = new Map<string, string>();

vi.mock(import("../../src/usecases/preferences.ts"), () => ({
  readPreference: async (name: string) => older.get(name),
  keepPreference: async () => undefined,
}));

const aStore = (start: Readonly<Record<string, string>> = {}): Texts => {
  const texts = new Map(Object.entries(start));
  return {
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, value) => void texts.set(name, value),
  };
};

beforeEach(() => older.clear());

describe("how a device looks and speaks", () => {
  it("is there at the next start, before anything is drawn", async () => {
    const store = aStore();
    await startKeptLook(store);
    keepLook("language", "en");
    keepLook("theme", "dark");
    await startKeptLook(store);
    expect([keptLook("language"), keptLook("theme"), keptLook("contrast")]).toEqual([
      "en",
      "dark",
      undefined,
    ]);
  });

  it("is taken over once from the database that older builds kept it in", async () => {
    older.set("language", "en").set("contrast", "more");
    const store = aStore();
    await startKeptLook(store);
    expect([keptLook("language"), keptLook("contrast")]).toEqual(["en", "more"]);
    older.set("language", "zh-CN");
    await startKeptLook(store);
    expect(keptLook("language")).toBe("en");
  });

  it("keeps what another window chose meanwhile", async () => {
    const store = aStore({ look: '{"language":"en"}' });
    await startKeptLook(store);
    store.setItem("look", '{"language":"zh-CN"}');
    keepLook("theme", "light");
    expect([keptLook("language"), keptLook("theme")]).toEqual(["zh-CN", "light"]);
  });

  for (const text of ["", "{", "null", "7", '"en"', '{"language":7}'])
    it(`is as if nothing was chosen where something else stands there: ${text}`, async () => {
      await startKeptLook(aStore({ look: text }));
      expect(keptLook("language")).toBeUndefined();
      keepLook("language", "en");
      expect(keptLook("language")).toBe("en");
    });
});
