import { describe, expect, it } from "vitest";

import { parseProfile } from "../../../src/domain/acquirers/edited-profile.ts";
import { acquirerIds, acquirers, shippedProfile } from "../../../src/domain/acquirers/index.ts";
import {
  parseProfileForm,
  writeMinute,
  type ProfileEntry,
} from "../../../src/domain/acquirers/profile-form.ts";
import type { AcquirerProfile } from "../../../src/domain/acquirers/profile.ts";
import { faultOf, valueOf } from "../../support/a.ts";

const textOf = (value: number | string | undefined): string =>
  value === undefined ? "" : String(value);

/** The form as it stands when it opens. */
const fieldsOf = (profile: AcquirerProfile): Readonly<Record<string, string>> => ({
  name: textOf(profile.name),
  settlement: profile.settlement,
  d0Refund: profile.d0Refund,
  balanceSource: profile.balanceSource,
  refundWindowDays: textOf(profile.refundWindowDays),
  closesAfterDays: textOf(profile.closesAfterDays),
  handbackDays: textOf(profile.handbackDays),
  noRecordFinalAfterDays: textOf(profile.noRecordFinalAfterDays),
  voids: profile.voids,
  partials: profile.partials,
  partialLimit: textOf(profile.partialLimit),
  minIntervalSeconds: textOf(profile.minIntervalSeconds),
  feeRule: profile.feeRule,
  refundNoMax: textOf(profile.refundNoMax),
  resendIdempotent: profile.resendIdempotent ? "yes" : "no",
  place: profile.place,
  batchFormat: profile.batchFormat,
  amountUnit: profile.amountUnit,
  walletMinutes: textOf(profile.expected.walletMinutes),
  bankDays: textOf(profile.expected.bankDays),
  phone: textOf(profile.support.phone),
  hours: textOf(profile.support.hours),
});

const entryOf = (
  profile: AcquirerProfile,
  over: Readonly<Record<string, string>> = {},
  ticks: Readonly<Record<string, readonly string[]>> = {},
): ProfileEntry => {
  const fields: Readonly<Record<string, string>> = { ...fieldsOf(profile), ...over };
  const lists: Readonly<Record<string, readonly string[]>> = {
    fields: profile.fields,
    checklist: profile.checklist,
    ...ticks,
  };
  return { text: (name) => fields[name] ?? "", ticks: (name) => lists[name] ?? [] };
};

describe("the form of a profile", () => {
  it.each(acquirerIds)("R25 left alone changes nothing of %s", (id) => {
    const profile = shippedProfile(id);
    expect(valueOf(parseProfileForm(profile, entryOf(profile)))).toEqual(profile);
  });

  it("R25 makes what the owner wrote the merchant's word and leaves the other sources", () => {
    const edited = valueOf(
      parseProfileForm(
        acquirers.lakala,
        entryOf(acquirers.lakala, {
          settlement: "D0",
          voidCutoffMinutes: "22:30",
          hoursFrom: "00:00",
          hoursTo: "23:55",
          refundWindowDays: "１８０",
          partialLimit: "20",
          phone: " 400-000-0000 ",
        }),
      ),
    );
    expect(edited).toMatchObject({
      settlement: "D0",
      voidCutoffMinutes: 1350,
      refundHours: [0, 1435],
      refundWindowDays: 180,
      partialLimit: 20,
      support: { phone: "400-000-0000" },
    });
    const own = Object.entries(edited.facts).filter(([, { level }]) => level === "merchant");
    expect(own.map(([fact]) => fact).sort()).toEqual(
      [
        "settlement",
        "voidCutoffMinutes",
        "refundHours",
        "refundWindowDays",
        "partials",
        "support",
      ].sort(),
    );
    expect(edited.facts.voids).toEqual(acquirers.lakala.facts.voids);
  });

  it("R25 gives a value that is as shipped again its first source again", () => {
    const { wechatpay } = acquirers;
    const edited = valueOf(
      parseProfileForm(wechatpay, entryOf(wechatpay, { refundWindowDays: "" })),
    );
    expect(edited).not.toHaveProperty("refundWindowDays");
    expect(edited.facts.refundWindowDays).toEqual({ level: "merchant" });
    expect(valueOf(parseProfileForm(edited, entryOf(edited, { refundWindowDays: "365" })))).toEqual(
      wechatpay,
    );
  });

  it("ticks steps and fields on and off without losing their order", () => {
    const { shengpay } = acquirers;
    const edited = valueOf(
      parseProfileForm(
        shengpay,
        entryOf(
          shengpay,
          {},
          { fields: ["refund_no", "amount", "out_trade_no"], checklist: ["slip", "stamp"] },
        ),
      ),
    );
    expect(edited.fields).toEqual(["out_trade_no", "amount", "refund_no"]);
    expect(edited.checklist).toEqual(["slip", "stamp"]);
    expect(edited.facts.fields).toEqual({ level: "merchant" });
  });

  it("R25 keeps a copy's name unless a new one is written", () => {
    const copy = parseProfile("lakala_2", { copyOf: "lakala", name: "二店" });
    expect(valueOf(parseProfileForm(copy, entryOf(copy, { name: " " }))).name).toBe("二店");
    expect(valueOf(parseProfileForm(copy, entryOf(copy, { name: "三店" })))).toMatchObject({
      id: "lakala_2",
      copyOf: "lakala",
      name: "三店",
    });
  });

  it.each([
    [{ refundWindowDays: "一年" }, "refundWindowDays"],
    [{ refundWindowDays: "0" }, "refundWindowDays"],
    [{ refundWindowDays: "-3" }, "refundWindowDays"],
    [{ hoursFrom: "09:00" }, "refundHours"],
    [{ hoursFrom: "22:00", hoursTo: "09:00" }, "refundHours"],
    [{ voidCutoffMinutes: "25:00" }, "voidCutoffMinutes"],
    [{ voidCutoffMinutes: "22:75" }, "voidCutoffMinutes"],
    [{ walletMinutes: "" }, "walletMinutes"],
    [{ bankDays: "61" }, "bankDays"],
    [{ refundNoMax: "" }, "refundNoMax"],
    [{ refundNoPrefix: "10" }, "refundNoPrefix"],
    [{ phone: "see contract" }, "phone"],
  ])("tells the field that is wrong in %j", (over, at) => {
    const { chinaums } = acquirers;
    expect(faultOf(parseProfileForm(chinaums, entryOf(chinaums, over)))).toEqual({
      kind: "bad_policy",
      at,
    });
  });

  it("R55 takes no card number for a phone", () => {
    const { custom } = acquirers;
    const typed = entryOf(custom, { phone: "4111 1111 1111 1111" });
    expect(faultOf(parseProfileForm(custom, typed)).kind).toBe("card_number_in_text");
  });

  it("writes minutes as a clock shows them", () => {
    expect([0, 65, 1350, 1440].map(writeMinute)).toEqual(["00:00", "01:05", "22:30", "24:00"]);
  });
});
