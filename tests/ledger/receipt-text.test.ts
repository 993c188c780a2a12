import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { correction, generate } from "lean-qr";
import { describe, expect, it } from "vitest";

import { nextRefundNumber } from "../../src/domain/refund-number.ts";
import { encodeBase64url } from "../../src/ledger/base64url.ts";
import type { JsonObject } from "../../src/ledger/canonical.ts";
import { makeJws } from "../../src/ledger/jws.ts";
import {
  decodeBase45,
  encodeBase45,
  longestOnScreen,
  parseReceipt,
  recordLabel,
  writePaperReceipt,
  writeScreenReceipt,
} from "../../src/ledger/receipt-text.ts";
import { parseRecordLine } from "../../src/ledger/record-line.ts";
import { faultOf, valueOf } from "../support/a.ts";

const example = "tests/fixtures/ledgers/every-kind.refundlog";

const refundTokens = (): readonly string[] =>
  readFileSync(example, "utf8")
    .split("\n")
    .filter((line) => line.endsWith('"t":"rec"}'))
    .map((line) => valueOf(parseRecordLine(line)))
    .filter((record) => record.kind === "refund")
    .map((record) => record.jwt);

const aToken = (payloadSize: number): string =>
  [new Uint8Array(89).fill(7), new Uint8Array(payloadSize).fill(9), new Uint8Array(64).fill(5)]
    .map(encodeBase64url)
    .join(".");

const versionOf = (text: string): number =>
  (generate(text, { minCorrectionLevel: correction.M }).size - 17) / 4;

const page = "https://refund.example/";

describe("base45", () => {
  it.each([
    ["AB", "BB8"],
    ["Hello!!", "%69 VD92EX0"],
    ["base-45", "UJCLQE7W581"],
    ["ietf!", "QED8WEX0"],
  ])("writes %s as RFC 9285 does", (plain, text) => {
    const bytes = new TextEncoder().encode(plain);
    expect(encodeBase45(bytes)).toBe(text);
    expect(decodeBase45(text)).toEqual(bytes);
  });

  it("reads back whatever it wrote", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeBase45(encodeBase45(bytes))).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it.each(["A", "ABCD", "ab0", "GGW", "ZZ", "A B\n"])("refuses %s", (text) => {
    expect(decodeBase45(text)).toBeUndefined();
  });
});

describe("the three forms of a receipt", () => {
  it("all lead back to the same token", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (size) => {
        const jwt = aToken(size);
        expect(parseReceipt(jwt)).toEqual({ ok: true, value: jwt });
        expect(parseReceipt(writePaperReceipt(jwt))).toEqual({ ok: true, value: jwt });
        expect(parseReceipt(`${page}#v=${jwt}`)).toEqual({ ok: true, value: jwt });
        expect(parseReceipt(`${page}#/v/${jwt}`)).toEqual({ ok: true, value: jwt });
      }),
    );
  });

  it("never read a paper code of which a character is missing, added or changed as the same token", () => {
    const jwt = aToken(300);
    const paper = writePaperReceipt(jwt);
    const at = fc.integer({ min: 4, max: paper.length - 1 });
    const damage = fc.tuple(at, fc.constantFrom("", "7", "Z", "ZZ", " "));
    fc.assert(
      fc.property(damage, ([index, by]) => {
        const damaged = paper.slice(0, index) + by + paper.slice(index + 1);
        fc.pre(damaged !== paper);
        const read = parseReceipt(damaged);
        expect(read.ok && read.value === jwt).toBe(false);
      }),
    );
  });

  it.each(["", "RL1:", "RL1:AB", "a.b", "TRAINING R7K2Q4000000001T", "https://x.example/#v="])(
    "refuse %j",
    (text) => {
      expect(faultOf(parseReceipt(text))).toEqual({ kind: "receipt_unreadable" });
    },
  );

  it("throw for a token that no record can be", () => {
    expect(() => writePaperReceipt("a.b.c")).toThrow("compact JWS");
  });

  it("use the link on screen only while it fits into 666 characters, and only over https", () => {
    const room = (size: number): string => writeScreenReceipt(aToken(size), page);
    const links = Array.from({ length: 120 }, (_, index) => room(300 + index)).filter((text) =>
      text.startsWith(page),
    );
    expect(Math.max(...links.map((text) => text.length))).toBeLessThanOrEqual(longestOnScreen);
    expect(room(300)).toBe(`${page}#v=${aToken(300)}`);
    expect(room(400)).toBe(aToken(400));
    expect(writeScreenReceipt(aToken(300), "http://localhost:5173/")).toBe(aToken(300));
  });
});

describe("the refunds of a file with every kind", () => {
  it("fit version 20-M on a screen, as a token and as a link", () => {
    for (const jwt of refundTokens()) {
      expect(versionOf(jwt)).toBeLessThanOrEqual(20);
      expect(versionOf(writeScreenReceipt(jwt, page))).toBeLessThanOrEqual(20);
    }
    expect(refundTokens().length).toBeGreaterThan(5);
  });

  it("fit version 17-M in base45 on 58 mm paper and lead back to the token", () => {
    for (const jwt of refundTokens()) {
      const paper = writePaperReceipt(jwt);
      expect(versionOf(paper)).toBeLessThanOrEqual(17);
      expect(parseReceipt(paper)).toEqual({ ok: true, value: jwt });
    }
  });

  it("stay within 20-M on a screen and 18-M on paper for the longest token of the schema", () => {
    const ofSchema = aToken(Math.floor((655 - 2 - 119 - 86) * 0.75));
    expect(ofSchema.length).toBeGreaterThanOrEqual(654);
    expect(versionOf(ofSchema)).toBeLessThanOrEqual(20);
    expect(versionOf(writePaperReceipt(ofSchema))).toBeLessThanOrEqual(18);
  });
});

/** What every refund record of this app holds, each number as long as it ever gets. */
const longest = {
  _sd: ["A".repeat(43)],
  amt: 99_999_999,
  cur: "CNY",
  iat: 9_999_999_999,
  kind: "refund",
  no: nextRefundNumber("Z9Z9Z9", 999_999_998).number,
  prev: "A".repeat(43),
  seq: 9_999_999,
  type: "exchange",
  v: 1,
};

const ofPayment = {
  mode: "referenced",
  rem: [99_999_999, 99_999_999],
  sale: "Z".repeat(16),
};

const tokenOf = (claims: JsonObject): Promise<string> =>
  makeJws("refund+sd-jwt", claims, {
    kid: "A".repeat(43),
    sign: async () => new Uint8Array(64).fill(1),
  });

describe("the longest refunds that this app can write", () => {
  it.each([
    ["a first attempt", { ...longest, ...ofPayment, try: 1 }],
    ["a later one", { ...longest, ...ofPayment, of: 9_999_998, try: 99 }],
    ["one without a payment", { ...longest, mode: "unreferenced", try: 1 }],
  ])("R50 refundlog §15 fit 20-M on a screen and 17-M on 58 mm: %s", async (_, claims) => {
    const jwt = await tokenOf(claims);
    expect(versionOf(writeScreenReceipt(jwt, page))).toBeLessThanOrEqual(20);
    expect(versionOf(writePaperReceipt(jwt))).toBeLessThanOrEqual(17);
    expect(parseReceipt(writePaperReceipt(jwt))).toEqual({ ok: true, value: jwt });
  });
});

describe("the line under the code", () => {
  it("names till and place with six digits", () => {
    expect(recordLabel("T1", 19)).toBe("T1-000019");
  });
});
