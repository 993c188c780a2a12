import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64url, encodeBase64url } from "../../src/ledger/base64url.ts";
import {
  canonicalize,
  parseStrict,
  parseStrictBytes,
  writeStrict,
} from "../../src/ledger/canonical.ts";

const folder = "../shared/data/vectors/jcs";

const read = (path: string) => readFileSync(`${folder}/${path}`, "utf8");

describe.skipIf(!existsSync(folder))("published JCS vectors (needs ../shared/data)", () => {
  it("writes all 6 RFC 8785 pairs, as text and as bytes", () => {
    const names = readdirSync(`${folder}/input`);
    expect(names.length).toBe(6);
    for (const name of names) {
      const text = canonicalize(JSON.parse(read(`input/${name}`)));
      expect(text).toBe(read(`output/${name}`));
      const hex = read(`outhex/${name.replace(".json", ".txt")}`).replace(/\s/g, "");
      expect(Buffer.from(text).toString("hex")).toBe(hex);
    }
  });

  it("writes all 1000 published numbers", () => {
    const file = read("es6testfile-1000.txt");
    expect(createHash("sha256").update(file).digest("hex").slice(0, 8)).toBe("be18b62b");
    const lines = file.trim().split("\n");
    expect(lines.length).toBe(1000);
    const wrong = lines.filter((line) => {
      const [hex = "", expected] = line.split(",");
      const number = Buffer.from(hex.padStart(16, "0"), "hex").readDoubleBE();
      return canonicalize(number) !== expected;
    });
    expect(wrong).toEqual([]);
  });

  it("rejects 39 texts and accepts 14", () => {
    const { reject, accept } = JSON.parse(read("strict.json")) as {
      reject: [string, string][];
      accept: string[];
    };
    expect([reject.length, accept.length]).toEqual([39, 14]);
    expect(reject.filter(([text]) => parseStrict(text).ok)).toEqual([]);
    expect(accept.filter((text) => !parseStrict(text).ok)).toEqual([]);
    const deep = reject.find(([, why]) => why.startsWith("depth 65"));
    expect(parseStrict(deep?.[0] ?? "")).toEqual({ ok: false, fault: { kind: "E_LIMIT" } });
  });
});

describe("canonical text", () => {
  it("throws on what JSON would drop or bend instead of dropping it", () => {
    const hole: unknown[] = [1];
    hole[2] = 3;
    for (const value of [
      undefined,
      { a: undefined },
      hole,
      new Date(0),
      new Map(),
      1n,
      Number.NaN,
      Infinity,
      "\ud800",
      { "\udc00": 1 },
      () => 1,
      new (class {
        a = 1;
      })(),
    ])
      expect(() => canonicalize(value)).toThrow();
  });

  it("refuses to write a fraction, a huge number or a value too deep", () => {
    let deep: unknown = 0;
    for (let depth = 0; depth < 65; depth++) deep = [deep];
    for (const value of [0.5, 2 ** 53, -(2 ** 53), deep])
      expect(() => writeStrict(value)).toThrow();
  });

  it("keeps __proto__ an own name", () => {
    const parsed = parseStrict('{"__proto__":{"a":1},"b":2}');
    expect(parsed.ok && Object.keys(parsed.value as object)).toEqual(["__proto__", "b"]);
    expect(parsed.ok && canonicalize(parsed.value)).toBe('{"__proto__":{"a":1},"b":2}');
  });

  it("names broken UTF-8 apart from a wrong spelling, and keeps a byte order mark visible", () => {
    expect(parseStrictBytes(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({
      ok: false,
      fault: { kind: "E_UTF8" },
    });
    expect(parseStrictBytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toEqual({
      ok: false,
      fault: { kind: "E_CANON" },
    });
  });

  it("survives a million nested arrays", () => {
    const text = "[".repeat(1_000_000) + "]".repeat(1_000_000);
    expect(parseStrict(text).ok).toBe(false);
  });

  const whole = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false),
      fc.maxSafeInteger().map((n) => (n === 0 ? 0 : n)),
      fc.string({ unit: "grapheme" }),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: "grapheme" }), tie("value"), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    ),
  })).value;

  it("reads back whatever it writes, and no other order of its members", () => {
    fc.assert(
      fc.property(whole, (value) => {
        const text = writeStrict(value);
        const parsed = parseStrict(text);
        expect(parsed.ok && parsed.value).toEqual(value);
        if (JSON.stringify(value) !== text)
          expect(parseStrict(JSON.stringify(value)).ok).toBe(false);
      }),
    );
  });
});

describe("base64url", () => {
  it("agrees with node for every length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect(decodeBase64url(text)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it("decodes only the one spelling that encode gives back", () => {
    const characters = fc.constantFrom(...Array.from("ABCXYZabcxyz0189-_+/= \n.é"));
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 9 }), (text) => {
        const bytes = decodeBase64url(text);
        const canonical = Buffer.from(text, "base64url").toString("base64url") === text;
        expect(bytes !== undefined).toBe(canonical);
        if (bytes !== undefined) expect(encodeBase64url(bytes)).toBe(text);
      }),
    );
  });
});
