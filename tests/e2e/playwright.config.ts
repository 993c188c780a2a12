import { existsSync } from "node:fs";
import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";

/** The browser of all tests. */
export const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
if (!existsSync(executablePath))
  throw new Error(
    `No browser at ${executablePath}. Install it with "apt-get install chromium fonts-noto-cjk", or name yours: CHROMIUM=/path/to/chromium npm test`,
  );

/** Flags that keep Chromium off the network and able to start as root; the last two give it a camera. */
export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const phone = { viewport: { width: 390, height: 844 } };
const tablet = { viewport: { width: 1180, height: 820 } };

type Use = NonNullable<PlaywrightTestConfig["use"]>;

/**
 * Heavy tests run once: those tagged @phone or @tablet only in the Chinese project of that size, @corners in two
 * projects that have both sizes and both languages, @narrow on the phones.
 */
const project = (name: string, use: Use, once: RegExp) => ({ name, use, grepInvert: once });

/** The other two of the four add what depends on both at once; DEEP=1 runs all four whole. */
const only = (tag: RegExp) => (process.env["DEEP"] === "1" ? {} : { grep: tag });

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../../test-results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  retries: 1, // machines are noisy; a test that needed it is printed as flaky
  reporter: [["list"]],
  use: {
    actionTimeout: 15_000,
    launchOptions: { executablePath, args: flags },
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
  },
  projects: [
    project("phone-zh", { ...phone, locale: "zh-CN" }, /@tablet/),
    {
      ...project("phone-en", { ...phone, locale: "en-GB" }, /@phone|@tablet|@corners/),
      ...only(/@narrow/),
    },
    {
      ...project("tablet-zh", { ...tablet, locale: "zh-CN" }, /@phone|@corners|@narrow/),
      ...only(/@tablet/),
    },
    project("tablet-en", { ...tablet, locale: "en-GB" }, /@phone|@tablet|@narrow/),
  ],
});
