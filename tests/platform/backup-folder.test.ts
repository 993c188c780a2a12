import { afterEach, beforeEach, expect, test, vi } from "vitest";

const backup = new File(["sealed"], "refund-desk_backup_20261122-140200.refundbackup");

type Kept = Map<string, string>;

/** A folder that keeps what `store` makes of a file; `undefined` refuses to be written. */
const aFolder = (kept: Kept, store: (text: string) => string | undefined) => ({
  getFileHandle: async (name: string) => ({
    createWritable: async () => ({
      write: async (file: File) => {
        const text = store(await file.text());
        if (text === undefined) throw new DOMException("", "NotAllowedError");
        kept.set(name, text);
      },
      close: async () => undefined,
    }),
    getFile: async () => new File([kept.get(name) ?? ""], name),
  }),
});

let keepInFolder: (typeof import("../../src/platform/backup-folder.ts"))["keepInFolder"];

beforeEach(async () => {
  vi.resetModules();
  ({ keepInFolder } = await import("../../src/platform/backup-folder.ts"));
});

afterEach(() => vi.unstubAllGlobals());

test("R49 a backup lies in the chosen folder, which is asked for once", async () => {
  const kept: Kept = new Map();
  const pick = vi.fn(async () => aFolder(kept, (text) => text));
  vi.stubGlobal("showDirectoryPicker", pick);
  expect(await keepInFolder(backup)).toBe("saved");
  expect(await keepInFolder(new File(["again"], "second"))).toBe("saved");
  expect([...kept]).toEqual([
    [backup.name, "sealed"],
    ["second", "again"],
  ]);
  expect(pick).toHaveBeenCalledExactlyOnceWith({ id: "refund-desk-backup", mode: "readwrite" });
});

test("R49 what is read back otherwise, or cut, is not called saved", async () => {
  for (const damage of [(text: string) => text.slice(1), (text: string) => text.toUpperCase()]) {
    vi.stubGlobal("showDirectoryPicker", async () => aFolder(new Map(), damage));
    expect(await keepInFolder(backup)).toBe("blocked");
  }
});

test("R49 a folder that may not be written is asked for anew, a closed dialog is no folder", async () => {
  const kept: Kept = new Map();
  vi.stubGlobal("showDirectoryPicker", async () => aFolder(kept, () => undefined));
  expect(await keepInFolder(backup)).toBe("blocked");
  vi.stubGlobal("showDirectoryPicker", () => Promise.reject(new DOMException("", "AbortError")));
  expect(await keepInFolder(backup)).toBe("cancelled");
  vi.stubGlobal("showDirectoryPicker", async () => aFolder(kept, (text) => text));
  expect(await keepInFolder(backup)).toBe("saved");
});

test("R49 many megabytes are compared by their digests, not byte by byte on the page", async () => {
  vi.stubGlobal("showDirectoryPicker", async () => aFolder(new Map(), (text) => text));
  const digest = vi.spyOn(crypto.subtle, "digest");
  const every = vi.spyOn(Uint8Array.prototype, "every");
  expect(await keepInFolder(backup)).toBe("saved");
  expect(digest).toHaveBeenCalledTimes(2);
  expect(every).not.toHaveBeenCalled();
});
