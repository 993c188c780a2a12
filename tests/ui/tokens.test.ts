import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

const read = (path: string): string =>
  readFileSync(new URL(`../../src/ui/${path}`, import.meta.url), "utf8");

const css = read("styles/tokens.css");

/** The declarations of the first block whose selector, with the media query before it, matches. */
const blockOf = (media: string | undefined, selector: string): Record<string, string> => {
  const body = /^(@media [^{]+) \{\n([\s\S]*?)^\}/gm;
  const scopes = new Map<string, string>();
  const rest = css.replace(body, (_, query: string, inside: string) => {
    scopes.set(query, (scopes.get(query) ?? "") + inside);
    return "";
  });
  const scope = media === undefined ? rest : scopes.get(`@media ${media}`);
  const start = scope?.indexOf(`${selector} {`) ?? -1;
  if (scope === undefined || start < 0) throw new Error(`no ${selector} in ${media ?? "the file"}`);
  const inside = scope.slice(start, scope.indexOf("}", start));
  return Object.fromEntries(
    Array.from(inside.matchAll(/(--[\w-]+): ([^;]+);/g), (match) => [
      match[1] ?? "",
      match[2] ?? "",
    ]),
  );
};

const light = blockOf(undefined, ".on-paper");
const strong = blockOf(undefined, ':root[data-contrast="more"]');
const dark = blockOf(undefined, ':root[data-theme="dark"]');
const strongDark = blockOf(undefined, ':root[data-theme="dark"][data-contrast="more"]');

const themes = {
  light,
  dark: { ...light, ...dark },
  strong: { ...light, ...strong },
  "strong dark": { ...light, ...strong, ...dark, ...strongDark },
};

const channel = (value: number): number => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminance = (hex: string): number => {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/.exec(hex);
  if (match === null) throw new Error(`not a colour: ${hex}`);
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((part) => channel(parseInt(part, 16)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

/** visual.md §2: foreground, the grounds it stands on, light ratios, dark ratios, least. */
const pairs: readonly (readonly [string, string, string, string, number])[] = [
  ["ink", "bg surface field", "16.4 17.8 15.0", "15.4 13.7 11.6", 4.5],
  ["ink-2", "bg surface field", "6.3 6.8 5.8", "8.9 7.9 6.7", 4.5],
  ["ink", "seg", "17.8", "7.6", 4.5],
  ["pri", "bg surface pri-t", "5.9 6.4 5.6", "10.8 9.6 8.3", 4.5],
  ["on-pri", "pri pri-press", "6.4 9.1", "7.5 9.9", 4.5],
  ["ok", "ok-t surface", "5.8 6.6", "8.3 9.6", 4.5],
  ["warn", "warn-t surface", "6.2 6.8", "9.0 10.2", 4.5],
  ["dan", "dan-t surface", "5.7 6.5", "9.4 9.7", 4.5],
  ["on-dan", "dan", "6.5", "7.7", 4.5],
  ["ink", "warn-t ok-t dan-t pri-t", "16.2 15.6 15.4 15.5", "12.1 11.9 13.4 11.8", 4.5],
  ["ink-2", "warn-t ok-t dan-t pri-t", "6.2 6.0 5.9 6.0", "7.0 6.9 7.7 6.8", 4.5],
  ["line", "bg surface field", "3.4 3.7 3.1", "4.5 4.0 3.4", 3],
  ["c1", "surface", "6.4", "9.6", 3],
  ["c2", "surface", "3.7", "4.0", 3],
  ["c3", "surface", "6.8", "10.2", 3],
  ["c4", "surface", "6.6", "9.6", 3],
  ["c5", "surface", "7.0", "9.1", 3],
  ["on-train", "train", "10.4", "10.4", 4.5],
  ["on-cam", "cam", "18.6", "18.6", 4.5],
];

const cases = Object.entries(themes).flatMap(([theme, tokens]) =>
  pairs.flatMap(([ink, grounds, lightRatios, darkRatios, least]) =>
    grounds.split(" ").map((ground, index) => {
      const printed = { light: lightRatios, dark: darkRatios }[theme]?.split(" ")[index];
      return { theme, ink, ground, least, printed, tokens };
    }),
  ),
);

describe("contrast of tokens", () => {
  it.each(cases)("$theme: $ink on $ground is at least $least", (pair) => {
    const ratio = contrast(
      pair.tokens[`--${pair.ink}`] ?? "",
      pair.tokens[`--${pair.ground}`] ?? "",
    );
    expect(ratio).toBeGreaterThanOrEqual(pair.least);
    if (pair.printed !== undefined)
      expect(Math.abs(ratio - Number(pair.printed))).toBeLessThan(0.1);
  });

  it("fails the border colour that was too light", () => {
    expect(contrast("#8a919c", light["--field"] ?? "")).toBeLessThan(3);
  });
});

describe("a theme by the device", () => {
  it("is the same as the theme by wish", () => {
    const device = "prefers-color-scheme: dark";
    const contrasting = "prefers-contrast: more";
    expect(blockOf(`(${device})`, ':root:not([data-theme="light"])')).toEqual(dark);
    expect(blockOf(`(${contrasting})`, "  :root")).toEqual(strong);
    expect(blockOf(`(${device})`, ':root:not([data-theme="light"])[data-contrast="more"]')).toEqual(
      strongDark,
    );
    expect(blockOf(`(${contrasting})`, ':root[data-theme="dark"]')).toEqual(strongDark);
    expect(blockOf(`(${device}) and (${contrasting})`, ':root:not([data-theme="light"])')).toEqual(
      strongDark,
    );
  });
});

const sheets = ["components", "screens"].flatMap((folder) =>
  readdirSync(new URL(`../../src/ui/${folder}`, import.meta.url), {
    recursive: true,
    encoding: "utf8",
  })
    .filter((name) => name.endsWith(".css"))
    .map((name) => [`${folder}/${name}`, read(`${folder}/${name}`)] as const),
);

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, "");

describe("style sheets of components and screens", () => {
  it.each(sheets)("%s use tokens and no raw colour", (_, text) => {
    expect(withoutComments(text)).not.toMatch(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|oklch\(/i);
  });

  it.each(sheets)("%s keep to what every supported browser knows", (_, text) => {
    expect(withoutComments(text)).not.toMatch(/!important|:has\(|@container|light-dark\(/);
  });

  it.each(sheets)("%s write no text below .8125rem", (_, text) => {
    const sizes = Array.from(text.matchAll(/font-size: ([\d.]+)(rem|px)/g), (match) =>
      match[2] === "px" ? Number(match[1]) / 16 : Number(match[1]),
    );
    expect(sizes.filter((size) => size < 0.8125)).toEqual([]);
  });

  it("keep green for money that arrived and for verified results", () => {
    const green = sheets.filter(([, text]) => /var\(--ok(-t)?\)/.test(text)).map(([name]) => name);
    expect(green.sort()).toEqual(["components/tone.css", "components/track.css"]);
  });

  it("weigh text 400 or 600 only", () => {
    const weights = sheets.flatMap(([, text]) =>
      Array.from(text.matchAll(/font-weight: (\w+)/g), (match) => match[1]),
    );
    expect(weights.filter((weight) => weight !== "400" && weight !== "600")).toEqual([]);
  });
});
