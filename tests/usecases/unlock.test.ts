import { describe, expect, it } from "vitest";

import { firstOwner, system, type StaffId } from "../../src/domain/ids.ts";
import { dropEnvelope, readTries } from "../../src/storage/envelopes.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { actAs } from "../../src/usecases/ask-entitled.ts";
import { disableStaff } from "../../src/usecases/change-staff.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { openPerson, resetPin, triesLeft, unlock } from "../../src/usecases/unlock.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { checkFile } from "../support/money-steps.ts";
import { join, personOf, pin, settled, staffRecords } from "../support/people.ts";

const right = "739182";
const wrong = "111222";

/** The lock: nobody is at the till. */
const aLockedShop = async (over: Parameters<typeof aShop>[0] = {}) => {
  const shop = await aShop(over);
  const locked: Deps = { ...shop.deps, staff: () => undefined };
  return { ...shop, locked };
};

const counted = async (deps: Deps, staff: StaffId): Promise<number> => {
  const { jwk } = await personOf(deps, staff);
  if (jwk === undefined) throw new Error("no key");
  return (await readTries(deps.journal.db, `${staff}:${thumbprint(jwk)}`))?.fails ?? 0;
};

const failTimes = async (deps: Deps, clock: { ms: number }, times: number): Promise<void> => {
  for (let fails = 0; fails < times; fails++) {
    clock.ms += 3_700_000;
    faultOf(await unlock(deps, firstOwner, wrong));
  }
};

const logIns = async (deps: Deps) =>
  (await staffRecords(deps))
    .filter(({ op }) => op !== "added")
    .map(({ op, fails, staff, by }) => (fails === undefined ? [op, staff, by] : [op, fails, by]));

describe("unlock", () => {
  it("R35 opens with the right PIN and forgets the failures before it", async () => {
    const { locked } = await aLockedShop();
    expect(await unlock(locked, firstOwner, wrong)).toMatchObject({
      fault: { kind: "wrong_pin", next: { left: 9 } },
    });
    expect(await unlock(locked, firstOwner, right)).toMatchObject({
      ok: true,
      value: { name: "小林", role: "owner" },
    });
    await settled(locked);
    expect(await triesLeft(locked, firstOwner)).toEqual({ kind: "open", left: 10 });
  });

  it.each([right, wrong])("F57 counts %s before it is looked at", async (typed) => {
    const { locked } = await aLockedShop();
    const killed: Deps = {
      ...locked,
      secretKeys: { ...locked.secretKeys, open: () => Promise.reject(new Error("killed")) },
    };
    await expect(unlock(killed, firstOwner, typed)).rejects.toThrow("killed");
    expect(await counted(locked, firstOwner)).toBe(1);
    expect(await triesLeft(locked, firstOwner)).toEqual({ kind: "open", left: 9 });
  });

  it("F56 ends after ten failures; only the recovery code sets a new PIN", async () => {
    const { deps, locked, clock, recoveryCode } = await aLockedShop();
    await failTimes(locked, clock, 10);
    clock.ms += 1e10;
    expect(await unlock(locked, firstOwner, right)).toMatchObject({
      fault: { kind: "pin_disabled" },
    });
    const entry = { staff: firstOwner, recoveryCode: "wrong", pin };
    expect(faultOf(await resetPin(locked, entry)).kind).toBe("wrong_recovery_code");
    const good = { ...entry, recoveryCode };
    expect(faultOf(await resetPin(locked, { ...good, pin: "123456" })).kind).toBe("pin_weak");
    expect(faultOf(await resetPin(locked, { ...good, pin: "4829157" })).kind).toBe("pin_length");
    valueOf(await resetPin(locked, good));
    expect(await unlock(locked, firstOwner, right)).toMatchObject({ ok: false });
    expect(await unlock(locked, firstOwner, pin)).toMatchObject({ ok: true });
    await settled(locked);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F56 the recovery code is read as it was typed: with blanks and small letters, and nowhere without its key", async () => {
    const { locked, recoveryCode } = await aLockedShop();
    const typedCode = `  ${recoveryCode.toLowerCase()} `;
    const entry = { staff: firstOwner, recoveryCode: typedCode, pin };
    valueOf(await resetPin(locked, entry));
    await dropEnvelope(locked.journal.db, "root");
    expect(faultOf(await resetPin(locked, entry)).kind).toBe("root_not_here");
  });

  it("F63 the recovery code is the owner's: it opens nobody else, and writes in the owner's name", async () => {
    const { deps, locked, recoveryCode } = await aLockedShop();
    const clerk = await join(deps);
    const entry = { staff: clerk.staff, recoveryCode, pin };
    expect(faultOf(await resetPin(locked, entry)).kind).toBe("person_unknown");
    valueOf(await resetPin(locked, { ...entry, staff: firstOwner }));
    expect(await logIns(deps)).toEqual([["pin_set", firstOwner, firstOwner]]);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F69 refuses a person who was switched off, whatever they type", async () => {
    const { deps, locked } = await aLockedShop();
    const clerk = await join(deps);
    valueOf(await disableStaff(deps, clerk.staff));
    expect(faultOf(await unlock(locked, clerk.staff, pin)).kind).toBe("person_unknown");
  });
});

describe("log-ins are records", () => {
  it("rel-X2 F60 a good one in the person's name, a wrong one in the app's", async () => {
    const { deps, locked } = await aLockedShop();
    faultOf(await unlock(locked, firstOwner, wrong));
    faultOf(await unlock(locked, firstOwner, wrong));
    valueOf(await unlock(locked, firstOwner, right));
    expect(await logIns(locked)).toEqual([
      ["login_failed", 1, system],
      ["login_failed", 2, system],
      ["login_ok", firstOwner, firstOwner],
    ]);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F56 says once that the tenth failure locked the person", async () => {
    const { deps, locked, clock } = await aLockedShop();
    await failTimes(locked, clock, 10);
    faultOf(await unlock(locked, firstOwner, wrong));
    const told = await logIns(locked);
    expect(told.slice(-2)).toEqual([
      ["login_failed", 10, system],
      ["locked", firstOwner, system],
    ]);
    expect(told).toHaveLength(11);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("X40 none in practice, where tries are counted all the same", async () => {
    const { locked } = await aLockedShop({ training: true });
    faultOf(await unlock(locked, firstOwner, wrong));
    expect(await triesLeft(locked, firstOwner)).toEqual({ kind: "open", left: 9 });
    valueOf(await unlock(locked, firstOwner, right));
    expect(await logIns(locked)).toEqual([]);
  });

  it("nobody waits at the lock for the disk: the answer comes before the record", async () => {
    const { locked } = await aLockedShop();
    const releases: (() => void)[] = [];
    const busy = locked.exclusively(
      () => new Promise<void>((resolve) => void releases.push(resolve)),
    );
    valueOf(await unlock(locked, firstOwner, right));
    faultOf(await unlock(locked, firstOwner, wrong));
    for (const release of releases) release();
    await busy;
    expect(await logIns(locked)).toHaveLength(2);
  });

  it("F66 rel-X5 a PIN for one decision counts and is recorded like one at the lock", async () => {
    const { deps, locked } = await aLockedShop();
    const lead = await join(deps, { role: "lead" });
    const asked = { person: lead.staff, pin: wrong };
    expect(await actAs(deps, "export", asked)).toMatchObject({ fault: { kind: "wrong_pin" } });
    faultOf(await openPerson(deps, lead.staff, wrong));
    expect(await triesLeft(locked, lead.staff)).toEqual({ kind: "open", left: 8 });
    valueOf(await actAs(deps, "export", { ...asked, pin }));
    await settled(deps);
    valueOf(await openPerson(deps, lead.staff, pin));
    expect(await logIns(deps)).toEqual([
      ["login_failed", 1, system],
      ["login_failed", 2, system],
      ["login_ok", lead.staff, lead.staff],
    ]);
    expect(await triesLeft(locked, lead.staff)).toEqual({ kind: "open", left: 10 });
    expect(await checkFile(deps)).toEqual([]);
  });
});

describe("F60 the counter and the records tell on each other", () => {
  it("a counter that was deleted is what the records say", async () => {
    const { locked, clock } = await aLockedShop();
    await failTimes(locked, clock, 6);
    await settled(locked);
    await locked.journal.db.envelopes.where("name").startsWith("tries:").delete();
    expect(await triesLeft(locked, firstOwner)).toMatchObject({ kind: "wait" });
    clock.ms += 3_700_000;
    expect(await unlock(locked, firstOwner, wrong)).toMatchObject({
      fault: { next: { kind: "wait" } },
    });
    expect(await counted(locked, firstOwner)).toBe(7);
  });

  it("records that could not be written leave the counter", async () => {
    const { locked } = await aLockedShop();
    const full: Deps = { ...locked, now: () => 1000 }; // a clock that records nothing
    faultOf(await unlock(full, firstOwner, wrong));
    await settled(locked);
    expect(await logIns(locked)).toEqual([]);
    expect(await triesLeft(locked, firstOwner)).toEqual({ kind: "open", left: 9 });
  });
});
