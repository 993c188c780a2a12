import { describe, expect, it } from "vitest";
import { encodeBase64url } from "../../src/ledger/base64url.ts";
import { readBackupRows } from "../../src/storage/backup-rows.ts";

const bytes = new TextEncoder().encode("[]");
const block = { importId: "i1", index: 3, b: encodeBase64url(bytes), ends: [1] };
const pause = async () => undefined;

describe("F27 blocks of statement rows in a backup", () => {
  it.each(["rows", "blk"])("are read where a version called them %s", async (t) => {
    expect((await readBackupRows([JSON.stringify({ t, ...block })], pause))?.blocks).toEqual([
      { importId: "i1", index: 3, rows: bytes.buffer, ends: Uint32Array.of(1) },
    ]);
  });

  it("are refused under a name that only a later version knows", async () => {
    const later = JSON.stringify({ t: "rows2", ...block });
    expect(await readBackupRows([later], pause)).toBeUndefined();
  });
});
