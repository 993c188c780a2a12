import { describe, expect, it } from "vitest";

import {
  acquirerIds,
  acquirerOf,
  acquirers,
  shippedProfile,
} from "../../../src/domain/acquirers/index.ts";
import { acquirerNumber } from "../../../src/domain/acquirers/number-rule.ts";
import { findProfileFault } from "../../../src/domain/acquirers/profile-fault.ts";
import {
  countUnverified,
  isVerified,
  profileFacts,
  type AcquirerProfile,
  type ProfileFact,
} from "../../../src/domain/acquirers/profile.ts";
import { channels } from "../../../src/domain/channels.ts";
import { faultOf, valueOf } from "../../support/a.ts";

const profiles: readonly (readonly [string, AcquirerProfile])[] = Object.entries(acquirers);

/** Whether a profile says anything about a fact at all. */
const isKnown = (profile: AcquirerProfile, fact: ProfileFact): boolean => {
  if (fact === "voidCutoffMinutes") return profile.voids !== "unknown";
  if (fact === "support") return profile.support.phone !== undefined;
  return profile[fact] !== undefined && profile[fact] !== "unknown";
};

describe("the nine acquirers", () => {
  it("R25 are all there, in the order of the list", () => {
    expect(acquirerIds).toEqual([
      "wechatpay",
      "alipay",
      "unionpay",
      "lakala",
      "chinaums",
      "ruiyinxin",
      "shengpay",
      "shouqianba",
      "custom",
    ]);
  });

  it.each(profiles)(
    "R25 %s has settlement mode, window, void rule, contact, number rules and field map, each with a source",
    (id, profile) => {
      expect(shippedProfile(id)).toBe(profile);
      expect(profile.id).toBe(id);
      expect(Object.keys(profile.facts).sort()).toEqual([...profileFacts].sort());
      for (const fact of profileFacts) expect(profile.facts[fact].source).toMatch(/\.md |\.md$/);
      for (const note of profile.notes) expect(note.source).toMatch(/\.md /);
      expect(profile.support.quote).toContain("order_no");
      expect(profile.fields).toContain("amount");
      expect(profile.checklist.length).toBeGreaterThan(0);
    },
  );

  it.each(profiles)(
    "R25 what %s leaves open is marked, and nothing else claims a source",
    (_, profile) => {
      const claimed = profileFacts.filter((fact) => isVerified(profile, fact));
      expect(claimed.filter((fact) => !isKnown(profile, fact))).toEqual([]);
      expect(countUnverified(profile)).toBe(profileFacts.length - claimed.length);
      expect(countUnverified(profile)).toBeGreaterThan(0);
    },
  );

  it("R25 no fact of an acquirer without public documents counts as verified", () => {
    for (const id of ["ruiyinxin", "shengpay", "custom"] as const)
      expect(countUnverified(acquirers[id])).toBe(profileFacts.length);
  });

  it.each(profiles)(
    "%s ships no phone that no document names, and could be kept as it is",
    (_, profile) => {
      expect(profile.support.phone).toBeUndefined();
      expect(findProfileFault(profile)).toBeUndefined();
    },
  );

  it("X17 R43 hold the limits of payments-cn.md §2.1", () => {
    expect(acquirers.wechatpay).toMatchObject({
      refundWindowDays: 365,
      partials: "many",
      partialLimit: 50,
      minIntervalSeconds: 60,
      closesAfterDays: 7,
    });
    expect(acquirers.alipay).toMatchObject({ partials: "many", minIntervalSeconds: 3 });
    expect(acquirers.alipay).not.toHaveProperty("refundWindowDays");
    expect(acquirers.shouqianba).toMatchObject({ refundWindowDays: 90, refundNoMax: 31 });
  });

  it("X15 X20 hold the void and fee rules of refund-model.md §4", () => {
    const rules = profiles.map(([id, { voids, feeRule }]) => [id, voids, feeRule]);
    expect(rules).toEqual([
      ["wechatpay", "no", "pro_rata"],
      ["alipay", "no", "unknown"],
      ["unionpay", "yes", "unknown"],
      ["lakala", "yes", "unknown"],
      ["chinaums", "yes", "unknown"],
      ["ruiyinxin", "yes", "unknown"],
      ["shengpay", "yes", "unknown"],
      ["shouqianba", "yes", "pro_rata"],
      ["custom", "unknown", "unknown"],
    ]);
  });

  it("X14 leave instant settlement to the merchant's contract", () => {
    for (const id of ["lakala", "chinaums", "ruiyinxin", "shengpay", "shouqianba"] as const) {
      expect(acquirers[id].settlement).toBe("unknown");
      expect(isVerified(acquirers[id], "settlement")).toBe(false);
    }
  });

  it("X5 only resend where the same number never pays twice", () => {
    const safe = profiles.filter(([, { resendIdempotent }]) => resendIdempotent).map(([id]) => id);
    expect(safe).toEqual(["wechatpay", "alipay", "shouqianba"]);
  });

  it("keep the owner of every channel", () => {
    expect(channels.map((channel) => [channel, acquirerOf(channel)])).toEqual([
      ["wechat", "wechatpay"],
      ["alipay", "alipay"],
      ["unionpay", "unionpay"],
      ["other", "custom"],
    ]);
  });

  it("treat an acquirer of a newer version like any other", () => {
    for (const id of ["yeepay", "", "constructor"])
      expect(shippedProfile(id)).toBe(acquirers.custom);
  });
});

describe("a refund number as the acquirer reads it", () => {
  const number = "R7K2Q4000012345S";
  const longest = number.padEnd(28, "0");

  it("R25 carries the source prefix of 银联商务 within 32 characters", () => {
    const { chinaums } = acquirers;
    expect(valueOf(acquirerNumber({ ...chinaums, refundNoPrefix: "1017" }, number))).toBe(
      `1017${number}`,
    );
    expect(valueOf(acquirerNumber({ ...chinaums, refundNoPrefix: "1017" }, longest))).toHaveLength(
      32,
    );
    expect(faultOf(acquirerNumber(chinaums, number))).toEqual({
      kind: "prefix_missing",
      length: 4,
    });
  });

  it("R25 fits every acquirer at its longest, 收钱吧 up to 31", () => {
    for (const [id, profile] of profiles)
      if (id !== "chinaums") expect(valueOf(acquirerNumber(profile, longest))).toBe(longest);
    const over = longest.padEnd(32, "0");
    expect(faultOf(acquirerNumber(acquirers.shouqianba, over))).toEqual({
      kind: "number_too_long",
      most: 31,
    });
  });
});
