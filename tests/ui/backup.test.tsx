// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { zhCn } from "../../src/i18n/zh-cn.ts";
import { BackupScreen } from "../../src/ui/screens/backup/backup-screen.tsx";
import { NewKey } from "../../src/ui/screens/rescue/new-key.tsx";
import { RestoreScreen } from "../../src/ui/screens/restore/restore-screen.tsx";
import type { BackupCrypto } from "../../src/usecases/backup-crypto.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { backupHandedOut } from "../../src/usecases/make-backup.ts";
import { readBackupDue } from "../../src/usecases/read-backup-due.ts";
import { backupOf } from "../support/backups.ts";
import { anEmptyDevice, aShop, type TestShop } from "../support/deps.ts";
import { refundNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

/** Sealed under nothing: the sealing itself is proven in platform/backup-crypto.test.ts. */
const backups: BackupCrypto = {
  newKey: async (secret) => ({
    secret,
    wrapped: { iterations: 600_000, salt: "", iv: "", key: secret },
  }),
  seal: async (key, lines) => {
    const all = [key.secret];
    for await (const line of lines) all.push(line);
    return new TextEncoder().encode(all.join("\n"));
  },
  open: async (file, by) => {
    const [secret = "", ...lines] = (await file.text()).split("\n");
    const given = "key" in by ? by.key.secret : by.recoveryCode;
    return secret === given
      ? { ok: true, value: lines }
      : { ok: false, fault: { kind: "backup_wrong_code" } };
  },
};

let stage: Stage;
let shop: TestShop;
let deps: Deps;
const deliver = vi.fn(async () => "saved");
const markDraftOpen = () => () => undefined;

const around = (setUp = shop.setUp, reopen = vi.fn()) => ({
  abilities: { backups, deliver, markDraftOpen } as never,
  start: { setUp, reopen },
});

const type = (selector: string, text: string): void => {
  const field = stage.app.querySelector<HTMLInputElement>(selector);
  if (field !== null) field.value = text;
};

const submit = (): void => {
  const form = stage.app.querySelector("form");
  void act(() => void form?.dispatchEvent(new SubmitEvent("submit", { bubbles: true })));
};

const pick = (file: File): void => {
  const input = stage.app.querySelector<HTMLInputElement>('input[type="file"]');
  if (input === null) throw new Error("no file is asked for");
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  void act(() => void input.dispatchEvent(new Event("change", { bubbles: true })));
};

const backupFile = async (): Promise<File> => {
  const { file } = await backupOf(deps, shop.recoveryCode, backups);
  return new File([file.bytes], file.name);
};

beforeEach(async () => {
  stage = aStage();
  vi.stubGlobal("scrollTo", () => undefined);
  deliver.mockReset().mockResolvedValue("saved");
  shop = await aShop();
  ({ deps } = shop);
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

describe("the backup page", () => {
  it("R49 asks for the code once, writes, reads back, and counts only what left", async () => {
    await refundNow(deps);
    shop.clock.ms += 30 * 3_600_000;
    stage.show(inShop(deps, <BackupScreen />, around()));
    await seenOn(stage, zhCn["backup.none"], "小时没备份，新增退款 1 笔");
    type('input[name="recovery"]', shop.recoveryCode);
    submit();
    await seenOn(stage, zhCn["backup.make"]);
    await vi.waitFor(() => expect(stage.app.querySelector(".bar .btn-primary")).not.toBeNull());
    stage.press(zhCn["backup.make"]);
    await seenOn(stage, "已写好，并读回校验");
    expect(stage.app.textContent).not.toContain(zhCn["backup.folder"]);
    deliver.mockResolvedValueOnce("cancelled");
    stage.press(zhCn["backup.hand_out"]);
    await seenOn(stage, zhCn["backup.not_out"]);
    expect((await readBackupDue(deps)).level).toBe("due");
    stage.press(zhCn["backup.hand_out"]);
    await vi.waitFor(async () => expect((await readBackupDue(deps)).level).toBe("fresh"));
    expect(deliver).toHaveBeenCalledTimes(2);
  });

  it("R49 offers a folder where the browser has them; what was read back there counts", async () => {
    await refundNow(deps);
    shop.clock.ms += 30 * 3_600_000;
    const keepInFolder = vi.fn(async () => "blocked");
    const withFolder = { ...around(), abilities: { backups, keepInFolder } as never };
    stage.show(inShop(deps, <BackupScreen />, withFolder));
    await seenOn(stage, zhCn["backup.code_title"]);
    type('input[name="recovery"]', shop.recoveryCode);
    submit();
    await seenOn(stage, zhCn["backup.make"]);
    await vi.waitFor(() => expect(stage.app.querySelector(".bar .btn-primary")).not.toBeNull());
    stage.press(zhCn["backup.make"]);
    await seenOn(stage, zhCn["backup.folder"]);
    stage.press(zhCn["backup.folder"]);
    await seenOn(stage, zhCn["backup.not_out"]);
    expect((await readBackupDue(deps)).level).toBe("due");
    keepInFolder.mockResolvedValueOnce("saved");
    stage.press(zhCn["backup.folder"]);
    await vi.waitFor(async () => expect((await readBackupDue(deps)).level).toBe("fresh"));
  });

  it("F102 does not move the date of the last backup where a code is wrong", async () => {
    stage.show(inShop(deps, <BackupScreen />, around()));
    await seenOn(stage, zhCn["backup.code_title"]);
    type('input[name="recovery"]', "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA");
    submit();
    await seenOn(stage, zhCn["fault.wrong_recovery_code"]);
    expect((await readBackupDue(deps)).note).toBeUndefined();
  });

  it("R49 rehearses a restore: the heads agree, and nothing is changed", async () => {
    const file = await backupFile();
    await backupHandedOut(deps, await backupOf(deps, shop.recoveryCode, backups));
    const before = await deps.journal.db.records.count();
    stage.show(inShop(deps, <BackupScreen />, around()));
    await seenOn(stage, zhCn["backup.rehearse"]);
    pick(file);
    type('input[name="recovery"]', shop.recoveryCode);
    submit();
    await seenOn(stage, "可以恢复：1 台设备的记录都一致", zhCn["backup.rehearsed_newer"]);
    expect(await deps.journal.db.records.count()).toBe(before);
  });
});

describe("the restore page", () => {
  it("F89 shows whose backup it is before the last tap, and opens the page anew after it", async () => {
    await refundNow(deps);
    const file = await backupFile();
    const empty = await anEmptyDevice();
    const reopen = vi.fn();
    const setUp = { ...empty.setUp, secretKeys: deps.secretKeys };
    stage.show(inShop(deps, <RestoreScreen />, around(setUp, reopen)));
    await seenOn(stage, zhCn["backup.restore_text"]);
    pick(file);
    type('input[name="recovery"]', shop.recoveryCode);
    submit();
    await seenOn(stage, "小林饰品摊", zhCn["backup.genuine"], zhCn["backup.before_3"]);
    expect(await setUp.journal.db.records.count()).toBe(0);
    stage.press(zhCn["backup.restore_now"]);
    await vi.waitFor(() => expect(reopen).toHaveBeenCalledOnce(), { timeout: 10_000 });
    expect(await setUp.journal.db.records.count()).toBeGreaterThan(5);
  });

  it("F88 says what is wrong with a file and leaves everything as it was", async () => {
    const empty = await anEmptyDevice();
    stage.show(inShop(deps, <RestoreScreen />, around(empty.setUp)));
    await seenOn(stage, zhCn["backup.restore_text"]);
    pick(new File(["nothing\n"], "x.bin"));
    type('input[name="recovery"]', shop.recoveryCode);
    submit();
    await seenOn(stage, zhCn["backup.fault.wrong_code"]);
    expect(await empty.setUp.journal.db.records.count()).toBe(0);
  });
});

describe("the rescue page of a lost key", () => {
  it("F70 goes on under a new key with the recovery code, and says when it is wrong", async () => {
    const next = await anEmptyDevice();
    const reopen = vi.fn();
    const setUp = { ...shop.setUp, newDeviceKey: next.setUp.newDeviceKey };
    stage.show(inShop(deps, <NewKey />, around(setUp, reopen)));
    await seenOn(stage, zhCn["backup.key_title"]);
    type('input[name="recovery"]', "WRONG");
    submit();
    await seenOn(stage, zhCn["fault.wrong_recovery_code"]);
    expect(reopen).not.toHaveBeenCalled();
    type('input[name="recovery"]', shop.recoveryCode);
    submit();
    await vi.waitFor(() => expect(reopen).toHaveBeenCalledOnce(), { timeout: 10_000 });
  });
});
