import { describe, expect, it } from "vitest";

import { businessDate } from "../../src/domain/instant.ts";
import { defaultSetting } from "../../src/domain/shop-setting.ts";
import { findPolicy } from "../../src/storage/queries.ts";
import { changeSetting, currentSetting } from "../../src/usecases/change-setting.ts";
import { at, faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { checkFile } from "../support/money-steps.ts";
import { as, join } from "../support/people.ts";

const changed = { ...defaultSetting, mail: "shop@example.com", cutoffMinutes: 240, lockMinutes: 5 };

describe("the shop's setting", () => {
  it("is its defaults until the owner changes it, then the newest version", async () => {
    const { deps } = await aShop();
    expect(await currentSetting(deps)).toEqual(defaultSetting);
    valueOf(await changeSetting(deps, changed));
    valueOf(await changeSetting(deps, changed)); // says the same: not written again
    valueOf(await changeSetting(deps, { ...changed, lockMinutes: 10 }));
    expect(await currentSetting(deps)).toEqual({ ...changed, lockMinutes: 10 });
    expect((await findPolicy(deps.journal.db, "setting"))?.version).toBe(2);
    expect((await findPolicy(deps.journal.db, "policy"))?.version).toBe(1);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("moves the business day: 02:00 belongs to the night market's evening", async () => {
    const { deps } = await aShop();
    const night = at("2026-11-22T18:00:00Z"); // 02:00 on the 23rd in Shanghai
    const dayNow = async () => {
      const { cutoffMinutes } = await currentSetting(deps);
      return businessDate(night, { ...deps.calendar, cutoffMinutes });
    };
    expect(await dayNow()).toBe("2026-11-23");
    valueOf(await changeSetting(deps, changed));
    expect(await dayNow()).toBe("2026-11-22");
  });

  it("F66 is the owner's, or of who may change rules", async () => {
    const { deps } = await aShop();
    const lead = await join(deps, { role: "lead" });
    const refused = await changeSetting(await as(deps, lead.staff), changed);
    expect(faultOf(refused)).toEqual({ kind: "not_entitled", action: "manage_policy" });
    const trusted = await join(deps, { name: "小李", grants: ["policy"] });
    valueOf(await changeSetting(await as(deps, trusted.staff), changed));
    expect(await checkFile(deps)).toEqual([]);
  });

  it("refuses what it could not read back, and records nothing", async () => {
    const { deps } = await aShop();
    const wrong = { ...changed, lockMinutes: 31 };
    expect(faultOf(await changeSetting(deps, wrong)).kind).toBe("lock_minutes_wrong");
    expect(await findPolicy(deps.journal.db, "setting")).toBeUndefined();
  });
});
