import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { businessDate, startOfDay } from "../../src/domain/instant.ts";
import {
  defaultSetting,
  findSettingFault,
  parseSetting,
  parseTypedSetting,
  writeCutoff,
  writeSetting,
  type ShopSetting,
  type TypedSetting,
} from "../../src/domain/shop-setting.ts";
import { at, faultOf, shanghai, valueOf } from "../support/a.ts";

const aSetting: fc.Arbitrary<ShopSetting> = fc.record({
  mail: fc.constantFrom("", "shop@example.com"),
  phone: fc.constantFrom("", "138 0013 8000"),
  address: fc.constantFrom("", "中山路 7 号"),
  cutoffMinutes: fc.integer({ min: 0, max: 1439 }),
  lockMinutes: fc.integer({ min: 1, max: 30 }),
  sharePercent: fc.integer({ min: 0, max: 100 }),
  uploadOrigin: fc.constantFrom("", "https://dav.example.com", "http://127.0.0.1:8080"),
});

const typed = (over: Partial<TypedSetting> = {}): TypedSetting => ({
  mail: "",
  phone: "",
  address: "",
  cutoffMinutes: "00:00",
  lockMinutes: "3",
  sharePercent: "100",
  ...over,
});

describe("a setting document", () => {
  it("is read back as it was written", () => {
    fc.assert(
      fc.property(aSetting, (setting) => {
        expect(parseSetting(writeSetting(setting))).toEqual(setting);
        expect(findSettingFault(setting)).toBeUndefined();
      }),
    );
  });

  it("is read whatever it holds, and what is wrong alone has its default", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
        const read = parseSetting(document as Parameters<typeof parseSetting>[0]);
        expect(findSettingFault(read)).toBeUndefined();
      }),
    );
    expect(parseSetting({ cutoffMinutes: 240, lockMinutes: 99, mail: 7, later: true })).toEqual({
      ...defaultSetting,
      cutoffMinutes: 240,
    });
  });
});

describe("where a device sends its files", () => {
  it("is not named where it sends nothing: such a document looks as it always did", () => {
    expect(Object.keys(writeSetting(defaultSetting))).not.toContain("uploadOrigin");
  });

  it.each([
    "http://dav.example.com",
    "https://dav.example.com/",
    "https://dav.example.com:443",
    "https://me:secret@dav.example.com",
    "https://DAV.example.com",
    "https://dav.example.com https://evil.example",
    "*",
  ])("is scheme, host and port alone, not %s", (uploadOrigin) => {
    expect(parseSetting({ uploadOrigin }).uploadOrigin).toBe("");
    expect(findSettingFault({ ...defaultSetting, uploadOrigin })?.kind).toBe(
      "upload_address_wrong",
    );
  });
});

describe("a typed setting", () => {
  it("is read back as a clock shows it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => {
        const read = valueOf(parseTypedSetting(typed({ cutoffMinutes: writeCutoff(minutes) })));
        expect(read.cutoffMinutes).toBe(minutes);
      }),
    );
  });

  it("X10 bounds nothing that an older version wrote, and keeps a share of 0 to 100 percent", () => {
    expect(parseSetting({ lockMinutes: 5 }).sharePercent).toBe(100);
    for (const sharePercent of ["0", "50", "１００"])
      expect(valueOf(parseTypedSetting(typed({ sharePercent }))).sharePercent).toBe(
        Number(sharePercent.normalize("NFKC")),
      );
  });

  it("takes full-width digits and drops outer space", () => {
    const read = parseTypedSetting(typed({ lockMinutes: "１５", mail: " shop@example.com " }));
    expect(valueOf(read)).toMatchObject({ lockMinutes: 15, mail: "shop@example.com" });
  });

  it.each([
    ["mail_wrong", { mail: "shop" }],
    ["mail_wrong", { mail: "a@b.cn, c@d.cn" }],
    ["setting_too_long", { address: "路".repeat(201) }],
    ["card_number_in_text", { phone: "4111 1111 1111 1111" }],
    ["cutoff_wrong", { cutoffMinutes: "" }],
    ["cutoff_wrong", { cutoffMinutes: "24:00" }],
    ["lock_minutes_wrong", { lockMinutes: "0" }],
    ["lock_minutes_wrong", { lockMinutes: "31" }],
    ["lock_minutes_wrong", { lockMinutes: "2.5" }],
    ["lock_minutes_wrong", { lockMinutes: "" }],
    ["share_wrong", { sharePercent: "101" }],
    ["share_wrong", { sharePercent: "-1" }],
    ["share_wrong", { sharePercent: "" }],
  ])("R55 F84 is refused: %s", (kind, over) => {
    expect(faultOf(parseTypedSetting(typed(over))).kind).toBe(kind);
  });
});

describe("the cut-off", () => {
  it("begins the day at its second, and not one before", () => {
    const calendar = { ...shanghai, cutoffMinutes: 240 };
    expect(startOfDay(businessDate(at("2026-11-22T20:00:00Z"), calendar), calendar)).toBe(
      "2026-11-22T20:00:00Z",
    );
    expect(businessDate(at("2026-11-22T20:00:00Z"), calendar)).toBe("2026-11-23");
    expect(businessDate(at("2026-11-22T19:59:59Z"), calendar)).toBe("2026-11-22");
  });
});
