import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium, type BrowserContext, type TestInfo } from "@playwright/test";

import { executablePath, flags } from "../playwright.config.ts";

/** A browser with a profile on disk: it can be closed or killed and opened again with what it kept. */
export type Profile = {
  readonly folder: string;
  readonly open: () => Promise<BrowserContext>;
  /** Ends every process of the browser as a dead battery would. */
  readonly kill: () => void;
};

type Process = { readonly id: number; readonly parent: number; readonly command: string };

const readProcess = (id: number): readonly Process[] => {
  try {
    const status = readFileSync(`/proc/${id}/stat`, "utf8");
    const [, state, parent] = /\) (\S) (\d+)/.exec(status) ?? [];
    const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
    return state === "Z" ? [] : [{ id, parent: Number(parent), command }];
  } catch {
    return []; // it ended while we looked
  }
};

/** The browser that uses this very profile and everything it started. */
const processesOf = (folder: string): readonly number[] => {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  const found = new Set(
    all
      .filter(({ command }) => command.split("\0").includes(`--user-data-dir=${folder}`))
      .map(({ id }) => id),
  );
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { id, parent } of all) if (found.has(parent)) found.add(id);
  }
  return [...found];
};

const end = (id: number): void => {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // gone already
  }
};

/** Waits until nobody holds the profile and takes the locks away that a killed browser leaves. */
const release = async (folder: string): Promise<void> => {
  for (let tries = 0; processesOf(folder).length > 0 && tries < 100; tries++) await pause(20);
  for (const name of ["SingletonLock", "SingletonSocket", "SingletonCookie"])
    rmSync(join(folder, name), { force: true });
};

/** A browser over `folder`, with the size and language of the project that runs. */
export const profileIn = (
  folder: string,
  { project }: TestInfo,
  args: readonly string[] = [],
): Profile => ({
  folder,
  open: async () => {
    await release(folder);
    const { viewport, locale, timezoneId } = project.use;
    return chromium.launchPersistentContext(folder, {
      executablePath,
      args: [...flags, ...args],
      ...(viewport === undefined ? {} : { viewport }),
      ...(locale === undefined ? {} : { locale }),
      ...(timezoneId === undefined ? {} : { timezoneId }),
    });
  },
  kill: () => processesOf(folder).forEach(end),
});
