import { beforeEach, describe, expect, it } from "vitest";

import type { Instant } from "../../src/domain/instant.ts";
import { fail } from "../../src/domain/result.ts";
import { hashBytes, hashText, toBytes } from "../../src/ledger/base64url.ts";
import { readBooks } from "../../src/storage/rebuild.ts";
import { saveDraftAttachment } from "../../src/storage/save-attachment.ts";
import { saveTokens } from "../../src/storage/tokens.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { type Deps } from "../../src/usecases/deps.ts";
import { previewBatches } from "../../src/usecases/choose-batch.ts";
import { prepareBatch } from "../../src/usecases/export-batch.ts";
import { makeBackup } from "../../src/usecases/make-backup.ts";
import { checkBackup, restoreBackup } from "../../src/usecases/restore-backup.ts";
import type { SetUpDeps } from "../../src/usecases/open-shop.ts";
import { replaceLostKey } from "../../src/usecases/rotate-key.ts";
import { faultOf, valueOf } from "../support/a.ts";
import {
  anotherDevice,
  backupOf,
  crypto,
  quietly,
  reopened,
  sealedLines,
  type Other,
} from "../support/backups.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { options } from "../support/money-steps.ts";
import { hearNow, refundNow } from "../support/refunds.ts";

let shop: TestShop;
let deps: Deps;

beforeEach(async () => {
  shop = await aShop();
  ({ deps } = shop);
});

const check = (bytes: Uint8Array<ArrayBuffer>) =>
  checkBackup(
    deps,
    crypto,
    { file: new Blob([bytes]), recoveryCode: shop.recoveryCode },
    quietly(),
  );

const restoredOn = async (other: { readonly setUp: SetUpDeps }, bytes: Uint8Array<ArrayBuffer>) =>
  restoreBackup(other.setUp, valueOf(await check(bytes)), shop.recoveryCode);

const linesIn = async (bytes: Uint8Array<ArrayBuffer>) =>
  valueOf(await crypto.open(new Blob([bytes]), { recoveryCode: shop.recoveryCode }));

/** Sealed under the right key, its end put right. */
const forged = (lines: readonly string[]) => {
  const inner = lines.slice(0, -1);
  const sha256 = hashText(inner.map((line) => `${line}\n`).join(""));
  return sealedLines(deps, [...inner, JSON.stringify({ t: "end", n: inner.length - 1, sha256 })]);
};

describe("a restore that meets trouble", () => {
  it("X3 a refund that only the old key could export is named, and keeps no other back", async () => {
    const old = await refundNow(deps);
    const other = await anotherDevice(deps);
    valueOf(await restoredOn(other, (await backupOf(deps, shop.recoveryCode)).file.bytes));
    const there = await reopened(deps, other);
    const fresh = await refundNow(there);
    const { blocked } = await previewBatches(there, options);
    expect(blocked).toEqual([{ caseId: old, reason: { kind: "former_key" } }]);
    const { batchId } = valueOf(await prepareBatch(there, "wechat-batch-txt", options));
    const books = await readBooks(there.journal.db);
    expect(books.cases.get(fresh)?.money).toBe("exported");
    expect(books.batches.has(batchId)).toBe(true);
    await hearNow(there, old, "succeeded");
    expect((await readBooks(there.journal.db)).cases.get(old)?.money).toBe("succeeded");
  });

  it("F90 holds nothing that speaks of records made while it was written", async () => {
    await refundNow(deps);
    const { db } = deps.journal;
    const heads = await db.heads.toArray();
    const seq = (heads[0]?.seq ?? 0) + 3;
    await saveTokens(db, [{ kind: "cp", device: deps.device, seq, token: "later" }]);
    const { file } = await backupOf(deps, shop.recoveryCode);
    expect((await linesIn(file.bytes)).filter((line) => line.includes('"t":"tok"'))).toEqual([]);
    const token = { t: "tok", hash: "h", kind: "cp", device: deps.device, seq, token: "later" };
    const lines = await linesIn(file.bytes);
    const crafted = await forged([...lines.slice(0, -1), JSON.stringify(token), ""]);
    expect(valueOf(await check(crafted)).content.rows.tokens).toEqual([]);
  });

  it("S24 goes on where the safety copy brought the records back and the keys of people are gone", async () => {
    await refundNow(deps);
    const { file } = await backupOf(deps, shop.recoveryCode);
    const other = await anotherDevice(deps);
    const { db } = other.setUp.journal;
    await db.open();
    const records = await deps.journal.db.records.toArray();
    await db.records.bulkAdd(records.slice(0, 3));
    valueOf(await restoredOn(other, file.bytes));
    const there = await reopened(deps, other);
    expect(await there.journal.db.records.where("kind").equals("refund").count()).toBe(1);
  });

  it("F89 is refused where the records that lie here are not the same", async () => {
    const { file } = await backupOf(deps, shop.recoveryCode);
    const other = await anotherDevice(deps);
    const stranger = await aShop();
    const theirs = await stranger.deps.journal.db.records.toArray();
    await other.setUp.journal.db.open();
    await other.setUp.journal.db.records.bulkAdd(theirs);
    expect(faultOf(await restoredOn(other, file.bytes))).toEqual({ kind: "restore_not_empty" });
    expect(await other.setUp.journal.db.records.count()).toBe(theirs.length);
  });

  it("F88 makes no stranger's chain this device's own", async () => {
    const { file } = await backupOf(deps, shop.recoveryCode);
    const stranger = await aShop();
    const lines = (await linesIn(file.bytes)).map((line) =>
      line.includes('"name":"enrolment"')
        ? line.replaceAll(deps.device, stranger.deps.device)
        : line,
    );
    expect(faultOf(await check(await forged(lines)))).toMatchObject({ kind: "backup_not_genuine" });
  });

  it("F90 once its rows are in, the page is opened anew whatever the browser says of the key", async () => {
    const { file } = await backupOf(deps, shop.recoveryCode);
    const other = await anotherDevice(deps);
    const fault = { kind: "key_not_kept", because: "null_read_back" } as const;
    const refused = { ...other.setUp, newDeviceKey: async () => fail(fault) };
    valueOf(await restoredOn({ setUp: refused }, file.bytes));
    valueOf(await replaceLostKey(other.setUp, shop.recoveryCode));
    expect((await reopened(deps, other)).device).toBe(other.next.kid);
  });

  it("F90 a start right after the rows are in misses nothing that an earlier mark told of", async () => {
    const { file } = await backupOf(deps, shop.recoveryCode);
    const other = await anotherDevice(deps);
    const { journal } = other.setUp;
    const mark = { device: deps.device, seq: 90, head: "x" as never, at: "2026-11-22T06:00:00Z" };
    journal.marks.write(mark as never);
    const cut = {
      ...other.setUp,
      journal: {
        ...journal,
        safetyCopy: { ...journal.safetyCopy, list: () => Promise.reject(new Error("off")) },
      },
    } as unknown as Other["setUp"];
    await restoreBackup(cut, valueOf(await check(file.bytes)), shop.recoveryCode).catch(
      () => undefined,
    );
    expect(await checkAtStart(journal)).toEqual({ kind: "copy_fixed", device: deps.device });
  });

  it("rel-S19 neither makes nor restores a backup in practice, and two windows restore once", async () => {
    const { file } = await backupOf(deps, shop.recoveryCode);
    const other = await anotherDevice(deps);
    const practice = { ...other, setUp: { ...other.setUp, training: true } };
    expect(faultOf(await restoredOn(practice, file.bytes))).toEqual({ kind: "backup_in_practice" });
    const made = await makeBackup({ ...deps, training: true }, crypto, quietly());
    expect(faultOf(made)).toEqual({ kind: "backup_in_practice" });
    const both = await Promise.all([restoredOn(other, file.bytes), restoredOn(other, file.bytes)]);
    expect(both.filter(({ ok: done }) => done)).toHaveLength(1);
  });

  it("F109 leaves photos of drafts behind: no record names them, and nothing would ever erase them", async () => {
    const bytes = toBytes("a photo");
    await saveDraftAttachment(deps.journal.db, {
      sha256: hashBytes(bytes),
      bytes,
      since: "2026-11-22T06:00:00Z" as Instant,
    });
    const { file } = await backupOf(deps, shop.recoveryCode);
    expect(valueOf(await check(file.bytes)).attachments).toBe(0);
  });
});
