// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { firstOwner } from "../../src/domain/ids.ts";
import { businessDate } from "../../src/domain/instant.ts";
import { defaultSetting } from "../../src/domain/shop-setting.ts";
import { shopAndDevice } from "../../src/storage/queries.ts";
import { createTill, type Till } from "../../src/ui/till.ts";
import { changeSetting } from "../../src/usecases/change-setting.ts";
import { changeStaff, disableStaff } from "../../src/usecases/change-staff.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { at, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { anEntry, join } from "../support/people.ts";

const minute = 60_000;

/** The app around a till: an open shop that the till follows. */
const aTill = async (training = false): Promise<{ readonly deps: Deps; readonly till: Till }> => {
  const { deps } = await aShop({ training });
  const { db } = deps.journal;
  const till = createTill(db, { training });
  await till.openAt((await shopAndDevice(db, deps.device)).shop);
  return { deps, till };
};

const until = async (isSo: () => boolean): Promise<void> => {
  await vi.waitUntil(isSo, { interval: 5 });
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance", "Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the person at the till", () => {
  it("F69 is out at once when another window switches them off", async () => {
    const { deps, till } = await aTill();
    const clerk = await join(deps);
    till.take(clerk);
    valueOf(await disableStaff(deps, clerk.staff));
    vi.useRealTimers();
    await until(() => till.state.value === "locked");
    expect(till.staff.value).toBeUndefined();
    expect((await till.people()).map(({ staff }) => staff)).toEqual([firstOwner]);
  });

  it("X28 has the role that the newest record says, without a new log-in", async () => {
    const { deps, till } = await aTill();
    const clerk = await join(deps);
    till.take(clerk);
    valueOf(await changeStaff(deps, clerk.staff, anEntry({ role: "lead" })));
    vi.useRealTimers();
    await until(() => till.staff.value?.role === "lead");
    expect(till.state.value).toBe("ready");
  });

  it("X40 in practice another one goes on in place of who was switched off", async () => {
    const { deps, till } = await aTill(true);
    const clerk = await join(deps);
    till.take(clerk);
    valueOf(await disableStaff(deps, clerk.staff));
    vi.useRealTimers();
    await until(() => till.staff.value?.staff === firstOwner);
    expect(till.state.value).toBe("ready");
  });
});

describe("the shop's setting", () => {
  it("moves the business day of the running app", async () => {
    const { deps, till } = await aTill();
    const night = at("2026-11-22T18:00:00Z");
    const day = () => till.calendar.value && businessDate(night, till.calendar.value);
    expect(day()).toBe("2026-11-23");
    valueOf(await changeSetting(deps, { ...defaultSetting, cutoffMinutes: 240 }));
    vi.useRealTimers();
    await until(() => day() === "2026-11-22");
  });

  it("is there from the start", async () => {
    const { deps } = await aTill();
    valueOf(await changeSetting(deps, { ...defaultSetting, cutoffMinutes: 240 }));
    const { db } = deps.journal;
    const again = createTill(db, { training: false });
    await again.openAt((await shopAndDevice(db, deps.device)).shop);
    expect(again.calendar.value?.cutoffMinutes).toBe(240);
  });
});

describe("a till left alone", () => {
  it("rel-X6 F68 locks after three minutes, and nobody is at it any more", async () => {
    const { till } = await aTill();
    await till.enterAs(firstOwner);
    vi.advanceTimersByTime(3 * minute - 1000);
    expect(till.state.value).toBe("ready");
    vi.advanceTimersByTime(1000);
    expect([till.state.value, till.staff.value]).toEqual(["locked", undefined]);
  });

  it("rel-X6 locks after the minutes that the shop set, from now on", async () => {
    const { deps, till } = await aTill();
    await till.enterAs(firstOwner);
    const calendar = till.calendar.value;
    valueOf(await changeSetting(deps, { ...defaultSetting, lockMinutes: 10, cutoffMinutes: 60 }));
    await until(() => till.calendar.value !== calendar);
    vi.advanceTimersByTime(9 * minute);
    expect(till.state.value).toBe("ready");
    vi.advanceTimersByTime(minute);
    expect(till.state.value).toBe("locked");
  });

  it("X40 never in practice", async () => {
    const { till } = await aTill(true);
    await till.enterAs(firstOwner);
    vi.advanceTimersByTime(60 * minute);
    expect(till.state.value).toBe("ready");
  });

  it("not before somebody is at it", async () => {
    const { till } = await aTill();
    vi.advanceTimersByTime(60 * minute);
    expect(till.state.value).toBe("starting");
  });
});
