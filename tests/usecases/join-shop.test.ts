import { beforeEach, describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { firstOwner } from "../../src/domain/ids.ts";
import { money } from "../../src/domain/money.ts";
import { parseKeyCard, writeKeyCard } from "../../src/ledger/key-card.ts";
import { fingerprint, thumbprint } from "../../src/ledger/keys.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { enrolKey } from "../../src/ledger/enrol.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { chainsIn } from "../../src/storage/rebuild.ts";
import { readApprover } from "../../src/storage/ring.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import {
  enrolDevice,
  inviteDevice,
  readRequest,
  type EnrolEntry,
} from "../../src/usecases/enrol-device.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import {
  giveUpJoining,
  joinShop,
  readAnswer,
  requestToJoin,
} from "../../src/usecases/join-shop.ts";
import { listKnownDevices, takenPlaces } from "../../src/usecases/list-devices.ts";
import { resetPin, unlock } from "../../src/usecases/unlock.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aKey } from "../support/crypto.ts";
import {
  anEmptyDevice,
  aShop,
  openedDeps,
  type EmptyDevice,
  type TestShop,
} from "../support/deps.ts";
import { quiet } from "../support/money-steps.ts";
import { join as hire } from "../support/people.ts";
import { refundNow } from "../support/refunds.ts";

let shop: TestShop;
let owner: Deps;
let device: EmptyDevice;

const pin = "604817";
const entryOf = (over: Partial<EnrolEntry> = {}): EnrolEntry => ({
  label: "T2",
  role: "device",
  recoveryCode: shop.recoveryCode,
  ...over,
});

/** What both sides hold after the new device answered the invitation. */
const asked = async (till = device) => {
  const invitation = valueOf(await inviteDevice(owner));
  const joining = valueOf(await requestToJoin(till.setUp, invitation.text));
  const request = valueOf(await readRequest(owner, invitation, joining.request));
  return { invitation, joining, request };
};

/** The same after the owner gave the certificate. */
const answered = async (over: Partial<EnrolEntry> = {}, till = device) => {
  const { joining, request } = await asked(till);
  const given = valueOf(await enrolDevice(owner, request, entryOf(over)));
  return { joining, given };
};

const joined = async (over: Partial<EnrolEntry> = {}, till = device): Promise<Deps> => {
  const { joining, given } = await answered(over, till);
  const text = `${given.card}\n${given.rootCopy ?? ""}`;
  const answer = valueOf(await readAnswer(till.setUp, joining, text));
  valueOf(await joinShop(till.setUp, { joining, answer }, { name: "小林", pin }));
  return openedDeps(till);
};

const readBy = async (text: string, joining: Awaited<ReturnType<typeof asked>>["joining"]) =>
  faultOf(await readAnswer(device.setUp, joining, text)).kind;

/** Nothing tells that this device was ever asked. */
const isUntouched = async ({ setUp: { journal } }: EmptyDevice): Promise<boolean> =>
  (await findEnrolment(journal.db)) === undefined &&
  (await chainsIn(journal.db)).length === 0 &&
  (await journal.db.envelopes.count()) === 0 &&
  (await journal.db.keys.count()) === 0;

beforeEach(async () => {
  shop = await aShop();
  owner = shop.deps;
  device = await anEmptyDevice();
});

describe("a second till", () => {
  it("refundlog §8 joins offline and records under the same root, its file verifies", async () => {
    const till = await joined();
    await refundNow(till);
    const { file } = valueOf(await prepareLedgerFile(till, { scope: "all", ...quiet }));
    const root = (await findEnrolment(owner.journal.db))?.root;
    const roots = new Map(root === undefined ? [] : [[thumbprint(root), root]]);
    const report = valueOf(
      await verifyRefundlog({ source: file.bytes, verify: owner.verify, roots }),
    );
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe("ok");
    expect((await unlock(till, firstOwner, pin)).ok).toBe(true);
  });

  it("refundlog §8 shows on both screens the same fingerprints of its key and of the root", async () => {
    const { joining, request } = await asked();
    expect(joining.fingerprint).toBe(request.fingerprint);
    expect(request.fingerprint.split(" ")).toHaveLength(8);
    const given = valueOf(await enrolDevice(owner, request, entryOf()));
    const answer = valueOf(await readAnswer(device.setUp, joining, given.card));
    expect(answer.rootFingerprint).toBe(given.rootFingerprint);
    expect(answer.rootFingerprint.split(" ")).toHaveLength(8);
  });

  it("X45 gets a label and a prefix that nobody has, nor ever had", async () => {
    await joined();
    const third = await anEmptyDevice();
    const invitation = valueOf(await inviteDevice(owner));
    expect(invitation.label).toBe("T3");
    const joining = valueOf(await requestToJoin(third.setUp, invitation.text));
    const request = valueOf(await readRequest(owner, invitation, joining.request));
    const again = await enrolDevice(owner, request, entryOf({ label: "t2" }));
    expect(faultOf(again).kind).toBe("label_taken");
    const { prefixes } = await takenPlaces(owner);
    const [known = ""] = prefixes;
    let draws = 0;
    const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const letters = alphabet.slice(10);
    const bytesOf = (prefix: string) =>
      Uint8Array.from(prefix, (one, at) => (at === 0 ? letters : alphabet).indexOf(one));
    const unlucky: Deps = {
      ...owner,
      random: (length) => (length === 6 && draws++ === 0 ? bytesOf(known) : owner.random(length)),
    };
    valueOf(await enrolDevice(unlucky, request, entryOf({ label: "T3" })));
    expect(draws).toBe(2);
    expect((await takenPlaces(owner)).prefixes.size).toBe(3);
  });

  it("takes the wrapped root along: the recovery code resets a PIN there as well", async () => {
    const till = await joined();
    const shared = { ...till, secretKeys: owner.secretKeys };
    const entry = { staff: firstOwner, recoveryCode: shop.recoveryCode, pin: "918273" };
    expect(faultOf(await resetPin(till, { ...entry, recoveryCode: "X" })).kind).toBe(
      "wrong_recovery_code",
    );
    // keys of tests live in memory: the wrapped one opens only where it was made
    expect((await resetPin(shared, entry)).ok).toBe(true);
  });

  it("X45 gives people pseudonyms that no other device gives", async () => {
    const till = await joined();
    const { prefix } = (await listKnownDevices(till))[0] ?? {};
    const here = [await hire(till, { name: "小李" }), await hire(till, { name: "小张" })];
    const there = await hire(owner, { name: "小王" });
    expect(there.staff).toBe("s2");
    expect(here.map(({ staff }) => staff)).toEqual(
      ["1", "2"].map((number) => `${prefix?.toLowerCase()}-${number}`),
    );
  });

  it("is known to the owner's device by name, role and prefix", async () => {
    const till = await joined();
    const known = await listKnownDevices(owner);
    expect(known.map(({ label, role }) => [label, role])).toEqual([
      ["T1", "device"],
      ["T2", "device"],
    ]);
    expect(known[1]?.fingerprint).toBe(fingerprint(till.device));
    expect(known[1]?.prefix).toMatch(/^[A-Z][0-9A-Z]{5}$/);
  });
});

describe("an approver's phone", () => {
  it("refundlog §8 gets its limit and its person, and no journal", async () => {
    const lead = await hire(owner, { name: "小李", role: "lead" });
    const { joining, given } = await answered({
      role: "approver",
      label: "A1",
      limit: money(50_000, CNY),
      staff: lead.staff,
    });
    expect(given.rootCopy).toBeUndefined();
    const answer = valueOf(await readAnswer(device.setUp, joining, given.card));
    valueOf(await joinShop(device.setUp, { joining, answer }, { name: "", pin }));
    const { db } = device.setUp.journal;
    const approver = await readApprover(db, device.setUp.verify);
    expect(approver?.kid).toBe(device.key.kid);
    expect(approver?.claims).toMatchObject({
      role: "approver",
      label: "A1",
      max: 50_000,
      cur: "CNY",
      sid: lead.staff,
    });
    expect(approver).toMatchObject({ lock: expect.anything(), shop: "小林饰品摊" });
    expect(await chainsIn(db)).toEqual([]);
    expect(await findEnrolment(db)).toBeUndefined();
  });
});

describe("what the owner's device refuses", () => {
  it("refundlog §8 a request with another nonce, or of an invitation before this one", async () => {
    const { joining } = await asked();
    const next = valueOf(await inviteDevice(owner));
    expect(faultOf(await readRequest(owner, next, joining.request)).kind).toBe(
      "device_request_other",
    );
  });

  it("refundlog §8 the same request once more after its key has a certificate", async () => {
    const { invitation, joining, request } = await asked();
    valueOf(await enrolDevice(owner, request, entryOf()));
    const again = await readRequest(owner, invitation, joining.request);
    expect(faultOf(again).kind).toBe("request_known_key");
    const twice = await enrolDevice(owner, request, entryOf({ label: "T3" }));
    expect(faultOf(twice).kind).toBe("request_known_key");
    expect(await listKnownDevices(owner)).toHaveLength(2);
  });

  it("an invitation that lay there for half an hour", async () => {
    const { invitation, joining, request } = await asked();
    shop.clock.ms += 31 * 60_000;
    const late = await readRequest(owner, invitation, joining.request);
    expect(faultOf(late).kind).toBe("invitation_expired");
    const answer = await enrolDevice(owner, request, entryOf());
    expect(faultOf(answer).kind).toBe("invitation_expired");
    expect(await listKnownDevices(owner)).toHaveLength(1);
  });

  it("a text that is no request", async () => {
    const { invitation, joining } = await asked();
    for (const odd of ["", "hello", invitation.text, `${joining.request}A`])
      expect(faultOf(await readRequest(owner, invitation, odd)).kind).toBe(
        "device_request_unreadable",
      );
  });

  it("a wrong recovery code, an empty name, and somebody who may not: nothing is given", async () => {
    const { request } = await asked();
    const clerk = await hire(owner, { name: "小王" });
    const asClerk: Deps = { ...owner, staff: () => clerk };
    const tries = [
      [owner, entryOf({ recoveryCode: "AAAA" }), "wrong_recovery_code"],
      [owner, entryOf({ label: "  " }), "label_missing"],
      [owner, entryOf({ label: "t1" }), "label_taken"],
      [asClerk, entryOf(), "not_entitled"],
    ] as const;
    for (const [deps, entry, kind] of tries)
      expect(faultOf(await enrolDevice(deps, request, entry)).kind).toBe(kind);
    expect(faultOf(await inviteDevice(asClerk)).kind).toBe("not_entitled");
    expect(await listKnownDevices(owner)).toHaveLength(1);
  });

  it("to enrol where the root never lay", async () => {
    await owner.journal.db.envelopes.delete("root");
    const { request } = await asked();
    expect(faultOf(await enrolDevice(owner, request, entryOf())).kind).toBe("root_not_here");
  });
});

describe("what the new device refuses", () => {
  it("X45 a certificate for another key, and its own key beside another's certificate", async () => {
    const { joining } = await asked();
    const other = await answered({}, await anEmptyDevice());
    expect(await readBy(other.given.card, joining)).toBe("answer_other_key");
    const card = valueOf(parseKeyCard(other.given.card));
    const swapped = writeKeyCard({ ...card, jwk: joining.jwk });
    expect(await readBy(swapped, joining)).toBe("answer_other_key");
    expect(await isUntouched(device)).toBe(true);
  });

  it("refundlog §8 the answer of another shop, whose root was not in the invitation", async () => {
    const { joining } = await asked();
    const stranger = await aKey();
    const now = Math.floor(owner.now() / 1000);
    const post = { role: "device", prefix: "AAAAAA" } as const;
    const certificate = await enrolKey(stranger, {
      device: joining.device,
      label: "T2",
      now,
      post,
    });
    const card = writeKeyCard({ certificate, jwk: joining.jwk, root: stranger.jwk });
    expect(await readBy(card, joining)).toBe("answer_other_shop");
    expect(await isUntouched(device)).toBe(true);
  });

  it("a certificate that has run out, or begins in days to come", async () => {
    const { joining, given } = await answered();
    device.clock.ms += 3651 * 86_400_000;
    expect(await readBy(given.card, joining)).toBe("answer_expired");
    device.clock.ms -= 3654 * 86_400_000;
    expect(await readBy(given.card, joining)).toBe("answer_expired");
  });

  it("refundlog §3 an answer of which one character is another", async () => {
    const { joining, given } = await answered();
    for (let at = 0; at < given.card.length; at += 7) {
      const changed = given.card.slice(0, at) + "*" + given.card.slice(at + 1);
      expect((await readAnswer(device.setUp, joining, changed)).ok).toBe(false);
    }
    expect(await readBy("hello", joining)).toBe("answer_unreadable");
  });

  it("refundlog §8 everything, when the fingerprints are not the same: nothing stays", async () => {
    const { joining } = await answered();
    await device.setUp.journal.db.keys.put({
      id: joining.device,
      jwk: joining.jwk,
      privateKey: {} as CryptoKey,
    });
    await giveUpJoining(device.setUp, joining);
    expect(await isUntouched(device)).toBe(true);
  });

  it("a PIN that is too easy, a name that is missing, and a second shop over the first", async () => {
    const { joining, given } = await answered();
    const answer = valueOf(await readAnswer(device.setUp, joining, given.card));
    const tryWith = async (entry: { readonly name: string; readonly pin: string }) =>
      faultOf(await joinShop(device.setUp, { joining, answer }, entry)).kind;
    expect(await tryWith({ name: "小林", pin: "12" })).toBe("pin_length");
    expect(await tryWith({ name: "小林", pin: "123456" })).toBe("pin_weak");
    expect(await tryWith({ name: " ", pin })).toBe("owner_name_missing");
    expect(await isUntouched(device)).toBe(true);
    valueOf(await joinShop(device.setUp, { joining, answer }, { name: "小林", pin }));
    expect(await tryWith({ name: "小林", pin })).toBe("head_moved");
  });
});
