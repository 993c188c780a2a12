import { describe, expect, it } from "vitest";
import { acquirerOf } from "../../src/domain/acquirers/index.ts";
import { channels, findChannel } from "../../src/domain/channels.ts";
import { chipReasons, findReason, groupOf, needsNote } from "../../src/domain/reasons.ts";

describe("reasons", () => {
  it("R27 gives every reason exactly one group, as refund-model.md §6 lists them", () => {
    expect(chipReasons.map((reason) => [reason, groupOf(reason)])).toEqual([
      ["faulty", "goods"],
      ["not_as_described", "dispute"],
      ["changed_mind", "other"],
      ["overpaid", "payment_error"],
      ["paid_twice", "payment_error"],
      ["out_of_stock", "dispute"],
      ["wrong_size", "goods"],
      ["service_cancelled", "dispute"],
      ["other", "other"],
    ]);
  });

  it("finds reasons by their code and no others", () => {
    expect(chipReasons.map(findReason)).toEqual([...chipReasons]);
    for (const code of ["", "Faulty", "toString"]) expect(findReason(code)).toBeUndefined();
  });

  it("asks for words only where the code says nothing", () => {
    expect(chipReasons.filter(needsNote)).toEqual(["other"]);
  });
});

describe("channels", () => {
  it("finds channels by their code and no others, each with an acquirer of its own", () => {
    expect(channels.map(findChannel)).toEqual([...channels]);
    expect(findChannel("wechatpay")).toBeUndefined();
    expect(channels.map(acquirerOf)).toEqual(["wechatpay", "alipay", "unionpay", "custom"]);
  });
});
