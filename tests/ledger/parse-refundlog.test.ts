import { describe, expect, test } from "vitest";
import { toBytes } from "../../src/ledger/base64url.ts";
import { limits, parseLine, readLines, type ByteSource } from "../../src/ledger/parse-refundlog.ts";

const textsOf = async (source: ByteSource): Promise<readonly (string | undefined)[]> => {
  const texts: (string | undefined)[] = [];
  for await (const { bytes, number, isTerminated } of readLines(source)) {
    expect(number).toBe(texts.length + 1);
    const text = bytes === undefined ? undefined : Buffer.from(bytes).toString();
    expect(text?.endsWith("\n") ?? true).toBe(isTerminated);
    texts.push(text);
  }
  return texts;
};

const inPieces = async function* (text: string, size: number) {
  const bytes = toBytes(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
};

const codeOf = (text: string): string => {
  const reading = parseLine({ number: 1, bytes: toBytes(text), isTerminated: text.endsWith("\n") });
  return reading.ok ? reading.line.t : reading.code;
};

const head =
  '{"created":1,"dev":"QMho3W6ryjm6jJ_84s7iN0E14hD2RZwiZ_dzGceRUcE","fmt":"refundlog/1","from":0,"omit":[],"t":"head","to":88,"xid":"KLba6s7ilXERDUH7OLbMqg"}';

describe("lines", () => {
  test("are the same however the bytes arrive", async () => {
    const text = "一\n\nabc\nlast";
    const whole = await textsOf(toBytes(text));
    expect(whole).toEqual(["一\n", "\n", "abc\n", "last"]);
    for (const size of [1, 2, 3, 5, 100])
      expect(await textsOf(inPieces(text, size))).toEqual(whole);
  });

  test("a line above the limit is passed over without being kept", async () => {
    const long = new Uint8Array(limits.lineBytes + 1).fill(65);
    const text = await textsOf(new Uint8Array([...long, 10, 66, 10]));
    expect(text).toEqual([undefined, "B\n"]);
    expect(parseLine({ number: 1, bytes: undefined, isTerminated: true })).toEqual({
      ok: false,
      code: "E_LIMIT",
    });
  });

  const cases: readonly (readonly [name: string, text: string, expected: string])[] = [
    ["a head", `${head}\n`, "head"],
    ["a carriage return", `${head}\r\n`, "E_LINE_ENDINGS"],
    ["a byte order mark", `\uFEFF${head}\n`, "E_CANON"],
    ["nothing", "\n", "E_CANON"],
    ["another format", head.replace("refundlog/1", "refundlog/2"), "E_VERSION"],
    ["omissions out of order", head.replace("[]", '["ctx","att"]'), "E_LINE_TYPE"],
    ["det omitted alone", head.replace("[]", '["det"]'), "E_LINE_TYPE"],
    ["det omitted with all below it", head.replace("[]", '["ctx","cust","det"]'), "head"],
    ["a fraction", head.replace('"to":88', '"to":88.5'), "E_CANON"],
    ["an unknown member", head.replace("}", ',"zz":1}'), "E_LINE_TYPE"],
    ["an unknown type", '{"t":"note"}', "E_LINE_TYPE"],
    ["a list", "[]", "E_LINE_TYPE"],
    ["four disclosures", '{"d":["a","b","c","d"],"j":"x","t":"rec"}', "E_LINE_TYPE"],
    ["seventy levels", "[".repeat(70) + "]".repeat(70), "E_LIMIT"],
    ["a million levels", "[".repeat(1_000_000), "E_CANON"],
  ];

  for (const [name, text, expected] of cases)
    test(`${name} gives ${expected}`, () => {
      expect(codeOf(text)).toBe(expected);
    });

  test("bytes that are no text are told apart", () => {
    const bytes = new Uint8Array([0xff, 10]);
    expect(parseLine({ number: 1, bytes, isTerminated: true })).toEqual({
      ok: false,
      code: "E_UTF8",
    });
  });
});
