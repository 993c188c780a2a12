import { describe, expect, it } from "vitest";

import { parseProfile, writeProfile } from "../../src/domain/acquirers/edited-profile.ts";
import { acquirerIds, acquirers } from "../../src/domain/acquirers/index.ts";
import { profileFacts } from "../../src/domain/acquirers/profile.ts";
import type { StaffId } from "../../src/domain/ids.ts";
import { documentHash } from "../../src/ledger/document-hash.ts";
import { findProfile } from "../../src/storage/profiles.ts";
import { findPolicy } from "../../src/storage/queries.ts";
import {
  addProfile,
  changeProfile,
  listProfiles,
  markVerified,
  resetProfile,
} from "../../src/usecases/change-profile.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { aStaff, faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { checkFile } from "../support/money-steps.ts";

const profileIn = async (deps: Deps, id: string) =>
  (await findProfile(deps.journal.db, id)).profile;

const policyIn = (deps: Deps, id: string) => findPolicy(deps.journal.db, `profile:${id}`);

const instant = { ...acquirers.lakala, settlement: "D0", refundWindowDays: 180 } as const;

describe("changing an acquirer's profile", () => {
  it("R25 records it as a signed policy, counted for itself, and judges by it from then on", async () => {
    const { deps } = await aShop();
    valueOf(await changeProfile(deps, instant));
    valueOf(await changeProfile(deps, { ...instant, refundWindowDays: 90 }));
    valueOf(await changeProfile(deps, { ...acquirers.alipay, feeRule: "kept" }));
    const document = { acquirer: "lakala", settlement: "D0", refundWindowDays: 90 };
    expect(await policyIn(deps, "lakala")).toMatchObject({
      what: "profile",
      version: 2,
      hash: documentHash(document),
      document,
    });
    expect(await policyIn(deps, "alipay")).toMatchObject({ version: 1 });
    expect(await profileIn(deps, "lakala")).toEqual({ ...instant, refundWindowDays: 90 });
    expect((await findProfile(deps.journal.db, "lakala")).hash).toBe(documentHash(document));
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R25 writes no version that changes nothing", async () => {
    const { deps } = await aShop();
    valueOf(await changeProfile(deps, acquirers.lakala));
    expect(await policyIn(deps, "lakala")).toBeUndefined();
    valueOf(await changeProfile(deps, instant));
    valueOf(await changeProfile(deps, instant));
    expect(await policyIn(deps, "lakala")).toMatchObject({ version: 1 });
  });

  it("R25 goes back to what this version ships, in a new version", async () => {
    const { deps } = await aShop();
    valueOf(await changeProfile(deps, instant));
    valueOf(await resetProfile(deps, "lakala"));
    expect(await policyIn(deps, "lakala")).toMatchObject({
      version: 2,
      document: { acquirer: "lakala" },
    });
    expect(await profileIn(deps, "lakala")).toEqual(acquirers.lakala);
  });

  it("R25 marks one fact as verified by the merchant and keeps every value", async () => {
    const { deps } = await aShop();
    valueOf(await changeProfile(deps, instant));
    valueOf(await markVerified(deps, "lakala", "voids"));
    expect(await profileIn(deps, "lakala")).toEqual({
      ...instant,
      facts: { ...instant.facts, voids: { level: "merchant" } },
    });
  });

  it("R25 two facts marked at the same moment are both kept", async () => {
    const { deps } = await aShop();
    await Promise.all(profileFacts.map((fact) => markVerified(deps, "custom", fact)));
    const { facts } = await profileIn(deps, "custom");
    expect(new Set(Object.values(facts).map(({ level }) => level))).toEqual(new Set(["merchant"]));
    expect(await policyIn(deps, "custom")).toMatchObject({ version: profileFacts.length });
  });

  it("X18 keeps the owner's own entry of the error catalogue", async () => {
    const { deps } = await aShop();
    const own = {
      codes: ["E77"],
      meaning: "frozen",
      state: "needs_action",
      actions: ["call"],
      verified: true,
    } as const;
    valueOf(await changeProfile(deps, { ...acquirers.lakala, ownErrors: [own] }));
    expect((await profileIn(deps, "lakala")).ownErrors).toEqual([own]);
  });

  it("R25 a bad value or a card number is refused and nothing is recorded", async () => {
    const { deps } = await aShop();
    const bad = await changeProfile(deps, { ...instant, refundWindowDays: 0 });
    expect(faultOf(bad)).toEqual({ kind: "bad_policy", at: "refundWindowDays" });
    const card = { quote: [], hours: "4111 1111 1111 1111" };
    const typed = await changeProfile(deps, { ...instant, support: card });
    expect(faultOf(typed)).toEqual({ kind: "card_number_in_text" });
    expect(await policyIn(deps, "lakala")).toBeUndefined();
  });

  it.each(["clerk", "lead", "auditor"] as const)("R25 is not for a %s", async (role) => {
    const { deps } = await aShop();
    const other: Deps = { ...deps, staff: () => aStaff({ staff: "s2" as StaffId, role }) };
    const tries = [
      await changeProfile(other, instant),
      await resetProfile(other, "lakala"),
      await markVerified(other, "lakala", "voids"),
      await addProfile(other, "lakala", "二店"),
    ];
    for (const tried of tries)
      expect(faultOf<unknown, unknown>(tried)).toEqual({
        kind: "not_entitled",
        action: "manage_policy",
      });
    expect(await listProfiles(other)).toEqual(Object.values(acquirers));
  });
});

describe("an own profile", () => {
  it("R25 is a copy under the owner's name, with its own versions", async () => {
    const { deps } = await aShop();
    valueOf(await changeProfile(deps, instant));
    const id = valueOf(await addProfile(deps, "lakala", "二店"));
    expect(id).toBe("lakala_2");
    const copy = await profileIn(deps, id);
    expect(copy).toEqual({ ...instant, id, name: "二店", copyOf: "lakala" });
    expect(await policyIn(deps, id)).toMatchObject({ version: 1, document: writeProfile(copy) });
    valueOf(await resetProfile(deps, id));
    expect(await profileIn(deps, id)).toEqual(parseProfile(id, { copyOf: "lakala", name: "二店" }));
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R25 follows the nine in the list, each copy under an id of its own", async () => {
    const { deps } = await aShop();
    const ids = await Promise.all(
      ["甲", "乙", "丙"].map((name) => addProfile(deps, "custom", name)),
    );
    expect(ids.map(valueOf)).toEqual(["custom_2", "custom_3", "custom_4"]);
    const listed = await listProfiles(deps);
    expect(listed.map(({ id }) => id)).toEqual([
      ...acquirerIds,
      "custom_2",
      "custom_3",
      "custom_4",
    ]);
    expect(listed.slice(-3).map(({ name }) => name)).toEqual(["甲", "乙", "丙"]);
  });

  it("needs a name", async () => {
    const { deps } = await aShop();
    expect(faultOf(await addProfile(deps, "lakala", "  "))).toEqual({
      kind: "bad_policy",
      at: "name",
    });
  });
});
