import { describe, expect, it } from "vitest";
import { acquirers, profileOf } from "../../../src/domain/acquirers/index.ts";
import type { AcquirerProfile } from "../../../src/domain/acquirers/profile.ts";

const profiles: readonly (readonly [string, AcquirerProfile])[] = Object.entries(acquirers);

describe("acquirers", () => {
  it.each(profiles)("R25 lists %s under its own id", (id, profile) => {
    expect(profile.id).toBe(id);
    expect(profileOf(id)).toBe(profile);
  });

  it.each(profiles)(
    "R25 marks what nobody confirmed about %s, and every limit it leaves open",
    (_, profile) => {
      const facts = ["refundWindowDays", "partialLimit"] as const;
      for (const fact of facts)
        expect(profile.unverified.includes(fact)).toBe(profile[fact] === undefined);
    },
  );

  it("X17 R43 holds the limits of payments-cn.md §2.1", () => {
    expect(acquirers.wechatpay).toMatchObject({
      refundWindowDays: 365,
      partialLimit: 50,
      minIntervalSeconds: 60,
    });
    expect(acquirers.alipay.minIntervalSeconds).toBe(3);
  });

  it("treats an acquirer of a newer version like any other", () => {
    for (const id of ["lakala", "", "constructor"]) expect(profileOf(id)).toBe(acquirers.custom);
  });
});
