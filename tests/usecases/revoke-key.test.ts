import { beforeEach, describe, expect, it, vi } from "vitest";

import type { DeviceId } from "../../src/domain/ids.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { makeStatusList } from "../../src/ledger/status-list.ts";
import type { Revocation } from "../../src/ledger/tokens.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { findRecord } from "../../src/storage/queries.ts";
import { checkSlip } from "../../src/usecases/check-slip.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { knownAs, knownKeys, revokedKeys } from "../../src/usecases/known-keys.ts";
import { listKnownDevices, takenPlaces } from "../../src/usecases/list-devices.ts";
import { readDeviceFile } from "../../src/usecases/merge-device.ts";
import {
  newestStatusList,
  revokeKey,
  statusFile,
  type RevokeEntry,
} from "../../src/usecases/revoke-key.ts";
import { revocations, statusLists, takeStatusList } from "../../src/usecases/status-lists.ts";
import { witnessSlip } from "../../src/usecases/witness-slip.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aKey } from "../support/crypto.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { aMergeJob, blobOf, fileOf, mergeInto, verifyHere } from "../support/merging.ts";
import { quiet } from "../support/money-steps.ts";
import { join as hire } from "../support/people.ts";
import { refundNow } from "../support/refunds.ts";
import { aSecondTill, layBeside } from "../support/second-till.ts";

let shop: TestShop;
let owner: Deps;
let till: Deps;
let last: number;

const revoke = (over: Partial<RevokeEntry> = {}, deps = owner) =>
  revokeKey(deps, {
    kid: till.device,
    seq: last,
    why: "lost",
    recoveryCode: shop.recoveryCode,
    ...over,
  });

/** What the owner's device finds in a file of the other till. */
const judge = async (deps = owner) => {
  const { file } = valueOf(await prepareLedgerFile(till, { scope: "all", ...quiet }));
  const root = (await findEnrolment(deps.journal.db))?.root;
  const roots = new Map(root === undefined ? [] : [[thumbprint(root), root]]);
  const revoked = [...(await revocations(deps)).values()];
  const input = { source: file.bytes, verify: deps.verify, roots, revoked };
  return valueOf(await verifyRefundlog(input)).findings.map(({ code, seq }) => [code, seq]);
};

/** The till's newest refund, as its slip is read on the owner's device. */
const checkLastSlip = async () => {
  const ref = { device: till.device, seq: last };
  const jwt = (await findRecord(till.journal.db, ref))?.jwt ?? "";
  const keys = await knownKeys(owner);
  const revoked = await revokedKeys(owner.journal.db, keys);
  return checkSlip(owner, jwt, { keys, revoked });
};

/** Every record of the till behind a cut, and nothing else. */
const expectCutAt = async (cut: number, deps = owner): Promise<void> => {
  const found = await judge(deps);
  const end = (await till.journal.db.heads.get(till.device))?.seq ?? 0;
  const later = Array.from({ length: end - cut }, (_, index) => cut + 1 + index);
  expect(found).toEqual(later.map((seq) => ["E_KEY_REVOKED", seq]));
};

beforeEach(async () => {
  shop = await aShop();
  owner = shop.deps;
  till = (await aSecondTill(shop)).deps;
  await refundNow(till);
  await layBeside(till, owner);
  last = (await till.journal.db.heads.get(till.device))?.seq ?? 0;
});

describe("a lost device", () => {
  it("X45 is cut by sequence: records up to the cut stay good, the next one is refused", async () => {
    expect(await judge()).toEqual([]);
    valueOf(await revoke());
    await expectCutAt(last);
  });

  it.each([0, -1])("X45 refundlog §8 is cut at n%i to the record", async (by) => {
    valueOf(await revoke({ seq: last + by }));
    await expectCutAt(last + by);
  });

  it("X45 loses everything when nothing of it was ever seen", async () => {
    valueOf(await revoke({ seq: -1 }));
    await expectCutAt(-1);
  });

  it("refundlog §8 is a fork when it shows another record at the cut", async () => {
    const other = { kid: till.device, seq: 1, h: "A".repeat(43), why: "stolen" } as Revocation;
    const { file } = valueOf(await prepareLedgerFile(till, { scope: "all", ...quiet }));
    const root = (await findEnrolment(owner.journal.db))?.root;
    const roots = new Map(root === undefined ? [] : [[thumbprint(root), root]]);
    const input = { source: file.bytes, verify: owner.verify, roots, revoked: [other] };
    const codes = valueOf(await verifyRefundlog(input)).findings.map(({ code }) => code);
    expect([...new Set(codes)].toSorted()).toEqual(["E_FORK", "E_KEY_REVOKED"]);
  });

  it("X45 is never given back: an earlier cut counts, a later one is refused", async () => {
    valueOf(await revoke({ seq: 2 }));
    expect(faultOf(await revoke({ seq: 3 }))).toEqual({ kind: "revoked_before", seq: 2 });
    valueOf(await revoke({ seq: 1 }));
    expect((await revocations(owner)).get(till.device)).toMatchObject({ seq: 1, why: "lost" });
    expect(await statusLists(owner)).toHaveLength(2);
  });

  it("X45 vouches for its slips up to the cut; a later one is no sighting of it either", async () => {
    valueOf(await revoke());
    const before = await checkLastSlip();
    if (before.kind !== "good_other") throw new Error(before.kind);
    valueOf(await revoke({ seq: last - 1 }));
    expect(await checkLastSlip()).toEqual({ kind: "unknown_device", slip: before.slip });
    const known = knownAs(await knownKeys(owner), till.device);
    const refused = await witnessSlip(owner, before.slip, known);
    expect(faultOf(refused)).toEqual({ kind: "signer_revoked", label: "T2", seq: last - 1 });
    expect(await owner.journal.db.witnessed.count()).toBe(0);
  });

  it("X45 brings its records here up to the cut; a file that goes on is refused before it is verified", async () => {
    const job = { ...aMergeJob(), verifyFile: vi.fn(verifyHere) };
    const file = await fileOf(till);
    valueOf(await mergeInto(owner, file));
    const read = () => readDeviceFile(owner, blobOf(file), job);
    valueOf(await revoke({ seq: last + 1 }));
    expect(valueOf(await read())).toMatchObject({ to: last + 1, fresh: 0 });
    expect(job.verifyFile.mock.lastCall?.[1].revoked).toMatchObject([{ kid: till.device }]);
    valueOf(await revoke());
    expect(faultOf(await read())).toEqual({ kind: "revoked", seq: last });
    expect(job.verifyFile).toHaveBeenCalledTimes(1);
  });

  it("X45 keeps its name and its prefix for itself", async () => {
    const [, known] = await listKnownDevices(owner);
    valueOf(await revoke());
    const { labels, prefixes } = await takenPlaces(owner);
    expect(labels.has("T2")).toBe(true);
    expect(prefixes.has(known?.prefix ?? "")).toBe(true);
    const [, after] = await listKnownDevices(owner);
    expect(after).toMatchObject({ label: "T2", held: last, revoked: { seq: last } });
  });
});

describe("revoking", () => {
  it("refuses what cannot be cut: an unknown number, this very device, a wrong code, a clerk", async () => {
    const clerk = await hire(owner, { name: "小王" });
    const tries = [
      [await revoke({ seq: last + 7 }), "cut_unknown"],
      [await revoke({ kid: owner.device, seq: 0 }), "own_key"],
      [await revoke({ recoveryCode: "X" }), "wrong_recovery_code"],
      [await revoke({}, { ...owner, staff: () => clerk }), "not_entitled"],
    ] as const;
    for (const [tried, kind] of tries) expect(faultOf(tried).kind).toBe(kind);
    expect(await statusLists(owner)).toEqual([]);
  });

  it("X45 is told to other devices by one code, which repeats all before it", async () => {
    const other = (await aSecondTill(shop, "T3")).deps;
    const phone = "p".repeat(43) as DeviceId;
    valueOf(await revoke({ kid: phone, seq: -1, why: "retired" }));
    valueOf(await revoke());
    const token = (await newestStatusList(owner)) ?? "";
    expect(valueOf(await takeStatusList(other, token)).list).toHaveLength(2);
    valueOf(await takeStatusList(other, token));
    expect(await statusLists(other)).toEqual([token]);
    await expectCutAt(last, other);
    const { name, bytes } = await statusFile(owner);
    expect(name).toMatch(/\.refundack$/);
    expect(new TextDecoder().decode(bytes)).toContain(`{"j":"${token}","t":"status"}\n`);
  });

  it("X45 refundlog §12 travels in this device's own files, which verify with it", async () => {
    const token = valueOf(await revoke());
    const { file } = valueOf(await prepareLedgerFile(owner, { scope: "all", ...quiet }));
    const lines = new TextDecoder().decode(file.bytes).split("\n");
    expect(lines.filter((line) => line.endsWith('"t":"status"}'))).toEqual([
      `{"j":"${token}","t":"status"}`,
    ]);
    const root = (await findEnrolment(owner.journal.db))?.root;
    const roots = new Map(root === undefined ? [] : [[thumbprint(root), root]]);
    const input = { source: file.bytes, verify: owner.verify, roots };
    expect(valueOf(await verifyRefundlog(input)).findings).toEqual([]);
  });

  it("refundlog §8 is believed from this shop only", async () => {
    const stranger = await aKey();
    const token = await makeStatusList(stranger, { iat: 1_800_000_000, list: [] });
    expect(faultOf(await takeStatusList(owner, token)).kind).toBe("status_of_another");
    const own = valueOf(await revoke());
    for (const odd of ["", "hello", `${own.slice(0, -8)}AAAAAAAA`])
      expect(faultOf(await takeStatusList(owner, odd)).kind).toBe("status_unreadable");
    expect(await statusLists(owner)).toEqual([own]);
  });
});
