import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { builtFolder } from "../e2e/support/server.ts";

const dist = resolve(fileURLToPath(new URL("../..", import.meta.url)), builtFolder);

const zipped = (file: string): number => gzipSync(readFileSync(join(dist, file))).length;

const sum = (files: readonly string[]): number =>
  files.reduce((total, file) => total + zipped(file), 0);

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** What the first page asks for, and all that the service worker keeps, in kB (gz). */
export const weigh = (): Readonly<Record<"entry" | "first" | "precache", string>> => {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const linked = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)].map(
    ([, file = ""]) => file,
  );
  const all = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1))
    .filter((file) => file !== "sw.js" && !file.endsWith(".mjs"));
  return {
    entry: kB(sum(linked.filter((file) => /\/app-.*\.js$/.test(file)))),
    first: kB(sum([...linked, "index.html"])),
    precache: kB(sum(all)),
  };
};
