import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import {
  dropDraft,
  findDraft,
  getPreference,
  listDrafts,
  saveDraft,
  setPreference,
} from "../../src/storage/drafts.ts";

describe("drafts", () => {
  it("rel-S13 are kept until they are dropped, oldest first", async () => {
    await saveDraft("02", { minor: 1 });
    await saveDraft("01", { minor: 2 });
    await saveDraft("02", { minor: 3 });
    expect(await findDraft("02")).toEqual({ minor: 3 });
    expect((await listDrafts()).map((row) => row.id)).toEqual(["01", "02"]);
    await dropDraft("01");
    expect(await findDraft("01")).toBeUndefined();
    expect(await listDrafts()).toEqual([{ id: "02", draft: { minor: 3 } }]);
  });
});

describe("preferences", () => {
  it("come back, and are unknown before they were set", async () => {
    expect(await getPreference("language")).toBeUndefined();
    await setPreference("language", "en");
    expect(await getPreference("language")).toBe("en");
  });
});
