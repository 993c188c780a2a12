import { describe, expect, it } from "vitest";
import { channels, findChannel } from "../../src/domain/channels.ts";
import {
  alternatives,
  chipReasons,
  eligibilityOf,
  expectsGoods,
  findReason,
  findRefusal,
  groupOf,
  moreReasons,
  needsNote,
  papersOf,
  reasonCodes,
  refusalReasons,
  type ReasonCode,
} from "../../src/domain/reasons.ts";

/** The table of refund-model.md §6: reason, group, eligible, papers, goods expected back. */
const table = [
  "faulty goods yes voucher,photo goods",
  "not_as_described dispute yes voucher,photo goods",
  "changed_mind other in_window voucher goods",
  "overpaid payment_error yes voucher -",
  "paid_twice payment_error yes voucher -",
  "out_of_stock dispute yes voucher -",
  "wrong_size goods in_window voucher goods",
  "service_cancelled dispute yes voucher -",
  "other other approval voucher,form -",
  "wrong_payee payment_error approval voucher,form -",
  "sale_not_completed payment_error yes voucher -",
  "damaged goods yes voucher,photo goods",
  "wrong_item goods yes voucher goods",
  "missing_item goods yes voucher -",
  "price_adjust other approval voucher -",
  "goodwill other approval form -",
  "fraud_suspected dispute no voucher,photo,form -",
];

const rowOf = (reason: ReasonCode): string =>
  [
    reason,
    groupOf(reason),
    eligibilityOf(reason),
    papersOf(reason).join(),
    expectsGoods(reason) ? "goods" : "-",
  ].join(" ");

describe("reasons", () => {
  it("R9 R27 R29 are judged, grouped and papered as refund-model.md §6 lists them", () => {
    expect(reasonCodes.map(rowOf)).toEqual(table);
  });

  it("R27 stand in their order, eight chips, other, and the rest behind it", () => {
    expect(chipReasons).toHaveLength(9);
    expect(chipReasons.at(-1)).toBe("other");
    expect(reasonCodes).toEqual([...chipReasons, ...moreReasons]);
    expect(new Set(reasonCodes).size).toBe(17);
  });

  it("finds reasons by their code and no others", () => {
    expect(reasonCodes.map(findReason)).toEqual(reasonCodes);
    for (const code of ["", "Faulty", "toString"]) expect(findReason(code)).toBeUndefined();
  });

  it("R9 asks for words where the code says nothing or the policy does not know it", () => {
    expect(reasonCodes.filter((code) => needsNote(code))).toEqual(["other", "fraud_suspected"]);
  });

  it("R9 asks for words too where the owner does not refund for a reason", () => {
    const edited = { goodwill: "no", fraud_suspected: "approval", other: "yes" } as const;
    expect(reasonCodes.filter((code) => needsNote(code, edited))).toEqual(["other", "goodwill"]);
    expect(eligibilityOf("goodwill", edited)).toBe("no");
    expect(eligibilityOf("faulty", edited)).toBe("yes");
  });
});

describe("refusals", () => {
  it("R24 are found by their code and no others", () => {
    expect(refusalReasons.map(findRefusal)).toEqual(refusalReasons);
    for (const code of ["", "faulty", "constructor"]) expect(findRefusal(code)).toBeUndefined();
  });

  it("R24 offer something in place of money", () => {
    expect(alternatives).toEqual(["exchange", "repair", "store_credit", "partial", "complaint"]);
  });
});

describe("channels", () => {
  it("finds channels by their code and no others", () => {
    expect(channels.map(findChannel)).toEqual([...channels]);
    expect(findChannel("wechatpay")).toBeUndefined();
  });
});
