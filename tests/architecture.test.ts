import { describe, expect, test } from "vitest";

/** The architecture in one table: what the files of a folder may import besides their own folder. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  domain: ["valibot"],
  ledger: [
    "domain",
    "valibot",
    "@stablelib/sha256", // digests of pieces, at once: WebCrypto has neither, and @noble/hashes takes twice as long in Chromium
  ],
  storage: ["domain", "ledger", "workers/call", "workers/safety-copy", "dexie"],
  usecases: ["domain", "ledger", "storage"],
  platform: ["domain", "ledger", "workers", "@zxing/browser", "workbox-window"],
  workers: [
    "domain",
    "ledger",
    "@zxing/library",
    "zxing-wasm", // reads what the own locator does not, and Data Matrix; loaded only then
    "workbox-precaching",
  ],
  i18n: ["domain", "ledger/findings"],
  ui: [
    "domain",
    "ledger/findings",
    "usecases",
    "storage/queries",
    "storage/observe",
    "i18n",
    "preact",
    "@preact/signals",
    "lean-qr",
    "valibot", // drafts that an older build kept are data from outside
  ],
  verifier: ["domain", "ledger", "workers/call", "workers/verify", "node:fs/promises"],
};

/** Words no source may contain, and why. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\bnew Function\(/,
    "makes HTML or code from text",
  ],
  [/new Worker\(new URL/, "is refused by Trusted Types: start workers in platform/workers.ts"],
  [/importScripts\(/, "brings code in from outside the build"],
];

const sources = import.meta.glob<string>("../src/*/**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

const importPatterns = [
  /^(?:import|export)\b[^"';]*\bfrom\s*["']([^"']+)["']/gm,
  /^import\s*["']([^"']+)["']/gm,
  /\bimport\s*\(\s*["']([^"']+)["']/g,
];

const reaches = (target: string, rule: string): boolean =>
  target === rule || target.startsWith(`${rule}/`) || target.startsWith(`${rule}.`);

/** `../workers/x.worker.ts?worker&url` in `platform/workers.ts` → `workers/x.worker.ts`. */
const resolve = (specifier: string, file: string): string =>
  specifier.startsWith(".") ? new URL(specifier, `file:///${file}`).pathname.slice(1) : specifier;

const importFaults = (file: string, source: string): readonly string[] => {
  const [folder = ""] = file.split("/");
  const rules = [folder, ...(allowed[folder] ?? [])];
  return importPatterns
    .flatMap((pattern) =>
      Array.from(source.matchAll(pattern), ([, specifier = ""]) => resolve(specifier, file)),
    )
    .filter((target) => !rules.some((rule) => reaches(target, rule)))
    .map((target) => `${file} may not import ${target}`);
};

const wordFaults = (file: string, source: string): readonly string[] =>
  forbidden.flatMap(([word, why]) => {
    const found = word.exec(source)?.[0];
    return found === undefined ? [] : [`${file}: ${found} ${why}`];
  });

const files = Object.entries(sources).map(
  ([path, source]) => [path.replace("../src/", ""), source] as const,
);

test("every folder of src has a row in the table, and every row a folder", () => {
  const folders = new Set(files.map(([file]) => file.split("/")[0] ?? ""));
  expect([...folders].sort()).toEqual(Object.keys(allowed).sort());
});

test("no file imports from where its folder may not", () => {
  expect(files.flatMap(([file, source]) => importFaults(file, source))).toEqual([]);
});

test("no source makes HTML or code from text, or starts a worker past the policy", () => {
  expect(files.flatMap(([file, source]) => wordFaults(file, source))).toEqual([]);
});

describe("the checks find what is planted", () => {
  test.each([
    [
      "ui/screens/scan/scan-screen.tsx",
      'import { db } from "../../../storage/database.ts";',
      "storage/database.ts",
    ],
    [
      "ui/app.tsx",
      'import { appendRecord } from "../storage/append-record.ts";',
      "storage/append-record.ts",
    ],
    ["domain/money.ts", 'import { sha256 } from "@noble/hashes/sha2.js";', "@noble/hashes/sha2.js"],
    ["domain/money.ts", 'export { seal } from "../ledger/seal.ts";', "ledger/seal.ts"],
    [
      "domain/refund/decide.ts",
      'import type { Deps } from "../../usecases/deps.ts";',
      "usecases/deps.ts",
    ],
    [
      "usecases/back-up.ts",
      'import {\n  sendFile,\n  saveFile,\n} from "../platform/files.ts";',
      "platform/files.ts",
    ],
    ["ledger/jws.ts", 'const k = await import("../platform/signing.ts");', "platform/signing.ts"],
    ["workers/sw.ts", 'import "preact/debug";', "preact/debug"],
    ["verifier/page.ts", 'import { build } from "../platform/build.ts";', "platform/build.ts"],
    [
      "storage/marks.ts",
      'import url from "../workers/decode.worker.ts?worker&url";',
      "workers/decode.worker.ts",
    ],
    ["i18n/zh-cn.ts", 'import { verify } from "../ledger/verify.ts";', "ledger/verify.ts"],
    ["ui/live.ts", 'import Dexie from "dexie";', "dexie"],
    ["domain/money.ts", 'import * as v from "valibot-extra";', "valibot-extra"],
  ])("%s: %s", (file, source, target) => {
    expect(importFaults(file, source)).toEqual([`${file} may not import ${target}`]);
  });

  test.each([
    [
      "domain/refund/decide.ts",
      'import { add } from "../money.ts";\nimport * as v from "valibot";',
    ],
    ["ledger/kinds/refund.ts", 'import * as v from "valibot";'],
    ["platform/workers.ts", 'import url from "../workers/decode.worker.ts?worker&url";'],
    [
      "ui/app.tsx",
      'import { useRef } from "preact/hooks";\nimport { a } from "../storage/queries.ts";',
    ],
    ["i18n/zh-cn.ts", "export const text = { from: 'from \"elsewhere\"' };"],
  ])("%s is let through: %s", (file, source) => {
    expect(importFaults(file, source)).toEqual([]);
  });

  test.each([
    "element.innerHTML = text;",
    'insertAdjacentHTML("beforeend", text)',
    "document.write(text)",
    "eval(code)",
    "new Function(code)",
    'new Worker(new URL("./x.worker.ts", import.meta.url))',
    "importScripts(url)",
  ])("the word is found in %s", (source) => {
    expect(wordFaults("ui/app.tsx", source)).toHaveLength(1);
  });
});
