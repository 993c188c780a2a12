import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { zhCn } from "../../src/i18n/zh-cn.ts";

/** The program without the dictionaries themselves. */
const program = readdirSync("src", { recursive: true })
  .map(String)
  .filter((name) => /\.tsx?$/.test(name) && !/^i18n.(zh-cn|en)\b/.test(name))
  .map((name) => readFileSync(`src/${name}`, "utf8"))
  .join("\n");

const keys = Object.keys(zhCn);
const areas = new Set(keys.map((key) => key.slice(0, key.indexOf("."))));

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** `area.${what}_more` as a pattern: what is filled in may be anything. */
const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/\$\{(?:[^{}]|\{[^}]*\})*\}/)
      .map(escape)
      .join(".+")}$`,
  );

const literals = new Set(Array.from(program.matchAll(/"([^"\n]*)"/g), ([, text = ""]) => text));

/** Templates that begin like a key, with its dot before what is filled in. */
const templates = [
  ...new Set(Array.from(program.matchAll(/`(\w+\.[^`\n]*\$\{[^`\n]*)`/g), ([, text = ""]) => text)),
].filter((text) => areas.has(text.slice(0, text.indexOf("."))));

const patterns = templates.map(patternOf);

const isUsed = (key: string): boolean =>
  literals.has(key) || patterns.some((pattern) => pattern.test(key));

describe("the keys of the dictionaries", () => {
  it("are all used by the program", () => {
    expect(templates.length).toBeGreaterThan(50);
    expect(keys.filter((key) => !isUsed(key))).toEqual([]);
  });

  it("hold every key that the program asks for", () => {
    const asked = Array.from(
      program.matchAll(/\b(?:t|tWith|words|say)\(\s*"(\w+\.[\w.-]+)"/g),
      ([, key = ""]) => key,
    );
    expect(asked.length).toBeGreaterThan(300);
    expect(asked.filter((key) => !(key in zhCn))).toEqual([]);
  });

  it("hold at least one key for every template that the program fills", () => {
    const empty = templates.filter((text) => !keys.some((key) => patternOf(text).test(key)));
    expect(empty).toEqual([]);
  });
});

describe("the search for unused keys", () => {
  it("reads what is filled in as anything, and what stands around it as it is", () => {
    const pattern = patternOf("verify.slip.${check.kind}_more");
    expect(pattern.test("verify.slip.good_more")).toBe(true);
    expect(pattern.test("verify.slip.good")).toBe(false);
    expect(patternOf('state.${money ?? "unknown"}').test("state.ready")).toBe(true);
  });
});
