import { beforeEach, describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { firstOwner } from "../../src/domain/ids.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { parseRecordLine, writeRecordLine } from "../../src/ledger/record-line.ts";
import { getPayment, listCases } from "../../src/storage/queries.ts";
import { readBooks } from "../../src/storage/rebuild.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { prepareBatch } from "../../src/usecases/export-batch.ts";
import { backupHandedOut, makeBackup, prepareBackups } from "../../src/usecases/make-backup.ts";
import { readBackupDue } from "../../src/usecases/read-backup-due.ts";
import { checkBackup, compareBackup, restoreBackup } from "../../src/usecases/restore-backup.ts";
import { finishRotation, replaceLostKey } from "../../src/usecases/rotate-key.ts";
import { unlock } from "../../src/usecases/unlock.ts";
import { aStaff, faultOf, valueOf } from "../support/a.ts";
import {
  anotherDevice,
  backupOf,
  crypto,
  quietly,
  reopened,
  sealedLines,
} from "../support/backups.ts";
import { aShop, someRows, type TestShop } from "../support/deps.ts";
import { importOf, options } from "../support/money-steps.ts";
import { asClerk, payNow, refundNow, submitNow } from "../support/refunds.ts";

const half = { amount: { kind: "partial", amount: money(6_400, CNY) } } as const;

let shop: TestShop;
let deps: Deps;

beforeEach(async () => {
  shop = await aShop();
  ({ deps } = shop);
});

const check = (bytes: Uint8Array<ArrayBuffer>, recoveryCode = shop.recoveryCode) =>
  checkBackup(deps, crypto, { file: new Blob([bytes]), recoveryCode }, quietly());

const seqOf = (line: string): { readonly seq?: number } => {
  const record = parseRecordLine(line);
  return record.ok ? record.value : {};
};

const shopWithAll = async () => {
  valueOf(await importOf(deps, someRows(deps)));
  const paid = await payNow(deps, { amount: money(12_800, CNY) });
  const waiting = await refundNow(deps, { of: paid, ...half });
  await submitNow(deps);
  return { paid, waiting };
};

describe("a backup", () => {
  it("R45 R49 F91 brings the same refunds, payments, people and statements to another device, with the same heads", async () => {
    const { paid, waiting } = await shopWithAll();
    const before = await readBooks(deps.journal.db);
    const heads = await deps.journal.db.heads.toArray();
    const { file } = await backupOf(deps, shop.recoveryCode);
    const checked = valueOf(await check(file.bytes));
    expect(checked).toMatchObject({ shop: "小林饰品摊", label: "T1", chains: 1, refunds: 1 });

    const other = await anotherDevice(deps);
    valueOf(await restoreBackup(other.setUp, checked, shop.recoveryCode));
    const there = await reopened(deps, other);

    const { db } = there.journal;
    const after = await readBooks(db);
    for (const { device, seq, hash } of heads)
      expect(await db.heads.get(device)).toMatchObject({ device, seq, hash });
    expect([...after.cases.keys()]).toEqual([...before.cases.keys()]);
    expect(after.cases.get(waiting)).toMatchObject({ caseId: waiting, money: "submitted" });
    expect(after.cases.get(waiting)?.elsewhere).toBe(false);
    const payment = await getPayment(db, paid);
    expect(payment && remaining(payment).minor).toBe(6_400);
    expect([...after.staff.keys()]).toEqual([...before.staff.keys()]);
    expect(await db.statementBlocks.count()).toBe(await deps.journal.db.statementBlocks.count());
    expect(await db.attachments.count()).toBeGreaterThan(0);
    valueOf(await unlock(there, firstOwner, "739182"));
    await refundNow(there, { of: paid, ...half });
    expect((await listCases(db, {})).length).toBe(2);
  });

  it("R49 never holds the device's private key: the restored one has its own key, label and prefix", async () => {
    const { file } = await backupOf(deps, shop.recoveryCode);
    const other = await anotherDevice(deps);
    const checked = valueOf(await check(file.bytes));
    expect(JSON.stringify(checked.content)).not.toContain("privateKey");
    valueOf(await restoreBackup(other.setUp, checked, shop.recoveryCode));
    const there = await reopened(deps, other);
    const devices = [...(await readBooks(there.journal.db)).devices.values()];
    const [old, own] = [deps.device, there.device].map((kid) =>
      devices.find(({ device }) => device === kid),
    );
    expect(own).toMatchObject({ label: "T1B", before: deps.device });
    expect(own?.prefix).not.toBe(old?.prefix);
  });

  it("F90 goes on at the next start wherever it was interrupted after its one transaction", async () => {
    const { paid } = await shopWithAll();
    const checked = valueOf(await check((await backupOf(deps, shop.recoveryCode)).file.bytes));
    const other = await anotherDevice(deps);
    const stopped = { ...other.setUp, newDeviceKey: async () => Promise.reject(new Error("off")) };
    await expect(restoreBackup(stopped, checked, shop.recoveryCode)).rejects.toThrow("off");
    expect((await checkAtStart(other.setUp.journal)).kind).toBe("ready");
    const wrong = await replaceLostKey(other.setUp, "ZZZZ");
    expect(faultOf(wrong)).toEqual({ kind: "wrong_recovery_code" });
    valueOf(await replaceLostKey(other.setUp, shop.recoveryCode));
    const there = await reopened(deps, other);
    expect(await getPayment(there.journal.db, paid)).toBeDefined();
  });

  it("F70 a new key that was begun is finished by a start, not forgotten", async () => {
    const checked = valueOf(await check((await backupOf(deps, shop.recoveryCode)).file.bytes));
    const other = await anotherDevice(deps);
    let writes = 0;
    const cut = {
      ...other.setUp,
      exclusively: <T>(work: () => Promise<T>): Promise<T> =>
        ++writes > 1 ? Promise.reject(new Error("off")) : other.setUp.exclusively(work),
    };
    await expect(restoreBackup(cut, checked, shop.recoveryCode)).rejects.toThrow("off");
    await checkAtStart(other.setUp.journal);
    const openKey = async (device: string) =>
      device === other.next.kid ? other.next.sign : undefined;
    expect(await finishRotation({ ...other.setUp, secretKeys: deps.secretKeys }, openKey)).toBe(
      "moved",
    );
    expect((await reopened(deps, other)).device).toBe(other.next.kid);
  });

  it("F89 is not restored over a shop that is here, and changes nothing there", async () => {
    const checked = valueOf(await check((await backupOf(deps, shop.recoveryCode)).file.bytes));
    const before = await readBooks(deps.journal.db);
    expect(faultOf(await restoreBackup(shop.setUp, checked, shop.recoveryCode))).toEqual({
      kind: "restore_not_empty",
    });
    expect(await readBooks(deps.journal.db)).toEqual(before);
  });

  it("R49 a rehearsal proves that the heads are equal, and says what is newer here", async () => {
    await shopWithAll();
    const { file } = await backupOf(deps, shop.recoveryCode);
    const checked = valueOf(await check(file.bytes));
    await refundNow(deps);
    expect(valueOf(await compareBackup(deps, checked))).toEqual({
      sameShop: true,
      equal: 1,
      different: [],
      missingHere: 0,
    });
    const [stranger] = [await aShop()];
    const theirs = await backupOf(stranger.deps, stranger.recoveryCode);
    expect(faultOf(await check(theirs.file.bytes, "WRONG"))).toEqual({ kind: "backup_wrong_code" });
  });

  it("F88 one line changed under the right code is refused: nothing but what a device signed", async () => {
    await shopWithAll();
    const { file } = await backupOf(deps, shop.recoveryCode);
    const opened = await crypto.open(new Blob([file.bytes]), { recoveryCode: shop.recoveryCode });
    const lines = valueOf(opened);
    const changes: readonly ((lines: readonly string[]) => readonly string[])[] = [
      (all) => all.slice(0, -1),
      (all) => all.filter((_, index) => index !== 5),
      (all) => all.map((line, index) => (index === 5 ? line.replace("a", "b") : line)),
      (all) => [...all, all[1] ?? ""],
      () => [],
      () => ["{}", "{}"],
    ];
    for (const change of changes)
      expect((await check(await sealedLines(deps, change(lines)))).ok).toBe(false);
    expect((await check(await sealedLines(deps, lines))).ok).toBe(true);
  });

  it("F88 a record that its device did not sign is named, however well the rest agrees", async () => {
    const stranger = await aShop();
    const theirs = (await stranger.deps.journal.db.records.toArray()).map(writeRecordLine);
    const { file } = await backupOf(deps, shop.recoveryCode);
    const opened = await crypto.open(new Blob([file.bytes]), { recoveryCode: shop.recoveryCode });
    const forged = valueOf(opened).map((line) => {
      const { seq = -1 } = seqOf(line);
      return seq === 2 ? (theirs[2] ?? line) : line;
    });
    const digest = hashText(
      forged
        .slice(0, -1)
        .map((line) => `${line}\n`)
        .join(""),
    );
    const end = JSON.stringify({ t: "end", n: forged.length - 2, sha256: digest });
    const sealed = await sealedLines(deps, [...forged.slice(0, -1), end]);
    expect(faultOf(await check(sealed))).toEqual({ kind: "backup_damaged" });
    const title = { ...JSON.parse(forged[0] ?? ""), device: stranger.deps.device };
    const other = [JSON.stringify(title), ...valueOf(opened).slice(1, -1)];
    const sha256 = hashText(other.map((line) => `${line}\n`).join(""));
    const last = JSON.stringify({ t: "end", n: other.length - 1, sha256 });
    expect(faultOf(await check(await sealedLines(deps, [...other, last])))).toMatchObject({
      kind: "backup_not_genuine",
    });
  });

  it("is refused a code that does not open the shop's root, and is not made before one was given", async () => {
    expect(faultOf(await makeBackup(deps, crypto, quietly()))).toEqual({ kind: "backup_no_key" });
    const wrong = await prepareBackups(deps, crypto, "AAAA-BBBB-CCCC-DDDD-EEEE-0000");
    expect(faultOf(wrong)).toEqual({ kind: "wrong_recovery_code" });
    valueOf(await prepareBackups(asClerk(deps), crypto, shop.recoveryCode));
    const controller = new AbortController();
    controller.abort();
    const stopped = { ...quietly(), signal: controller.signal };
    expect(faultOf(await makeBackup(deps, crypto, stopped))).toEqual({ kind: "cancelled" });
  });
});

describe("who backs up", () => {
  it.each(["clerk", "lead", "owner", "auditor"] as const)("R49 F66 %s", async (role) => {
    valueOf(await prepareBackups(deps, crypto, shop.recoveryCode));
    const made = await makeBackup(actingAs(deps, aStaff({ role })), crypto, quietly());
    expect(made.ok).toBe(role !== "auditor");
    if (!made.ok) expect(made.fault).toEqual({ kind: "not_entitled", action: "back_up" });
  });
});

describe("the reminder", () => {
  it("R49 comes after 24 hours with a refund, and a backup that left ends it", async () => {
    await refundNow(deps);
    expect(await readBackupDue(deps)).toMatchObject({ level: "fresh", refunds: 1 });
    shop.clock.ms += 24 * 3_600_000;
    expect(await readBackupDue(deps)).toMatchObject({ level: "due", refunds: 1, hours: 24 });
    const made = await backupOf(deps, shop.recoveryCode);
    expect(await readBackupDue(deps)).toMatchObject({ level: "due" });
    await backupHandedOut(deps, made);
    expect(await readBackupDue(deps)).toMatchObject({ level: "fresh", refunds: 0 });
  });

  it("R49 G6 keeps batches back after a week without one, and no longer", async () => {
    await refundNow(deps);
    shop.clock.ms += 7 * 24 * 3_600_000;
    const asked = () => prepareBatch(deps, "wechat-batch-txt", options);
    expect(faultOf(await asked())).toEqual({ kind: "backup_over", days: 7 });
    expect((await readBooks(deps.journal.db)).batches.size).toBe(0);
    await backupHandedOut(deps, await backupOf(deps, shop.recoveryCode));
    expect((await asked()).ok).toBe(true);
  });

  it("R49 does not count in practice", async () => {
    const practice = await aShop({ training: true });
    await refundNow(practice.deps);
    practice.clock.ms += 30 * 24 * 3_600_000;
    expect(await readBackupDue(practice.deps)).toMatchObject({ level: "fresh", refunds: 1 });
  });
});
