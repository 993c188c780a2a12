import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CNY } from "../../../src/domain/currency.ts";
import {
  amountLimits,
  defaultPolicy,
  findPolicyFault,
  parsePolicy,
  writePolicy,
  type ShopPolicy,
} from "../../../src/domain/policy/shop-policy.ts";
import {
  fieldOf,
  parsePolicyForm,
  writePolicyForm,
  type PolicyField,
  type PolicyForm,
} from "../../../src/domain/policy/policy-form.ts";
import { findVoidWording } from "../../../src/domain/policy/void-wording.ts";
import { eligibilityOf, reasonCodes, type EditedEligibility } from "../../../src/domain/reasons.ts";
import { faultOf, valueOf } from "../../support/a.ts";
import { anyPolicy } from "./arbitrary-facts.ts";
import { aPolicy } from "./facts.ts";

describe("parsePolicy", () => {
  it("R10 invariant 24: reads back what it writes", () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(parsePolicy(writePolicy(policy))).toEqual(policy);
      }),
    );
  });

  it("fills what an older version left out, and falls back from what makes no sense", () => {
    expect(parsePolicy({})).toEqual(defaultPolicy);
    expect(parsePolicy({ windowDays: 3 })).toEqual(aPolicy({ windowDays: 3 }));
    for (const windowDays of [-1, 1.5, 3_651, "7", null])
      expect(parsePolicy({ windowDays })).toEqual(defaultPolicy);
  });

  it("R10 the default is what refund-model.md §7 proposes, and has no fault", () => {
    expect(amountLimits(defaultPolicy)).toEqual({ clerk: 20_000, lead: 200_000 });
    expect(amountLimits(aPolicy({ limits: { clerk: {}, lead: {} } }))).toEqual({});
    expect(findPolicyFault(defaultPolicy)).toBeUndefined();
  });
});

describe("findPolicyFault", () => {
  const cases: readonly (readonly [string, Partial<ShopPolicy>])[] = [
    ["windowDays", { windowDays: -1 }],
    ["windowDays", { windowDays: 3_651 }],
    ["coolingOffDays", { coolingOffDays: 1.5 }],
    ["photoFrom", { photoFrom: 100_000_000 }],
    ["typedTwiceFrom", { typedTwiceFrom: NaN }],
    ["excludedGoods.1", { excludedGoods: ["定制", ""] }],
    ["excludedGoods", { excludedGoods: Array<string>(51).fill("定制") }],
    ["limits.clerk.amount", { limits: { clerk: { amount: -1 }, lead: {} } }],
    ["limits.lead.refunds", { limits: { clerk: {}, lead: { refunds: 0 } } }],
    ["text.zh", { text: { zh: "退".repeat(2_001), en: "" } }],
    ["text.en", { text: { zh: "", en: "r".repeat(4_001) } }],
  ];

  it.each(cases)("R10 names the place that is wrong: %s", (at, over) => {
    expect(findPolicyFault(aPolicy(over))).toEqual({ kind: "bad_policy", at });
  });

  it("R10 R21 does not keep words that take the customers' rights", () => {
    const text = { zh: "本店商品，一经售出概不退换。", en: "" };
    expect(findPolicyFault(aPolicy({ text }))).toEqual({ kind: "voids_rights", words: "概不退" });
  });
});

describe("findVoidWording", () => {
  it.each([
    "概不退换",
    "特价商品 概 不 退 换！",
    "本店商品一律不退",
    "一律不予退款",
    "一概不接受退货",
    "售出恕不退换",
    "任何情况下均不退款",
    "不退不换",
    "商品售出，不退换",
    "离柜概不负责",
    "本活动最终解释权归本店所有",
  ])("R21 finds that %s is void (消法 Art. 24–26)", (zh) => {
    expect(findVoidWording({ zh, en: "" })).toBeDefined();
  });

  it.each([
    "No refunds under any circumstances.",
    "no refunds or exchanges\nunder any circumstances",
    "Under no circumstances will we refund.",
    "No returns, no refunds.",
    "ALL SALES FINAL",
    "All sales are final!",
    "No refunds whatsoever",
    "We never give refunds",
  ])("R21 finds that %j is void", (en) => {
    expect(findVoidWording({ zh: "", en })).toBeDefined();
  });

  it.each([
    ["", ""],
    ["7 天内可以退货，请出示付款凭证。", "Refunds within 7 days with a proof of payment."],
    ["定制商品非质量问题不退换。", "No refunds after 7 days unless the goods are faulty."],
    ["退款回到付款账户，不退现金。", "No returns or refunds after 30 days; faulty goods always."],
    ["一律原路退回，不收手续费。", "All sales final on custom goods, faulty ones excepted."],
    ["我们一律按规定退款。", "We refund in any case where goods are faulty."],
  ])("R21 leaves %s / %s alone", (zh, en) => {
    expect(findVoidWording({ zh, en })).toBeUndefined();
  });
});

const form =
  (over: Partial<Record<PolicyField, string>>, policy = defaultPolicy): PolicyForm =>
  (field) =>
    over[field] ?? writePolicyForm(policy, CNY)(field);

describe("parsePolicyForm", () => {
  it("R10 R21 reads back every policy that its fields can say", () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const eligible: EditedEligibility = Object.fromEntries(
          reasonCodes.flatMap((reason) => {
            const chosen = eligibilityOf(reason, policy.eligible);
            return chosen === eligibilityOf(reason) ? [] : [[reason, chosen]];
          }),
        );
        const read = valueOf(parsePolicyForm(writePolicyForm(policy, CNY), CNY));
        expect(read).toEqual({ ...policy, eligible });
      }),
    );
  });

  it("takes full-width digits, an amount without decimals and limits left empty", () => {
    const typed = form({
      windowDays: "１４",
      photoFrom: "300",
      "limits.clerk.amount": "",
      "limits.clerk.days": " ",
      "limits.clerk.refunds": "",
    });
    expect(valueOf(parsePolicyForm(typed, CNY))).toEqual(
      aPolicy({
        windowDays: 14,
        photoFrom: 30_000,
        limits: { clerk: {}, lead: defaultPolicy.limits.lead },
      }),
    );
  });

  it("reads one excluded article per line, each once, empty lines not at all", () => {
    const typed = form({ excludedGoods: " 定制 \r\n\n鲜活\n定制\n" });
    expect(valueOf(parsePolicyForm(typed, CNY)).excludedGoods).toEqual(["定制", "鲜活"]);
  });

  it("R9 keeps of the reasons only what differs from the usual", () => {
    const typed = form({ "eligible.goodwill": "no", "eligible.faulty": "yes" });
    expect(valueOf(parsePolicyForm(typed, CNY)).eligible).toEqual({ goodwill: "no" });
  });

  it.each([
    ["windowDays", "seven"],
    ["windowDays", ""],
    ["coolingOffDays", "-1"],
    ["photoFrom", "1,000"],
    ["typedTwiceFrom", "0.001"],
    ["limits.clerk.amount", "many"],
    ["limits.lead.days", "1.5"],
    ["limits.clerk.refunds", "0"],
  ] as const)("R10 says which field is wrong: %s with %j", (field, text) => {
    const fault = faultOf(parsePolicyForm(form({ [field]: text }), CNY));
    expect(fieldOf(fault)).toBe(field);
  });

  it("R10 says it beside the list of goods and beside the text", () => {
    const long = faultOf(parsePolicyForm(form({ excludedGoods: `定制\n${"长".repeat(41)}` }), CNY));
    expect(fieldOf(long)).toBe("excludedGoods");
    const worded = faultOf(parsePolicyForm(form({ "text.zh": "概不退换" }), CNY));
    expect(fieldOf(worded)).toBe("text.zh");
  });
});
