import { describe, expect, it } from "vitest";

import { firstOwner, type StaffId } from "../../src/domain/ids.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import { findEnvelope } from "../../src/storage/envelopes.ts";
import { approveRefund } from "../../src/usecases/approve-refund.ts";
import {
  addStaff,
  changeOwnPin,
  changeStaff,
  disableStaff,
  enableStaff,
  listPeople,
  resetStaffPin,
} from "../../src/usecases/change-staff.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { addPracticePeople } from "../../src/usecases/practice-people.ts";
import { unlock } from "../../src/usecases/unlock.ts";
import { faultOf, units, valueOf } from "../support/a.ts";
import { aShop, someRows } from "../support/deps.ts";
import { checkFile, found, importOf, newCaseId, refund } from "../support/money-steps.ts";
import { anEntry, as, join, personOf, pin, settled, staffRecords } from "../support/people.ts";

const newPin = { pin, again: pin };
const another = { pin: "604817", again: "604817" };

const opens = async (deps: Deps, staff: StaffId, typed: string): Promise<boolean> =>
  (await unlock(deps, staff, typed)).ok;

const pinStates = async (deps: Deps) => (await listPeople(deps)).people.map((person) => person.pin);

/** Killed as soon as the lock of the journal is free again: everything after the record is missing. */
const killedAfterRecord = (deps: Deps): Deps => ({
  ...deps,
  exclusively: async (work) => {
    await deps.exclusively(work);
    throw new Error("killed");
  },
});

const killedBeforeRecord = (deps: Deps): Deps => ({
  ...deps,
  exclusively: () => Promise.reject(new Error("killed")),
});

describe("a new person", () => {
  it("X28 R35 joins under the next number with role, limit and permissions, and unlocks", async () => {
    const { deps } = await aShop();
    const entry = anEntry({ limit: units(5000), grants: ["export", "nonsense"] });
    const staff = valueOf(await addStaff(deps, entry, newPin));
    expect(staff).toBe("s2");
    expect(await personOf(deps, staff)).toMatchObject({
      name: "小王",
      role: "clerk",
      limit: 5000,
      grants: ["export"],
      active: true,
    });
    expect(await opens(deps, staff, pin)).toBe(true);
    expect((await join(deps, { name: "小李" })).staff).toBe("s3");
    await settled(deps);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("refundlog §5.1 has the limit of the role in the record, so that a verifier knows it", async () => {
    const { deps } = await aShop();
    const { limits } = defaultPolicy;
    expect((await join(deps, { role: "clerk" })).limit).toBe(limits.clerk.amount);
    expect((await join(deps, { role: "lead" })).limit).toBe(limits.lead.amount);
    expect(await join(deps, { role: "owner", limit: units(7) })).not.toHaveProperty("limit");
    expect(await join(deps, { role: "auditor" })).not.toHaveProperty("limit");
  });

  it.each([
    ["person_name_missing", { name: " \u0007 " }, newPin],
    ["card_number_in_text", { name: "小王 4111 1111 1111 1111" }, newPin],
    ["pin_weak", {}, { pin: "123456", again: "123456" }],
    ["pin_length", {}, { pin: "4829157", again: "4829157" }],
    ["pin_differs", {}, { pin, again: "482916" }],
  ])("R55 F62 F84 is refused: %s", async (kind, over, typed) => {
    const { deps } = await aShop();
    expect(faultOf(await addStaff(deps, anEntry(over), typed)).kind).toBe(kind);
    expect(await staffRecords(deps)).toHaveLength(1);
  });

  it("F65 the PIN lies in no table and the name is removable", async () => {
    const { deps } = await aShop();
    await join(deps);
    const { db } = deps.journal;
    const tables = await Promise.all(db.tables.map((table) => table.toArray()));
    expect(JSON.stringify(tables)).not.toContain(pin);
    const [, added] = await staffRecords(deps);
    expect(JSON.stringify(added)).not.toContain("小王");
  });
});

describe("killed between the record and the key", () => {
  it("a new person can unlock all the same", async () => {
    const { deps } = await aShop();
    await expect(addStaff(killedAfterRecord(deps), anEntry(), newPin)).rejects.toThrow("killed");
    const staff = "s2" as StaffId;
    expect(await findEnvelope(deps.journal.db, "pin:s2")).toBeUndefined();
    expect(await opens(deps, staff, pin)).toBe(true);
    expect(await pinStates(deps)).toEqual(["set", "set"]);
  });

  it("F63 of two PINs the recorded one opens, and only that", async () => {
    const { deps } = await aShop();
    const { staff } = await join(deps);
    const early = killedBeforeRecord(deps);
    await expect(resetStaffPin(early, staff, another)).rejects.toThrow("killed");
    expect([await opens(deps, staff, another.pin), await opens(deps, staff, pin)]).toEqual([
      false,
      true,
    ]);
    const late = killedAfterRecord(deps);
    await expect(resetStaffPin(late, staff, another)).rejects.toThrow("killed");
    expect([await opens(deps, staff, pin), await opens(deps, staff, another.pin)]).toEqual([
      false,
      true,
    ]);
  });

  it("a full disk after the record is no failure: the key is found where it lies", async () => {
    const { deps } = await aShop();
    const { envelopes } = deps.journal.db;
    envelopes.hook("creating", (key) => {
      if (key === "pin:s2") throw new DOMException("full", "QuotaExceededError");
    });
    const staff = valueOf(await addStaff(deps, anEntry(), newPin));
    expect(await opens(deps, staff, pin)).toBe(true);
  });

  it("a key that this device lost is told before anybody types", async () => {
    const { deps } = await aShop();
    const { staff } = await join(deps);
    await deps.journal.db.envelopes.delete(`pin:${staff}`);
    expect(await pinStates(deps)).toEqual(["set", "missing"]);
    expect(faultOf(await unlock(deps, staff, pin)).kind).toBe("pin_missing");
    valueOf(await resetStaffPin(deps, staff, another));
    expect(await opens(deps, staff, another.pin)).toBe(true);
  });

  it("a key that belongs to an older record opens nothing", async () => {
    const { deps } = await aShop();
    const { staff } = await join(deps);
    const old = await findEnvelope(deps.journal.db, `pin:${staff}`);
    valueOf(await resetStaffPin(deps, staff, another));
    await deps.journal.db.envelopes.put({ name: `pin:${staff}`, content: old ?? {} });
    expect(faultOf(await unlock(deps, staff, pin)).kind).toBe("pin_missing");
  });

  it("what was refused leaves no key behind", async () => {
    const { deps } = await aShop();
    faultOf(await resetStaffPin(deps, "s9" as StaffId, another));
    const left = await deps.journal.db.envelopes.where("name").startsWith("new-pin:").count();
    expect(left).toBe(0);
  });
});

describe("a change", () => {
  it("X28 repeats the limit, takes permissions away, and tells a name only when it is new", async () => {
    const { deps } = await aShop();
    const { staff } = await join(deps, { limit: units(5000), grants: ["export"] });
    valueOf(await changeStaff(deps, staff, anEntry({ name: "王姐", limit: units(5000) })));
    expect(await personOf(deps, staff)).toMatchObject({ name: "王姐", limit: 5000, grants: [] });
    valueOf(await changeStaff(deps, staff, anEntry({ name: "王姐", role: "lead" })));
    expect(await personOf(deps, staff)).toMatchObject({ role: "lead", limit: 200_000 });
    expect(await checkFile(deps)).toEqual([]);
  });

  it("the last active owner neither leaves nor steps down", async () => {
    const { deps } = await aShop();
    expect(faultOf(await disableStaff(deps, firstOwner)).kind).toBe("last_owner");
    const asClerk = anEntry({ name: "小林" });
    expect(faultOf(await changeStaff(deps, firstOwner, asClerk)).kind).toBe("last_owner");
    const second = await join(deps, { role: "owner" });
    valueOf(await disableStaff(deps, second.staff));
    expect(faultOf(await disableStaff(deps, firstOwner)).kind).toBe("last_owner");
    valueOf(await enableStaff(deps, second.staff));
    valueOf(await changeStaff(deps, firstOwner, asClerk));
    expect(await checkFile(await as(deps, second.staff))).toEqual([]);
  });

  it("two owners who step down at once leave one", async () => {
    const { deps } = await aShop();
    const second = await join(deps, { role: "owner" });
    const other = await as(deps, second.staff);
    const asked = [disableStaff(deps, firstOwner), disableStaff(other, second.staff)];
    const done = await Promise.all(asked);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("F69 somebody who was switched off in another window decides nothing any more", async () => {
    const { deps } = await aShop();
    const second = await join(deps, { role: "owner" });
    const stale = await as(deps, second.staff);
    valueOf(await disableStaff(deps, second.staff));
    const asked = await disableStaff(stale, firstOwner);
    expect(faultOf(asked)).toEqual({ kind: "not_entitled", action: "manage_staff" });
  });

  it("F66 X28 nobody but an owner may, and nobody when it is locked", async () => {
    const { deps } = await aShop();
    for (const role of ["clerk", "lead", "auditor"] as const) {
      const { staff } = await join(deps, { role, name: role });
      const other = await as(deps, staff);
      const asked = [
        addStaff(other, anEntry(), newPin),
        changeStaff(other, staff, anEntry({ role: "owner" })),
        disableStaff(other, firstOwner),
        enableStaff(other, staff),
        resetStaffPin(other, firstOwner, another),
      ];
      for (const one of await Promise.all(asked))
        expect(faultOf(one)).toEqual({ kind: "not_entitled", action: "manage_staff" });
    }
    const locked: Deps = { ...deps, staff: () => undefined };
    expect(faultOf(await addStaff(locked, anEntry(), newPin)).kind).toBe("locked");
  });

  it("F66 the permission to manage staff reaches no owner and not oneself", async () => {
    const { deps } = await aShop();
    const manager = await join(deps, { role: "lead", grants: ["staff"] });
    const clerk = await join(deps, { name: "小李" });
    const other = await as(deps, manager.staff);
    valueOf(await changeStaff(other, clerk.staff, anEntry({ name: "小李", role: "lead" })));
    valueOf(await resetStaffPin(other, clerk.staff, another));
    const refused = [
      changeStaff(other, clerk.staff, anEntry({ role: "owner" })),
      addStaff(other, anEntry({ role: "owner" }), newPin),
      changeStaff(other, manager.staff, anEntry({ role: "lead", limit: units(9_999_999) })),
      disableStaff(other, firstOwner),
      resetStaffPin(other, firstOwner, another),
    ];
    for (const one of await Promise.all(refused)) expect(faultOf(one).kind).toBe("not_entitled");
    expect(await checkFile(deps)).toEqual([]);
  });
});

describe("a new PIN", () => {
  it("F63 an owner resets it; what the old key approved still verifies", async () => {
    const { deps } = await aShop();
    const lead = await join(deps, { role: "lead", name: "小李" });
    const clerk = await join(deps, { limit: units(1000) });
    const rows = someRows(deps);
    valueOf(await importOf(deps, rows));
    const caseId = newCaseId(deps);
    const target = await found(deps, rows[0]?.transactionId ?? "");
    valueOf(await refund(await as(deps, clerk.staff), target, "full", caseId));
    const decision = { about: "refund", result: "approve" } as const;
    const approver = { approver: lead.staff, pin, decision };
    valueOf(await approveRefund(deps, caseId, approver));
    valueOf(await resetStaffPin(deps, lead.staff, another));
    expect(await opens(deps, lead.staff, pin)).toBe(false);
    expect(await opens(deps, lead.staff, another.pin)).toBe(true);
    await settled(deps);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F63 a reset ends the lock-out of ten wrong tries", async () => {
    const { deps, clock } = await aShop();
    const { staff } = await join(deps);
    for (let fails = 0; fails < 10; fails++) {
      clock.ms += 3_700_000;
      await unlock(deps, staff, "111222");
    }
    await settled(deps);
    expect(await pinStates(deps)).toEqual(["set", "locked"]);
    valueOf(await resetStaffPin(deps, staff, another));
    expect(await pinStates(deps)).toEqual(["set", "set"]);
    expect(await opens(deps, staff, another.pin)).toBe(true);
  });

  it("X28 everybody sets their own with the old one, and the record is theirs", async () => {
    const { deps } = await aShop();
    const { staff } = await join(deps, { role: "auditor" });
    const own = await as(deps, staff);
    const wrong = await changeOwnPin(own, { old: "111222", ...another });
    expect(faultOf(wrong)).toMatchObject({ kind: "wrong_pin", next: { left: 9 } });
    expect(faultOf(await changeOwnPin(own, { old: pin, pin: "111111", again: "111111" }))).toEqual({
      kind: "pin_weak",
    });
    valueOf(await changeOwnPin(own, { old: pin, ...another }));
    expect((await staffRecords(deps)).at(-1)).toMatchObject({ op: "pin_set", staff, by: staff });
    expect(await opens(deps, staff, another.pin)).toBe(true);
    await settled(deps);
    expect(await checkFile(deps)).toEqual([]);
  });
});

describe("practice", () => {
  it("X40 has a clerk and a lead besides the owner, once, all with the practice PIN", async () => {
    const { deps } = await aShop({ training: true });
    const names = { clerk: "小王", lead: "小李" };
    await addPracticePeople(deps, names);
    await addPracticePeople(deps, names);
    const { people } = await listPeople(deps);
    expect(people.map(({ staff }) => [staff.name, staff.role])).toEqual([
      ["小林", "owner"],
      ["小王", "clerk"],
      ["小李", "lead"],
    ]);
    for (const { staff } of people) expect(await opens(deps, staff.staff, "739182")).toBe(true);
  });
});
