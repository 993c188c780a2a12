import { beforeEach, describe, expect, it, vi } from "vitest";

import { nextLabel } from "../../src/domain/device-label.ts";
import { firstOwner, type DeviceId } from "../../src/domain/ids.ts";
import type { JournalEvent } from "../../src/domain/journal-event.ts";
import { encodeBase64url } from "../../src/ledger/base64url.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { verifyTogether } from "../../src/ledger/verify-together.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { listStaff } from "../../src/storage/queries.ts";
import { rebuild } from "../../src/storage/rebuild.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { prepareLastFile } from "../../src/usecases/last-file.ts";
import { listKnownDevices } from "../../src/usecases/list-devices.ts";
import { planOf, recordEvents } from "../../src/usecases/record-event.ts";
import { finishRotation } from "../../src/usecases/rotate-key.ts";
import { revocations } from "../../src/usecases/status-lists.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { unlock } from "../../src/usecases/unlock.ts";
import { aStaff, faultOf, valueOf } from "../support/a.ts";
import { aShop, someRows, type TestShop } from "../support/deps.ts";
import { fileOf } from "../support/merging.ts";
import { found, importOf, quiet, refund } from "../support/money-steps.ts";
import { hearNow, payNow, refundNow, submitNow } from "../support/refunds.ts";
import { aRotation, keysOf, type Rotation } from "../support/rotation.ts";

let shop: TestShop;
let rotation: Rotation;

beforeEach(async () => {
  shop = await aShop();
  rotation = await aRotation(shop);
});

const record = (event: JournalEvent) => recordEvents<never>(shop.deps, async () => planOf(event));

const rotate = (...given: Parameters<Rotation["rotate"]>) => rotation.rotate(...given);
const reopened = () => rotation.reopened();
const openKey = (device: DeviceId) => keysOf(rotation.next)(device);

const verified = async (deps: Deps) => {
  const root = (await findEnrolment(deps.journal.db))?.root;
  const roots = new Map(root === undefined ? [] : [[thumbprint(root), root]]);
  const { bytes } = await fileOf(deps);
  const report = await verifyRefundlog({ source: bytes, verify: deps.verify, roots, pins: [] });
  return valueOf(report);
};

describe("a chain whose key was replaced", () => {
  const exportEvent = { kind: "export", exportId: encodeBase64url(new Uint8Array(16)) } as const;

  it("refundlog §4 takes nothing more but its last export, a rebuild from the records later too", async () => {
    valueOf(await record({ kind: "rotate", jwk: rotation.next.jwk, why: "schedule" }));
    valueOf(await record(exportEvent));
    const login = { kind: "staff", staff: firstOwner, op: "login_ok" } as const;
    expect(faultOf(await record(login))).toEqual({ kind: "chain_ended" });
    valueOf(await rebuild(shop.deps.journal.db));
    expect(faultOf(await record(login))).toEqual({ kind: "chain_ended" });
  });
});

describe("X45 a new key for this device", () => {
  it("goes on under its own label and prefix with the same people, rules and statements, and refunds what is left", async () => {
    const rows = someRows(shop.deps);
    valueOf(await importOf(shop.deps, rows));
    const number = rows.find(({ kind }) => kind === "payment")?.outTradeNo ?? "";
    const caseId = (await refund(shop.deps, await found(shop.deps, number), 100)) as { ok: true };
    expect(caseId.ok).toBe(true);
    await finishAll();
    const people = await listStaff(shop.deps.journal.db);

    valueOf(await rotate());
    const deps = await reopened();

    expect(await listStaff(deps.journal.db)).toEqual(people);
    valueOf(await unlock(deps, firstOwner, "739182"));
    const target = await found(deps, number);
    expect(target.payment.claims).toHaveLength(1);
    const again = valueOf(await refund(deps, target, 50));
    expect(again.records).not.toEqual([]);
    expect(
      faultOf(await refund(deps, await found(deps, number), target.payment.amount.minor)),
    ).toMatchObject({ kind: "over_remaining" });
    const report = await verified(deps);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe("ok");
  });

  it("leaves two chains that verify alone and together, the old one cut behind its last record", async () => {
    await refundNow(shop.deps, { of: await payNow(shop.deps) });
    await finishAll();
    valueOf(await rotate({ why: "suspect" }));
    const old = await shop.deps.journal.db.heads.get(shop.deps.device);
    const deps = await reopened();
    const cut = (await revocations(deps)).get(shop.deps.device);
    expect(cut).toMatchObject({ seq: old?.seq, h: old?.hash, why: "retired" });
    const devices = await listKnownDevices(deps);
    expect(devices.map(({ label, revoked }) => [label, revoked?.why])).toEqual([
      ["T1", "retired"],
      ["T1B", undefined],
    ]);
    const report = await verified(deps);
    expect(report.findings).toEqual([]);
    expect(verifyTogether([report])).toEqual([]);
  });

  it("R35 F66 is the owner's alone, also where a last file is asked for", async () => {
    const clerk = actingAs(shop.deps, aStaff({ role: "clerk" }));
    const fault = { kind: "not_entitled", action: "manage_devices" };
    expect(faultOf(await rotate({}, clerk))).toEqual(fault);
    expect(await shop.deps.journal.db.records.count()).toBe(3);
    const asked = { device: shop.deps.device, openKey };
    expect(faultOf(await prepareLastFile(clerk, asked, quiet)).kind).toBe("not_entitled");
  });

  it("waits until nothing is left that only the old chain can do, and changes nothing before", async () => {
    await refundNow(shop.deps);
    const { db } = shop.deps.journal;
    const before = await db.records.count();
    expect(faultOf(await rotate())).toEqual({ kind: "rotate_open_work", count: 1 });
    expect(faultOf(await rotate({ recoveryCode: "WRONG" }))).toMatchObject({});
    expect(await db.records.count()).toBe(before);
    expect((await findEnrolment(db))?.device).toBe(shop.deps.device);
  });
});

/** Everything that waits comes to its end: uploaded, arrived, told. */
const finishAll = async (): Promise<void> => {
  const { deps } = shop;
  await submitNow(deps);
  for (const { caseId } of await deps.journal.db.cases.toArray()) {
    await hearNow(deps, caseId, "succeeded");
    valueOf(await tellCustomer(deps, caseId, { via: "share", language: "zh-CN" }));
  }
};

/** The n-th time that the journal's lock is asked for the power goes. */
const cutAt = (n: number): Deps => {
  let asked = 0;
  return {
    ...shop.deps,
    exclusively: (work) =>
      ++asked === n ? Promise.reject(new Error("power cut")) : shop.deps.exclusively(work),
  };
};

const power = /power cut/;

/** At every moment one key of this device records, and its chain verifies. */
const expectWhole = async (): Promise<void> => {
  const { journal } = shop.deps;
  const { device } = shop.deps;
  expect(await checkAtStart(journal)).toMatchObject({ kind: "ready", device });
  expect(await finishRotation(shop.deps, openKey)).toBe("moved");
  const deps = await reopened();
  expect(await finishRotation(deps, openKey)).toBe("nothing");
  await payNow(deps);
  expect((await verified(deps)).verdict).toBe("ok");
  expect(faultOf(await record({ kind: "staff", staff: firstOwner, op: "login_ok" }))).toEqual({
    kind: "chain_ended",
  });
};

describe("X45 an interrupted change of key", () => {
  it("is forgotten by the next start before the old chain has ended", async () => {
    await expect(rotate({}, cutAt(1))).rejects.toThrow(power);
    expect(await finishRotation(shop.deps, openKey)).toBe("nothing");
    expect((await findEnrolment(shop.deps.journal.db))?.device).toBe(shop.deps.device);
    await payNow(shop.deps);
    valueOf(await rotate());
    await reopened();
  });

  it("is finished by the next start once the old chain has ended", async () => {
    await expect(rotate({}, cutAt(2))).rejects.toThrow(power);
    await expectWhole();
  });

  it("is finished by the next start once the new chain has begun", async () => {
    const { envelopes } = shop.deps.journal.db;
    const spy = vi.spyOn(envelopes, "bulkDelete").mockRejectedValueOnce(new Error("power cut"));
    await expect(rotate()).rejects.toThrow(power);
    expect(spy).toHaveBeenCalled();
    await expectWhole();
  });

  it("F1 leaves one key that records and whole chains, at whichever write the power goes", async () => {
    let writes = 0;
    for (let last = 0; ; last++) {
      shop = await aShop();
      rotation = await aRotation(shop);
      const { db } = shop.deps.journal;
      writes = 0;
      const real = db.transaction.bind(db) as (...args: unknown[]) => Promise<unknown>;
      const spy = vi
        .spyOn(db, "transaction")
        .mockImplementation(((...args: unknown[]) =>
          args[0] === "rw" && ++writes > last
            ? Promise.reject(new Error("power cut"))
            : real(...args)) as unknown as typeof db.transaction);
      const done = await rotate().catch(() => undefined);
      spy.mockRestore();
      if (done?.ok === true) break;
      await checkAtStart(shop.deps.journal);
      const moved = (await findEnrolment(db))?.device === rotation.next.kid;
      const outcome = moved ? "moved" : await finishRotation(shop.deps, openKey);
      const deps = outcome === "moved" ? await reopened() : shop.deps;
      await payNow(deps);
      expect((await verified(deps)).findings).toEqual([]);
    }
    expect(writes).toBeGreaterThan(5);
  });

  it("stops where the browser lost the new key in between", async () => {
    await expect(rotate({}, cutAt(2))).rejects.toThrow(power);
    expect(await finishRotation(shop.deps, async () => undefined)).toBe("stuck");
  });
});

describe("F50 the label of a new key", () => {
  it("is the next letter that nobody had", () => {
    expect(nextLabel("T1", new Set(["T1"]))).toBe("T1B");
    expect(nextLabel("T1B", new Set(["T1", "T1B"]))).toBe("T1C");
    expect(nextLabel("T1", new Set(["T1", "T1B"]))).toBe("T1C");
    expect(nextLabel("TWELVE-CHARS", new Set())).toBe("TWELVE-CHARB");
  });
});
