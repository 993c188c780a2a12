import { defineConfig } from "@playwright/test";

import shared from "../e2e/playwright.config.ts";

const [phone] = shared.projects ?? [];

/** Slow suites and the bench: one window at a time, on the phone in Chinese. */
export default defineConfig({
  ...shared,
  testDir: ".",
  workers: 1,
  fullyParallel: false,
  projects: phone === undefined ? [] : [{ name: phone.name ?? "phone", use: phone.use ?? {} }],
});
