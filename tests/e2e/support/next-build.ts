import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { builtFolder } from "./server.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const parts = [
  "src",
  "public",
  "CHANGELOG.md",
  "LICENSE",
  "index.html",
  "vite.config.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** Builds the same sources under another name, beside the repository, and returns the folder of the files. */
export const buildAs = (name: string, folder: string): string => {
  mkdirSync(folder, { recursive: true });
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  execFileSync(process.execPath, [vite, "build"], {
    cwd: folder,
    env: { ...process.env, BUILD_ID: name },
    stdio: "pipe",
  });
  return join(folder, "dist");
};

/** Puts the build under test into a folder that another build may later lie over. */
export const layCurrentBuild = (folder: string): void =>
  cpSync(resolve(root, builtFolder), folder, { recursive: true });
