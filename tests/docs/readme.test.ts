import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { findings } from "../../src/ledger/findings.ts";
import { pages, readText } from "./page.ts";

const readme = readText("README.md");
const { scripts, version } = JSON.parse(readText("package.json")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly version: string;
};

/** npm's own words, as opposed to names of scripts. */
const npmWords = new Set(["ci", "test", "run"]);

const wordsAfterNpm = Array.from(readme.matchAll(/\bnpm (run )?([a-z:-]+)/g));

describe("README.md", () => {
  test("names only scripts that package.json has", () => {
    const names = wordsAfterNpm.flatMap(([, run, name = ""]) =>
      run === undefined && npmWords.has(name) ? (name === "test" ? ["test"] : []) : [name],
    );
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test("gives the two commands, and the address that the first one serves", () => {
    expect(readme).toContain("npm ci && npm run demo");
    expect(readme).toContain("npm ci && npm test");
    expect(scripts["demo"]).toContain("--port 4173");
    expect(scripts["demo"]).toContain("/#/train");
    expect(readme).toContain("http://localhost:4173/#/train");
  });

  test("links only to files that are there; the pictures come from the browser tests", () => {
    const links = Array.from(readme.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g), ([, to = ""]) => to);
    const own = links.filter((to) => !to.startsWith("http") && !to.startsWith("public/docs/img/"));
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((to) => !existsSync(to))).toEqual([]);
  });

  test("gives hosts the very policy of the page, twice: for Caddy and for nginx", () => {
    const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(readText("index.html"))?.[1];
    expect(policy).toBeDefined();
    expect(readme.split(`${policy}; frame-ancestors 'none'`)).toHaveLength(3);
  });

  test("gives hosts the policy of the one worker that may compile WebAssembly, for both", () => {
    const config = readFileSync("vite.config.ts", "utf8");
    const policy = /const wasmPolicy =\s*"([^"]+)"/.exec(config)?.[1] ?? "";
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'wasm-unsafe-eval'",
      "connect-src 'self'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(readme.split(`"${policy}"`)).toHaveLength(3);
    expect(readme.split("wasm-unsafe-eval")).toHaveLength(3);
  });

  test("says which word of the policy to change for a storage of one's own, in both languages", () => {
    const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(readText("index.html"))?.[1];
    expect(policy?.split("connect-src 'self';")).toHaveLength(2);
    for (const words of [
      "UPLOAD_ORIGIN=https://dav.example.com npm run build",
      "`connect-src 'self' https://dav.example.com`",
      "content-type, idempotency-key, authorization",
    ])
      expect(readme.split(words)).toHaveLength(3);
  });

  test("gives hosts the headers that the preview sends", () => {
    const config = readFileSync("vite.config.ts", "utf8");
    const block = /const otherHeaders = \{([\s\S]*?)\};/.exec(config)?.[1] ?? "";
    const values = Array.from(block.matchAll(/"([A-Z][\w-]+)":\s*"([^"]+)"/g));
    expect(values.length).toBeGreaterThan(4);
    for (const [, name = "", value = ""] of values) {
      expect(readme).toContain(name);
      expect(readme.split(value).length).toBeGreaterThan(2);
    }
  });
});

describe("CHANGELOG.md", () => {
  test("has this version, and says which data it writes", () => {
    const changelog = readText("CHANGELOG.md");
    expect(changelog).toContain(`## [${version}]`);
    expect(changelog).toContain("refundlog/1");
  });
});

/** screens.md §5.1; 清除 may stand only where it is forbidden or where it says what is lost. */
const forbidden: readonly RegExp[] = [
  /退款成功/,
  /refund(ed)? success|success(ful)? refund/i,
  /无法伪造|不可伪造|不能伪造|cannot be forged|unforgeable/i,
  /绝对安全|absolutely (safe|secure)|military.grade/i,
  /(请|可以|试试|建议|先)[^，。]{0,6}(清除|清空|清理)[^，。]{0,4}(数据|缓存)/,
  /(please|try|you can) clear\w* (the |your )?(browser |site )?(data|cache)/i,
];

describe("all documents", () => {
  test.each(["README.md", "CHANGELOG.md", ...pages])("%s says nothing forbidden", (path) => {
    const text = readText(path);
    expect(forbidden.flatMap((words) => words.exec(text)?.[0] ?? [])).toEqual([]);
  });

  test("name only finding codes that exist", () => {
    const text = pages.map(readText).join("\n");
    const named = new Set(text.match(/\b[EWF]_[A-Z][A-Z_]+[A-Z]\b/g));
    expect([...named].filter((code) => !(code in findings))).toEqual([]);
  });
});
