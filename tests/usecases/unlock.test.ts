import { describe, expect, it } from "vitest";

import { firstOwner } from "../../src/domain/ids.ts";
import { readTries } from "../../src/storage/envelopes.ts";
import { resetPin, triesLeft, unlock } from "../../src/usecases/unlock.ts";
import { aShop } from "../support/deps.ts";

describe("unlock", () => {
  it("R35 opens with the right PIN and forgets the failures before it", async () => {
    const { setUp } = await aShop();
    expect(await unlock(setUp, firstOwner, "111222")).toMatchObject({
      fault: { kind: "wrong_pin", next: { left: 9 } },
    });
    expect(await unlock(setUp, firstOwner, "739182")).toMatchObject({
      ok: true,
      value: { name: "小林", role: "owner" },
    });
    expect(await triesLeft(setUp, firstOwner)).toEqual({ kind: "open", left: 10 });
  });

  it("F57 counts a try before the PIN is looked at", async () => {
    const { setUp, deps } = await aShop();
    const killed = {
      ...setUp,
      secretKeys: { ...setUp.secretKeys, open: () => Promise.reject(new Error("killed")) },
    };
    await expect(unlock(killed, firstOwner, "739182")).rejects.toThrow("killed");
    expect((await readTries(deps.journal.db, firstOwner))?.fails).toBe(1);
  });

  it("F56 ends after ten failures; only the recovery code sets a new PIN", async () => {
    const { setUp, deps, clock, recoveryCode } = await aShop();
    for (let fails = 0; fails < 10; fails++) {
      clock.ms += 3_700_000;
      await unlock(setUp, firstOwner, "111222");
    }
    clock.ms += 1e10;
    expect(await unlock(setUp, firstOwner, "739182")).toMatchObject({
      fault: { kind: "pin_disabled" },
    });
    const all = { ...deps, secretKeys: setUp.secretKeys };
    const entry = { staff: firstOwner, recoveryCode: "wrong", pin: "482915" };
    expect(await resetPin(all, entry)).toMatchObject({ fault: { kind: "wrong_recovery_code" } });
    expect(await resetPin(all, { ...entry, recoveryCode, pin: "123456" })).toMatchObject({
      fault: { kind: "pin_weak" },
    });
    expect(await resetPin(all, { ...entry, recoveryCode })).toMatchObject({ ok: true });
    expect(await unlock(setUp, firstOwner, "739182")).toMatchObject({ ok: false });
    expect(await unlock(setUp, firstOwner, "482915")).toMatchObject({ ok: true });
  });
});
