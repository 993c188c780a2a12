import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { BusinessDate } from "../../src/domain/instant.ts";
import { readCode, readOrder, type Books } from "../../src/ui/screens/scan/read-code.ts";
import { aCaseId, aPayment, aPaymentId, aRefundNo } from "../support/a.ts";

const wechat = "4200009900202611220001234567";
const order = "L2026112200001";
const aboutOne = { kind: "payment", spelling: "exact" } as const;
const found = { payment: aPayment(), rows: [], others: [] };

/** Books that know one payment by two numbers and one refund. */
const books = (over: Partial<Books> = {}): Books & { readonly asked: string[] } => {
  const asked: string[] = [];
  return {
    today: "2026-11-22" as BusinessDate,
    find: async (number) => {
      asked.push(number);
      if (number === wechat || number === order) return { ...aboutOne, found };
      if (number === "SHARED001") return { kind: "several", found: [found, found] };
      if (number === aRefundNo()) return { kind: "refund", caseId: aCaseId() };
      return { kind: "nothing" };
    },
    ownCase: async () => undefined,
    asked,
    ...over,
  };
};

const base64url = (text: string): string => Buffer.from(text).toString("base64url");
const slip = `${base64url('{"alg":"ES256","kid":"QMho3W6ryjm6jJ_84s7iN0E14hD2RZwiZ_dzGceRUcE","typ":"refund+sd-jwt"}')}.${base64url('{"seq":7}')}.c2lnbmF0dXJl`;

describe("a number", () => {
  it("of a payment opens its refund", async () => {
    expect(await readCode(wechat, books())).toEqual({
      kind: "go",
      href: `#/r/new?c=${wechat}`,
      to: aPaymentId(),
      known: true,
    });
  });

  it("that two payments bear opens the refund, which asks which one", async () => {
    expect(await readCode("SHARED001", books())).toMatchObject({ href: "#/r/new?c=SHARED001" });
  });

  it("of our own refund opens its record", async () => {
    expect(await readCode(aRefundNo(), books())).toMatchObject({ href: `#/r/${aCaseId()}` });
  });

  it("that is not here leads to recording that payment, prefilled", async () => {
    expect(await readCode("20261122140278901", books())).toMatchObject({
      href: "#/payment/new?c=20261122140278901",
      known: false,
    });
  });

  it("of a product is no order, unless a person typed it", async () => {
    expect(await readCode("6901234567892", books())).toEqual({ kind: "said", what: "product" });
    expect(await readCode("6901234567892", books(), true)).toMatchObject({ kind: "go" });
  });
});

describe("a code of another phone of the shop", () => {
  it.each([
    ["RLH1:ABC", "#/send?c=RLH1%3AABC"],
    ["RLF1:ABC", "#/filter?c=RLF1%3AABC"],
    ["UR:BYTES/1-9/LPAD", "#/receive"],
  ])("X9 %s opens the page that it is for", async (text, href) => {
    expect(await readCode(text, books())).toMatchObject({ kind: "go", href });
  });
});

describe("a payment code", () => {
  const payment = fc.stringMatching(/^[3-9]{14}$/).map((rest) => `1334${rest}`);

  it("X27 is refused, and no digit between the first and last two leaves", async () => {
    await fc.assert(
      fc.asyncProperty(payment, async (text) => {
        const seen = books();
        const reading = await readCode(text, seen);
        expect(reading).toEqual({ kind: "said", what: "payment_code" });
        expect(seen.asked).toEqual([]);
      }),
    );
  });

  it("that may be a dated order number is asked about and looked up only after the answer", async () => {
    const seen = books();
    const text = "261122116574060365";
    const reading = await readCode(text, seen);
    expect(reading).toMatchObject({ kind: "ask", shown: "26…65", date: "2026-11-22" });
    expect(seen.asked).toEqual([]);
    expect(await readOrder(text, seen)).toMatchObject({ href: `#/payment/new?c=${text}` });
    expect(seen.asked).toEqual([text]);
  });
});

describe("a slip of this app", () => {
  it("is checked when it is another shop's", async () => {
    expect(await readCode(slip, books())).toMatchObject({ kind: "go", to: "slip" });
  });

  it("opens the record when this device signed it", async () => {
    expect(await readCode(slip, books({ ownCase: async () => aCaseId() }))).toMatchObject({
      href: `#/r/${aCaseId()}`,
    });
  });

  it("of practice says so where it is not known", async () => {
    expect(await readCode(`TRAINING ${aRefundNo(2)}`, books())).toEqual({
      kind: "said",
      what: "training_slip",
    });
  });
});

describe("what names no payment", () => {
  it.each([
    ["https://qr.95516.com/00010000/abc", "collection"],
    ["wxp://f2f0abcdefghijklmnop", "collection"],
    ["00020101021129370016A0000006770101110113006681222333353037645802TH63041DCF", "collection"],
    ["00020101021129370016A0000006770101110113006681222333453037645802TH63041DCF", "damaged"],
    ["00020101021129370016A00000067701011101130066812223", "damaged"],
    [`${base64url('{"alg":"ES256","kid":"k","typ":"refund-csr+jwt"}')}.e30.c2ln`, "own_other"],
  ])("%s is told as %s", async (text, what) => {
    expect(await readCode(text, books())).toMatchObject({ kind: "said", what });
  });

  it("is shown with hidden characters made visible", async () => {
    expect(await readCode("你好\u202Eabc", books())).toEqual({
      kind: "said",
      what: "unknown",
      text: "你好\\u{202e}abc",
    });
  });
});

describe("codes of an approval on a second phone", () => {
  it("X29 a request opens the page that answers it, an answer the refund it is about", async () => {
    const request = "RLA1:aaa.bbb.ccc~refund~0";
    expect(await readCode(request, books())).toMatchObject({
      kind: "go",
      href: `#/approve?c=${encodeURIComponent(request)}`,
    });
    const header = Buffer.from('{"alg":"ES256","typ":"refund-approve+jwt"}').toString("base64url");
    const answer = `${header}.bbb.ccc`;
    expect(await readCode(answer, books())).toEqual({ kind: "said", what: "approval" });
    expect(await readCode(answer, books({ ownCase: async () => aCaseId() }))).toMatchObject({
      href: `#/approval/${aCaseId()}/phone?c=${encodeURIComponent(answer)}`,
    });
  });
});
