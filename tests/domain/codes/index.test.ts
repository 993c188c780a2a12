import { existsSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCode } from "../../../src/domain/codes/index.ts";
import type { ScannedCode } from "../../../src/domain/codes/scanned-code.ts";
import type { BusinessDate } from "../../../src/domain/instant.ts";
import { checkCharacter } from "../../../src/domain/refund-number.ts";

const folder = "../shared/data/codes";
const today = "2026-11-22" as BusinessDate;

type Sample = {
  readonly text: string;
  readonly kinds: readonly string[];
  readonly ask?: boolean;
  readonly neverStore?: boolean;
  readonly date?: string;
  readonly normalised?: string;
  readonly sourcePrefix?: string;
  readonly institution?: string;
  readonly crcOk?: boolean;
  readonly fields?: readonly (readonly [string, string])[];
};

const samplesOf = (file: string): readonly Sample[] =>
  existsSync(folder) ? readSamples(file) : [];

const readSamples = (file: string): readonly Sample[] =>
  (JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as { codes: readonly Sample[] }).codes;

const candidatesOf = (code: ScannedCode): readonly { readonly kind: string }[] => {
  switch (code.kind) {
    case "own":
    case "merchant":
      return [code.code];
    case "payment_code":
      return code.candidates;
    case "ask":
      return [...code.candidates, ...code.numbers];
    case "number":
      return code.numbers;
    case "unreadable":
      return [];
  }
};

const kindsOf = (code: ScannedCode): readonly string[] =>
  candidatesOf(code).map((candidate) => candidate.kind.toUpperCase());

const withCheck = (body: string): string => body + checkCharacter(body);

const base64url = (text: string): string => Buffer.from(text).toString("base64url");

const jwtOf = (type: string): string =>
  `${base64url(`{"alg":"ES256","kid":"QMho3W6ryjm6jJ_84s7iN0E14hD2RZwiZ_dzGceRUcE","typ":"${type}"}`)}.${base64url('{"amt":2000}')}.c2lnbmF0dXJl`;

describe.skipIf(!existsSync(folder))("codes of ../shared/data/codes (skipped without it)", () => {
  it.each(samplesOf("codes.json"))("names $text as $kinds", (sample) => {
    const code = parseCode(sample.text, today);
    expect(kindsOf(code)).toEqual(sample.kinds);
    expect(code.kind === "ask").toBe(sample.ask);
    expect(code.kind === "payment_code" || code.kind === "ask").toBe(sample.neverStore);
    const candidate = candidatesOf(code).at(-1) as Readonly<Record<string, unknown>>;
    if (sample.normalised !== undefined) expect(candidate["text"]).toBe(sample.normalised);
    for (const fact of ["date", "sourcePrefix", "institution"] as const)
      if (sample[fact] !== undefined) expect(candidate[fact]).toBe(sample[fact]);
  });

  it.each(samplesOf("emv_mpm.json"))(
    "reads the fields and the CRC of an EMV code: $text",
    (sample) => {
      const code = parseCode(sample.text, today);
      expect(kindsOf(code)).toEqual(sample.kinds);
      if (code.kind !== "merchant" || code.code.kind !== "emv_mpm") {
        expect(sample.kinds).toEqual(["EMV_MPM_DAMAGED"]);
        return;
      }
      expect(code.code.fields.map(({ id, value }) => [id, value])).toEqual(sample.fields);
      expect(code.code.reasons.includes("crc_fits")).toBe(sample.crcOk);
    },
  );

  it.each(samplesOf("emv_cpm.json"))("never keeps a customer-presented EMV code", (sample) => {
    expect(parseCode(sample.text, today)).toMatchObject({
      kind: "payment_code",
      candidates: [{ kind: "emv_cpm" }],
    });
  });

  it.each(samplesOf("invoice.json"))("reads the invoice $text", (sample) => {
    const code = parseCode(sample.text, today);
    expect(kindsOf(code)).toEqual(sample.kinds);
    if (code.kind !== "merchant" || code.code.kind !== "invoice_qr") throw new Error("no invoice");
    expect(code.code.reasons.includes("crc_fits")).toBe(sample.crcOk);
    const { type, number, amount, date, checkCode, crc } = sample as unknown as Record<
      string,
      string
    >;
    expect(code.code.invoice).toMatchObject({ type, number, amount, date, checkCode, crc });
  });
});

describe("payer codes", () => {
  it("carries at most the first two and the last two digits of a payment code", () => {
    const digits = fc.stringMatching(/^[2-9]{14}$/);
    fc.assert(
      fc.property(fc.constantFrom("13", "28", "51"), digits, (prefix, rest) => {
        const text = `${prefix}34${rest}`;
        const code = parseCode(text, today);
        if (code.kind !== "payment_code") return;
        expect(code.shown).toBe(`${prefix}…${text.slice(-2)}`);
        expect(JSON.stringify(code)).not.toContain(text.slice(2, 8));
      }),
    );
  });

  it("asks only while the day in the number lies between three years ago and tomorrow", () => {
    expect(parseCode("261123116574060365", today).kind).toBe("ask");
    expect(parseCode("261124116574060365", today).kind).toBe("payment_code");
    expect(parseCode("251023116574060365", "2028-10-23" as BusinessDate).kind).toBe("ask");
    expect(parseCode("251023116574060365", "2028-10-24" as BusinessDate).kind).toBe("payment_code");
    expect(parseCode("260230116574060365", today).kind).toBe("payment_code");
  });

  it("sees a payment code through full-width digits, groups and invisible characters", () => {
    for (const text of [
      "１３４５６７８９０１２３４５６７８９",
      "1345 6789 0123 4567 89",
      "\u200b13456789012345\u20606789",
    ])
      expect(parseCode(text, today).kind).toBe("payment_code");
  });
});

describe("our own codes", () => {
  const slip = jwtOf("refund+sd-jwt");

  it.each([
    ["own_slip", slip, slip],
    ["own_slip", `https://shop.example/app/#v=${slip}`, slip],
    ["own_slip", `https://shop.example/app/#/v/${slip}`, slip],
    ["own_slip", `${slip}~ZGlzY2xvc3VyZQ~`, `${slip}~ZGlzY2xvc3VyZQ~`],
    ["own_slip", "RL1:6BF%$ A", "RL1:6BF%$ A"],
    ["own_approval_request", `RLA1:${slip}~1~0`, `RLA1:${slip}~1~0`],
    ["own_heads", "RLH1:ABC", "RLH1:ABC"],
    ["own_filter", "RLF1:ABC", "RLF1:ABC"],
    ["own_transfer", "UR:BYTES/1-9/LPAD", "UR:BYTES/1-9/LPAD"],
    ["own_key_card", "RLK1:a.b.c~k~r", "RLK1:a.b.c~k~r"],
    ["own_approval", jwtOf("refund-approve+jwt"), jwtOf("refund-approve+jwt")],
  ])("recognises an %s", (kind, scanned, text) => {
    expect(parseCode(`${scanned}\r\n`, today)).toEqual({ kind: "own", code: { kind, text } });
  });

  it("tells another token of ours by its type and leaves a foreign one alone", () => {
    expect(parseCode(jwtOf("refund-enrol+jwt"), today)).toMatchObject({
      kind: "own",
      code: { kind: "own_token", type: "refund-enrol+jwt" },
    });
    expect(parseCode(jwtOf("JWT"), today).kind).not.toBe("own");
    expect(parseCode("https://example.com/#v=hello", today)).toMatchObject({
      code: { kind: "other_url" },
    });
  });

  it("reads a refund number of any length and case, and behind a source prefix", () => {
    for (const body of ["R7K2Q4000012345", `R7K2Q4${"0".repeat(21)}`]) {
      const number = withCheck(body);
      for (const text of [number, number.toLowerCase(), `1017${number}`].filter(
        (t) => t.length <= 32,
      ))
        expect(parseCode(text, today)).toMatchObject({
          kind: "number",
          numbers: expect.arrayContaining([
            expect.objectContaining({ kind: "refund_number", text: number }),
          ]),
        });
    }
    expect(kindsOf(parseCode("R7K2Q4000012345T", today))).toEqual(["MERCHANT_ORDER_NO"]);
  });

  it("reads a training slip as practice, not as a refund number", () => {
    const number = withCheck("R7K2Q4000012345");
    expect(parseCode(`TRAINING ${number}`, today)).toEqual({
      kind: "own",
      code: { kind: "own_training_slip", number },
    });
  });
});

describe("EMV codes", () => {
  it("is damaged when cut at any character", () => {
    const text = "00020101021129370016A0000006770101110113006681222333353037645802TH63041DCF";
    for (let end = 6; end < text.length; end++) {
      const code = parseCode(text.slice(0, end), today);
      expect(code.kind === "merchant" && code.code.kind).toBe("emv_mpm_damaged");
    }
  });
});

describe("any text", () => {
  it("gets an answer without an exception", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(parseCode(text, today).kind).toBeTypeOf("string");
      }),
      { numRuns: 1000 },
    );
  });

  it("gets an answer when it looks nearly like a code", () => {
    const starts = fc.constantFrom(
      "000201",
      "01,32,",
      "RL1:",
      "eyJ",
      "1",
      "25",
      "https://",
      "4200",
      "hQVDUFYwM",
    );
    const rest = fc.string({
      unit: fc.constantFrom(...Array.from("0123456789,.-_~:/#=AZaz\u0000\ud800　")),
      maxLength: 80,
    });
    fc.assert(
      fc.property(starts, rest, (start, end) => {
        expect(parseCode(start + end, today).kind).toBeTypeOf("string");
      }),
      { numRuns: 1000 },
    );
  });

  it("answers in linear time and refuses what no code can hold", () => {
    const started = performance.now();
    for (const unit of ["1", "A", "000201", "1 ", "https://a#v=", "a.b.", "01,32,", "\u200b"])
      parseCode(unit.repeat(19_000 / unit.length), today);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(parseCode("1".repeat(20_001), today)).toEqual({ kind: "unreadable" });
    expect(parseCode(" \u200b\n", today)).toEqual({ kind: "unreadable" });
  });
});
