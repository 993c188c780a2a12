import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { findMailbox, mailDate, mailtoLink, writeLetter } from "../../src/domain/letter.ts";
import { letterId, type MerchantCopy } from "../../src/domain/merchant-copy.ts";
import { cleanText } from "../../src/domain/typed-text.ts";
import { at, shanghai } from "../support/a.ts";

type Parsed = {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly text: string;
};

const wordPattern = /=\?UTF-8\?B\?([A-Za-z0-9+/=]*)\?=/g;

/** RFC 2047 §6.2: white space between two encoded words is no part of the text. */
const decodeWords = (value: string): string =>
  value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(wordPattern, (_, coded: string) => Buffer.from(coded, "base64").toString("utf8"));

/** A mail reader of a few lines: unfolds, decodes, and is strict about every line. */
const parseLetter = (source: string): Parsed => {
  expect(source).toMatch(/^[\r\n\x20-\x7e]*$/);
  expect(source.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  const end = source.indexOf("\r\n\r\n");
  const lines = source.slice(0, end).split("\r\n");
  for (const line of lines) expect(line).not.toBe("");
  const unfolded = source
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, "")
    .split("\r\n");
  const body = source.slice(end + 4).split("\r\n");
  for (const line of body) expect(line.length).toBeLessThanOrEqual(76);
  return {
    fields: unfolded.map((field) => {
      const [, name = "", value = ""] = /^([!-9;-~]+): (.*)$/s.exec(field) ?? [];
      return [name, decodeWords(value)] as const;
    }),
    text: Buffer.from(body.join(""), "base64").toString("utf8"),
  };
};

const aLetter = (over: Partial<Parameters<typeof writeLetter>[0]> = {}) =>
  writeLetter({
    mail: "shop@example.com",
    name: "小林饰品摊",
    subject: "退款登记 R7K2Q4000000001S ¥36.00",
    text: "第一行\n第二行",
    at: at("2026-11-22T06:02:00Z"),
    zone: shanghai.zone,
    id: "R7K2Q4000000001S.1",
    ...over,
  });

const aLink = (over: Partial<Parameters<typeof mailtoLink>[0]> = {}): URL =>
  new URL(mailtoLink({ mail: "shop@example.com", subject: "退款登记", text: "一\n二", ...over }));

const copy = (refundNo: string, attempt = 1) => ({ refundNo, attempt }) as MerchantCopy;

const names = [
  "From",
  "To",
  "Subject",
  "Date",
  "Message-ID",
  "X-Unsent",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
];

const fieldOf = ({ fields }: Parsed, wanted: string): string =>
  fields.find(([name]) => name === wanted)?.[1] ?? "";

const oneLine = (text: string): string => cleanText(text.replace(/\s+/g, " "));

const hostile = [
  "小林\r\nBcc: thief@example.com\r\n\r\n<b>hello</b>",
  '"><script>alert(1)</script>',
  "店\u0000\u202e\u2028\u0085=?UTF-8?B?QmNjOiB4?=",
  "a\r b\n c\r\n\td",
  "小".repeat(400),
  "👨‍👩‍👧‍👦".repeat(40),
  "\ud800 half",
  "",
];

describe("the letter of a merchant copy", () => {
  it("R42 is a message that a mail reader takes: addressed, dated, named after its refund", () => {
    const read = parseLetter(aLetter());
    expect(read.fields.map(([name]) => name)).toEqual(names);
    expect(fieldOf(read, "From")).toBe("小林饰品摊 <shop@example.com>");
    expect(fieldOf(read, "To")).toBe("shop@example.com");
    expect(fieldOf(read, "Subject")).toBe("退款登记 R7K2Q4000000001S ¥36.00");
    expect(fieldOf(read, "Date")).toBe("Sun, 22 Nov 2026 14:02:00 +0800");
    expect(fieldOf(read, "Message-ID")).toBe("<R7K2Q4000000001S.1@refund-desk.invalid>");
    expect(read.text).toBe("第一行\r\n第二行");
  });

  it.each(hostile)("R42 lets no text write a header or end the head: %j", (text) => {
    const read = parseLetter(aLetter({ name: text, subject: text, text, id: text }));
    expect(read.fields.map(([name]) => name)).toEqual(names);
    expect(fieldOf(read, "Subject")).toBe(oneLine(text));
    expect(fieldOf(read, "From")).toBe(`${oneLine(text)} <shop@example.com>`);
  });

  it("R42 brings any subject, name and text through unchanged, in lines of a legal length", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(text, text, (subject, body) => {
        const source = aLetter({ subject, name: subject, text: body });
        const read = parseLetter(source);
        expect(read.fields.map(([name]) => name)).toEqual(names);
        expect(fieldOf(read, "Subject")).toBe(oneLine(subject));
        expect(read.text).toBe(cleanText(body.replace(/\r\n?/g, "\n")).replaceAll("\n", "\r\n"));
        const head = source.slice(0, source.indexOf("\r\n\r\n")).split("\r\n");
        for (const line of head) expect(line.length).toBeLessThanOrEqual(76);
        for (const [word] of source.matchAll(wordPattern))
          expect(word.length).toBeLessThanOrEqual(75);
      }),
    );
  });

  it.each([
    "shop@example.com\r\nBcc: thief@example.com",
    "shop@example.com, thief@example.com",
    "小林 <shop@example.com>",
    "<shop@example.com>",
    "shop@localhost",
    "shop@@example.com",
    ".shop@example.com",
    "shop@-example.com",
    "店@商店.中国",
    `${"a".repeat(65)}@example.com`,
    "",
  ])("goes to no address that is not one: %j", (mail) => {
    expect(findMailbox(mail)).toBeUndefined();
    expect(() => aLetter({ mail })).toThrow("checked address");
  });

  it("takes the addresses that shops have", () => {
    const good = ["shop@example.com", "a.b+refund@mail.example.co", "10001@qq.com", "o'h@x-y.cn"];
    expect(good.map(findMailbox)).toEqual(good);
    expect(findMailbox("  shop@example.com ")).toBe("shop@example.com");
  });
});

describe("the date of a letter", () => {
  it("names the weekday of the shop's own day", () => {
    expect(mailDate(at("2026-11-22T17:30:00Z"), shanghai.zone)).toBe(
      "Mon, 23 Nov 2026 01:30:00 +0800",
    );
  });

  it("is the same moment for every reader", () => {
    const seconds = fc.integer({ min: 946_684_800, max: 4_102_444_800 });
    fc.assert(
      fc.property(seconds, (second) => {
        const instant = at(`${new Date(second * 1000).toISOString().slice(0, 19)}Z`);
        const written = mailDate(instant, shanghai.zone);
        expect(new Date(written).getTime()).toBe(second * 1000);
        const day = new Date(second * 1000 + 8 * 3_600_000).toUTCString().slice(0, 3);
        expect(written.slice(0, 3)).toBe(day);
      }),
    );
  });
});

describe("the link to the mail program", () => {
  it("R42 carries address, subject and text", () => {
    const { pathname, searchParams } = aLink();
    expect(pathname).toBe("shop@example.com");
    expect(searchParams.get("subject")).toBe("退款登记");
    expect(searchParams.get("body")).toBe("一\r\n二");
  });

  it("ends after a whole line where it would get too long", () => {
    const lines = Array.from({ length: 60 }, (_, index) => `第${index}行：退款还没有退出`);
    const link = aLink({ text: lines.join("\n") });
    expect(link.href.length).toBeLessThanOrEqual(2000);
    const shown = (link.searchParams.get("body") ?? "").split("\r\n");
    expect(shown.at(-1)).toBe("…");
    expect(shown.slice(0, -1)).toEqual(lines.slice(0, shown.length - 1));
    expect(shown.length).toBeGreaterThan(10);
  });

  it.each(hostile)("adds no header of its own: %j", (text) => {
    const { searchParams } = aLink({ subject: text, text });
    expect([...searchParams.keys()]).toEqual(["subject", "body"]);
    expect(searchParams.get("subject")).toBe(oneLine(text));
  });
});

describe("the name of a letter", () => {
  it("is that of its refund, and the same when it is sent again", () => {
    expect(letterId([copy("R7K2Q4000000001S")])).toBe("R7K2Q4000000001S.1");
    expect(letterId([copy("A", 2)])).not.toBe(letterId([copy("A", 1)]));
    expect(letterId([copy("A"), copy("B"), copy("C")])).toBe("A.1.C.1.3");
  });
});
