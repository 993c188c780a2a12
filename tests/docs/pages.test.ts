// @vitest-environment happy-dom
// @vitest-environment-options {"settings":{"handleDisabledFileLoadingAsSuccess":true}}
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { en } from "../../src/i18n/en.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";
import { docsFolder, pages, readPage, readText } from "./page.ts";

const empty = new Set(["area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"]);

/** The first tag that closes what is not open, or stays open; browsers repair such pages without a word. */
const brokenTag = (html: string): string | undefined => {
  const open: string[] = [];
  const plain = html.replace(/<!doctype html>/i, "").replaceAll(/<!--[\s\S]*?-->/g, "");
  for (const [tag, close, name = "", self] of plain.matchAll(
    /<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g,
  )) {
    if (empty.has(name) || self === "/") continue;
    if (close === "") open.push(name);
    else if (open.pop() !== name) return tag;
  }
  return open.at(-1);
};

const addressOf = (link: Element): string =>
  link.getAttribute("href") ?? link.getAttribute("src") ?? "";

/** What the build puts beside docs/ (vite.config.ts). */
const built = new Set(["public/index.html", "public/verify.html"]);

const linkFault = (page: string, address: string): string | undefined => {
  if (/^https?:/.test(address)) return `${address} leaves the app`;
  const [path = "", fragment] = address.split("#");
  const target = path === "" ? page : new URL(path, `file:///${page}`).pathname.slice(1);
  if (built.has(target)) return undefined;
  if (!existsSync(target)) return `${address} is not there`;
  if (fragment === undefined) return undefined;
  return readPage(target).getElementById(fragment) === null ? `${address} has no place` : undefined;
};

describe.each(pages)("%s", (path) => {
  const html = readText(path);
  const page = readPage(path);

  test("is whole: every tag closes, every id is there once", () => {
    expect(brokenTag(html)).toBeUndefined();
    const ids = Array.from(page.querySelectorAll("[id]"), ({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("names its language, its title and one heading, and fits a phone", () => {
    expect(["zh-CN", "en"]).toContain(page.documentElement.lang);
    expect(page.title).not.toBe("");
    expect(page.querySelectorAll("h1")).toHaveLength(1);
    expect(page.querySelector("meta[charset]")).not.toBeNull();
    expect(page.querySelector("meta[name=viewport]")).not.toBeNull();
  });

  test("runs under the app's policy: no script, no style of its own", () => {
    expect(page.querySelectorAll("script, style, iframe, object, form, [style]")).toHaveLength(0);
    expect(html).not.toMatch(/\son[a-z]+=|javascript:/i);
  });

  test("links to nothing that is missing, and nowhere outside", () => {
    const addresses = Array.from(page.querySelectorAll("[href], [src]"), addressOf);
    const faults = addresses.flatMap((address) => linkFault(path, address) ?? []);
    expect(faults).toEqual([]);
  });
});

type Message = string | { readonly one: string; readonly other: string };

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split(/\{\w+\}/)
      .map(escape)
      .join(".+")}$`,
  );

/** Messages that are only a place for something else fit everything. */
const patterns = (messages: Readonly<Record<string, Message>>): readonly RegExp[] =>
  Object.values(messages)
    .flatMap((message) => (typeof message === "string" ? [message] : Object.values(message)))
    .filter((text) => text.replaceAll(/\{\w+\}|[\s·]/g, "") !== "")
    .map(patternOf);

describe.each([
  ["zh-cn", zhCn],
  ["en", en],
] as const)("the guide in %s", (folder, messages) => {
  const page = readPage(`${docsFolder}/${folder}/guide.html`);

  test("quotes the app's own words", () => {
    const known = patterns(messages);
    const quoted = Array.from(page.querySelectorAll("b"), ({ textContent }) =>
      textContent.replaceAll(/\s+/g, " ").trim(),
    );
    expect(quoted.length).toBeGreaterThan(40);
    expect(quoted.filter((text) => !known.some((pattern) => pattern.test(text)))).toEqual([]);
  });

  test("X44 keeps the words for the customer apart from the merchant's steps", () => {
    const customer = Array.from(page.querySelectorAll(".customer"));
    expect(customer).toHaveLength(1);
    expect(customer.flatMap((box) => Array.from(box.querySelectorAll("b, a, ol")))).toEqual([]);
  });

  test("has the sections of the other language", () => {
    const sections = Array.from(page.querySelectorAll("[id]"), ({ id }) => id);
    const other = readPage(`${docsFolder}/${folder === "en" ? "zh-cn" : "en"}/guide.html`);
    expect(sections).toEqual(Array.from(other.querySelectorAll("[id]"), ({ id }) => id));
  });
});
