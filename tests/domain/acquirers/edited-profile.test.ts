import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  copyProfile,
  newProfileId,
  parseProfile,
  writeProfile,
} from "../../../src/domain/acquirers/edited-profile.ts";
import { acquirerIds, acquirers, shippedProfile } from "../../../src/domain/acquirers/index.ts";
import { findProfileFault } from "../../../src/domain/acquirers/profile-fault.ts";
import { profileFacts, type AcquirerProfile } from "../../../src/domain/acquirers/profile.ts";
import type { JsonObject } from "../../../src/domain/journal-event.ts";
import { documentHash } from "../../../src/ledger/document-hash.ts";

const memberNames = [
  "name copyOf acquirer settlement d0Refund balanceSource refundWindowDays refundHours closesAfterDays",
  "noRecordFinalAfterDays voids voidCutoffMinutes partials partialLimit minIntervalSeconds feeRule",
  "refundNoMax refundNoPrefix resendIdempotent place batchFormat fields amountUnit checklist expected",
  "support ownErrors facts without channels errors notes id __proto__ constructor",
].flatMap((line) => line.split(" "));

const words = fc.constantFrom(
  "D0",
  "unknown",
  "yes",
  "no",
  "many",
  "once",
  "portal",
  "terminal",
  "kept",
  "wechatpay",
  "lakala",
  "yuan",
  "refund-list-csv",
);

const anyMember = fc.oneof(
  words,
  fc.boolean(),
  fc.integer({ min: -5, max: 4000 }),
  fc.double(),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.array(fc.oneof(words, fc.integer({ min: 0, max: 1440 }), fc.constantFrom(...memberNames)), {
    maxLength: 3,
  }),
  fc.dictionary(
    fc.constantFrom("walletMinutes", "bankDays", "phone", "hours", "quote", ...profileFacts),
    fc.oneof(
      fc.integer({ min: 0, max: 90 }),
      fc.constantFrom("400-1", "9:00–18:00"),
      fc.constantFrom<JsonObject[]>(
        { level: "merchant" },
        { level: "sure" },
        { level: "doc", source: "合同" },
      ),
    ),
    { maxKeys: 4 },
  ),
  fc.constant([
    { codes: ["E1"], meaning: "frozen", state: "failed", actions: ["stop"], verified: true },
  ]),
  fc.jsonValue(),
);

const anyDocument = fc.dictionary(fc.constantFrom(...memberNames), anyMember, {
  maxKeys: 12,
}) as fc.Arbitrary<JsonObject>;

const anyId = fc.constantFrom(...acquirerIds, "lakala_2", "my_bank", "constructor");

/** Whether everything of a document is an integer, a text, a boolean or a list or map of them. */
const isRecordable = (value: unknown): boolean => {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value === "string" || typeof value === "boolean") return true;
  return typeof value === "object" && value !== null && Object.values(value).every(isRecordable);
};

describe("a profile in the journal", () => {
  it("R25 changes only what its document says, member by member", () => {
    const edited = parseProfile("lakala", {
      acquirer: "lakala",
      settlement: "D0",
      refundWindowDays: 180,
      expected: { bankDays: 7 },
      support: { phone: "400-000-0000" },
      facts: { settlement: { level: "merchant" } },
    });
    expect(edited).toEqual({
      ...acquirers.lakala,
      settlement: "D0",
      refundWindowDays: 180,
      expected: { walletMinutes: 5, bankDays: 7 },
      support: { ...acquirers.lakala.support, phone: "400-000-0000" },
      facts: { ...acquirers.lakala.facts, settlement: { level: "merchant" } },
    });
  });

  it.each([
    [{ settlement: "D7" }],
    [{ refundWindowDays: 0 }],
    [{ refundWindowDays: 1.5 }],
    [{ refundWindowDays: "365" }],
    [{ refundHours: [600, 540] }],
    [{ refundHours: [0, 1441] }],
    [{ voidCutoffMinutes: 1441 }],
    [{ refundNoPrefix: "10-7" }],
    [{ refundNoMax: 15 }],
    [{ expected: { bankDays: 0 } }],
    [{ expected: [] }],
    [{ support: { phone: "javascript:alert(1)" } }],
    [{ support: { hours: "\ud800" } }],
    [{ facts: { settlement: { level: "certain" } } }],
    [{ ownErrors: [{ codes: [] }] }],
    [{ name: "" }],
    [{ channels: [] }],
    [{ errors: [] }],
    [{ nobody: "knows" }],
    [{ without: "refundWindowDays" }],
    [{ without: ["settlement", "id"] }],
    [{ copyOf: "lakala" }],
  ])("falls back to the shipped value for %j", (document) => {
    expect(parseProfile("wechatpay", document as JsonObject)).toEqual(acquirers.wechatpay);
  });

  it("R25 can take a shipped limit away", () => {
    const { refundWindowDays: _, ...free } = acquirers.wechatpay;
    const document = writeProfile(free);
    expect(document).toEqual({ acquirer: "wechatpay", without: ["refundWindowDays"] });
    expect(parseProfile("wechatpay", document)).toEqual(free);
  });

  it("writes nothing but its name when nothing differs", () => {
    for (const id of acquirerIds)
      expect(writeProfile(shippedProfile(id))).toEqual({ acquirer: id });
  });

  it("reads any document without a fault, and reads back what it writes", () => {
    fc.assert(
      fc.property(anyId, anyDocument, (id, document) => {
        const profile = parseProfile(id, document);
        const written = writeProfile(profile);
        expect(isRecordable(written)).toBe(true);
        expect(documentHash(written)).toHaveLength(43);
        expect(parseProfile(id, written)).toEqual(profile);
        expect(written["acquirer"]).toBe(id);
        expect(Object.keys(profile.facts).sort()).toEqual([...profileFacts].sort());
      }),
      { numRuns: 1000 },
    );
  });

  it("drops every bad member and keeps the good ones beside it", () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const good = { ...document, settlement: "D0", partialLimit: 3 };
        expect(parseProfile("alipay", good)).toMatchObject({ settlement: "D0", partialLimit: 3 });
      }),
    );
  });
});

describe("a copy of a profile", () => {
  const copy = copyProfile(acquirers.wechatpay, { id: "wechatpay_2", name: "  服务商甲 " });

  it("R25 is the owner's own under a new id, with what it was copied from", () => {
    expect(copy).toEqual({
      ...acquirers.wechatpay,
      id: "wechatpay_2",
      name: "服务商甲",
      copyOf: "wechatpay",
    });
    expect(findProfileFault(copy)).toBeUndefined();
  });

  it("R25 keeps its own changes and what newer versions ship", () => {
    const document = writeProfile({ ...copy, refundWindowDays: 30 });
    expect(document).toEqual({
      acquirer: "wechatpay_2",
      copyOf: "wechatpay",
      name: "服务商甲",
      refundWindowDays: 30,
    });
    expect(parseProfile("wechatpay_2", document).errors).toBe(acquirers.wechatpay.errors);
  });

  it("gets the first id that is free, after the shipped profile it comes from", () => {
    expect(newProfileId(acquirers.lakala, [])).toBe("lakala_2");
    expect(newProfileId({ ...copy }, ["wechatpay_2", "wechatpay_3"])).toBe("wechatpay_4");
    for (const id of acquirerIds)
      expect(newProfileId(shippedProfile(id), [])).toMatch(/^[a-z0-9_]{1,32}$/);
  });
});

const faultAt = (over: Partial<AcquirerProfile>): string | undefined => {
  const fault = findProfileFault({ ...acquirers.chinaums, ...over });
  return fault?.kind === "bad_policy" ? fault.at : fault?.kind;
};

describe("an edited profile", () => {
  it.each([
    [{ refundWindowDays: Number.NaN }, "refundWindowDays"],
    [{ refundHours: [60, 60] as const }, "refundHours"],
    [{ expected: { walletMinutes: 0, bankDays: 3 } }, "walletMinutes"],
    [{ support: { quote: [], phone: "call me" } }, "phone"],
    [{ refundNoPrefix: "10" }, "refundNoPrefix"],
    [{ refundNoPrefix: "1017", refundNoMax: 19 }, "refundNoMax"],
    [{ id: "Our Bank" }, "id"],
    [{ copyOf: "lakala" }, "name"],
    [{ name: "4111 1111 1111 1111" }, "card_number_in_text"],
    [{ support: { quote: [], phone: "4111111111111111" } }, "card_number_in_text"],
    [{ refundNoPrefix: "1017" }, undefined],
  ])("R55 with %j is told its fault", (over, at) => {
    expect(faultAt(over as Partial<AcquirerProfile>)).toBe(at);
  });
});
