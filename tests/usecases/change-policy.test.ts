import { describe, expect, it } from "vitest";

import { acquirers } from "../../src/domain/acquirers/index.ts";
import { changeProfile } from "../../src/usecases/change-profile.ts";
import { readPolicyAt } from "../../src/usecases/read-policy.ts";
import type { Json } from "../../src/domain/journal-event.ts";
import type { StaffId } from "../../src/domain/ids.ts";
import {
  defaultPolicy,
  parsePolicy,
  writePolicy,
  type ShopPolicy,
} from "../../src/domain/policy/shop-policy.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { documentHash } from "../../src/ledger/document-hash.ts";
import { currentPolicy, findRecord } from "../../src/storage/queries.ts";
import { openRecord, toRecorded } from "../../src/storage/stored-record.ts";
import { changePolicy } from "../../src/usecases/change-policy.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { findRefundEvent, readForm } from "../../src/usecases/read-form.ts";
import { readPolicy } from "../../src/usecases/read-policy.ts";
import { aStaff, faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { checkFile } from "../support/money-steps.ts";
import { asClerk, caseAt, refundNow } from "../support/refunds.ts";

const strict: ShopPolicy = {
  ...defaultPolicy,
  windowDays: 3,
  excludedGoods: ["定制"],
  limits: { clerk: { amount: 500 }, lead: {} },
  eligible: { overpaid: "approval" },
  text: { zh: "三天内可退", en: "Within three days" },
};

const inForce = (deps: Deps) => currentPolicy(deps.journal.db, "policy");

const headOf = async (deps: Deps): Promise<number> => deps.journal.db.records.count();

const leaves = (document: Json): readonly Json[] =>
  typeof document === "object" && document !== null
    ? Object.values(document).flatMap((value: Json) => leaves(value))
    : [document];

/** Hash of the policy that a refund's record says it was judged by. */
const hashIn = async (deps: Deps, refund: Awaited<ReturnType<typeof caseAt>>) => {
  const record = await findRecord(
    deps.journal.db,
    refund.attempts[0]?.record ?? { device: deps.device, seq: -1 },
  );
  const stored = record && openRecord(record);
  const event = stored && toRecorded(stored, undefined)?.event;
  return event?.kind === "refund" ? event.policy : undefined;
};

describe("changing the policy", () => {
  it("R10 R21 records a new version with its hash, and judges by it from then on", async () => {
    const { deps } = await aShop();
    expect(await readPolicy(deps)).toMatchObject({ version: 1, policy: defaultPolicy });
    expect(valueOf(await changePolicy(deps, strict))).toEqual({ kind: "saved", version: 2 });
    const document = writePolicy(strict);
    expect(await inForce(deps)).toMatchObject({
      version: 2,
      hash: documentHash(document),
      document,
    });
    const { policy, version, since } = await readPolicy(deps);
    expect({ policy, version }).toEqual({ policy: strict, version: 2 });
    expect(since).toMatch(/^2026-11-22T06:/);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R10 invariant 24: old refunds keep the policy they were judged by, and both records verify", async () => {
    const { deps } = await aShop();
    const first = await caseAt(deps, await refundNow(deps));
    const before = await inForce(deps);
    valueOf(await changePolicy(deps, strict));
    const second = await caseAt(deps, await refundNow(deps));
    const after = await inForce(deps);
    expect(await hashIn(deps, first)).toEqual({ record: before.record, hash: before.hash });
    expect(await hashIn(deps, second)).toEqual({ record: after.record, hash: after.hash });
    expect(before.hash).not.toBe(after.hash);
    expect(parsePolicy(before.document)).toEqual(defaultPolicy);
    expect(first.rules?.["reason_eligible"]).toBe("pass");
    expect(second.rules?.["reason_eligible"]).toBe("lead");
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R21 a refund keeps the version that the customer was shown, be another one in force by then", async () => {
    const { deps } = await aShop();
    const { record: policyShown } = await inForce(deps);
    valueOf(await changePolicy(deps, strict));
    const shown = await readForm(deps, await refundNow(deps, { policyShown }));
    expect(shown).toMatchObject({ policy: { version: 2 }, policyShown: { version: 1 } });
    expect(shown?.policyShown?.policy).toEqual(defaultPolicy);
    const silent = await readForm(deps, await refundNow(deps));
    expect(silent).toMatchObject({ policy: { version: 2 }, policyShown: undefined });
    for (const seq of [0, 9999]) {
      const wrong = { device: deps.device, seq };
      const caseId = await refundNow(deps, { policyShown: wrong });
      const { record } = latestAttempt(await caseAt(deps, caseId));
      expect((await findRefundEvent(deps, record))?.policyShown).toBeUndefined();
    }
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R21 what is no policy is not read as one", async () => {
    const { deps } = await aShop();
    const { record } = await inForce(deps);
    valueOf(await changeProfile(deps, { ...acquirers.wechatpay, dailyRefunds: 9 }));
    const profile = { device: deps.device, seq: (await headOf(deps)) - 1 };
    expect((await readPolicyAt(deps, record))?.version).toBe(1);
    for (const ref of [profile, { ...record, seq: 0 }, { ...record, seq: 9999 }])
      expect(await readPolicyAt(deps, ref)).toBeUndefined();
  });

  it("R10 writes nothing when nothing changed, and says so", async () => {
    const { deps } = await aShop();
    const records = await headOf(deps);
    expect(valueOf(await changePolicy(deps, defaultPolicy))).toEqual({
      kind: "unchanged",
      version: 1,
    });
    expect(await headOf(deps)).toBe(records);
    valueOf(await changePolicy(deps, strict));
    expect(valueOf(await changePolicy(deps, structuredClone(strict)))).toEqual({
      kind: "unchanged",
      version: 2,
    });
    expect(await headOf(deps)).toBe(records + 1);
  });

  it("R10 two at once are two versions, the same one twice is one", async () => {
    const { deps } = await aShop();
    const changes = await Promise.all([
      changePolicy(deps, strict),
      changePolicy(deps, strict),
      changePolicy(deps, { ...strict, windowDays: 5 }),
    ]);
    expect(changes.map((change) => valueOf(change))).toEqual([
      { kind: "saved", version: 2 },
      { kind: "unchanged", version: 2 },
      { kind: "saved", version: 3 },
    ]);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F45 a document holds whole numbers, texts and yes or no, nothing else", () => {
    for (const policy of [defaultPolicy, strict])
      for (const leaf of leaves(writePolicy(policy)))
        expect(["string", "boolean"].includes(typeof leaf) || Number.isSafeInteger(leaf)).toBe(
          true,
        );
  });

  it("R10 refuses what cannot be a policy, by its place, and keeps the old one", async () => {
    const { deps } = await aShop();
    const broken = await changePolicy(deps, { ...strict, windowDays: -1 });
    expect(faultOf(broken)).toEqual({ kind: "bad_policy", at: "windowDays" });
    const unlawful = await changePolicy(deps, { ...strict, text: { zh: "概不退换", en: "" } });
    expect(faultOf(unlawful)).toEqual({ kind: "voids_rights", words: "概不退" });
    expect(await inForce(deps)).toMatchObject({ version: 1 });
  });

  it("X28 is the owner's: others are told whom to ask, nobody at all while locked", async () => {
    const { deps } = await aShop();
    const lead = actingAs(deps, aStaff({ staff: "l1" as StaffId, role: "lead" }));
    for (const other of [asClerk(deps), lead])
      expect(faultOf(await changePolicy(other, strict))).toEqual({
        kind: "not_entitled",
        action: "manage_policy",
      });
    expect(faultOf(await changePolicy({ ...deps, staff: () => undefined }, strict))).toEqual({
      kind: "locked",
    });
    expect(await inForce(deps)).toMatchObject({ version: 1 });
  });
});
