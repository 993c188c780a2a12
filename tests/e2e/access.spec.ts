import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  arrive,
  button,
  expect,
  expectScreen,
  goTo,
  link,
  newApp,
  openShop,
  practise,
  amountChip,
  test,
  type App,
} from "./support/app.ts";
import { look, overflowing, type Findings } from "./support/measure.ts";
import { drawn, placesOf, visit, type Place } from "./support/pages.ts";
import { profileIn } from "./support/profile.ts";

const nameOf = ({ id, hash }: Place): string => `${id} ${hash.split("?")[0] ?? ""}`;

/** A new page has the focus on its heading, or on the field that it is for. */
const focusLost = async (app: App, { id }: Place): Promise<readonly string[]> => {
  const focused = await app.page.evaluate(() => document.activeElement?.tagName ?? "");
  return focused === "H1" || (id === "T1b" && focused === "INPUT") ? [] : [`focus on ${focused}`];
};

test(
  "axe finds nothing on any page, light or dark, every target is 48 px, and the heading has the focus",
  { tag: "@corners" },
  async ({ app }) => {
    test.setTimeout(240_000);
    await practise(app);
    const findings: Findings = {};
    for (const place of (await placesOf(app)).slice(1)) {
      await visit(app, place);
      const lost = await focusLost(app, place);
      if (lost.length > 0) findings[`${nameOf(place)} focus`] = lost;
      await look(app, nameOf(place), findings);
    }
    await goTo(app, "#/scan");
    await expectScreen(app, "T1");
    await look(app, "T1", findings);
    expect(findings).toEqual({});
  },
);

test(
  "axe finds nothing before the shop is open and on the lock",
  { tag: "@phone" },
  async ({ app }) => {
    test.setTimeout(120_000);
    const findings: Findings = {};
    await arrive(app);
    await look(app, "S0", findings);
    await link(app, app.t("welcome.real")).click();
    await expectScreen(app, "P13");
    await look(app, "first run", findings);
    await app.page.goto("about:blank");
    await app.server.start();
    await openShop(app);
    await app.page.reload();
    await expectScreen(app, "S1");
    await look(app, "S1", findings);
    expect(findings).toEqual({});
  },
);

test("axe finds nothing on sheets", { tag: "@corners" }, async ({ app }) => {
  await practise(app);
  const findings: Findings = {};
  await button(app, app.t("scan.sample")).click();
  await expectScreen(app, "R1");
  await amountChip(app, "typed").click();
  await look(app, "amount", findings);
  await app.page.keyboard.press("Escape");
  await goTo(app, "#/scan");
  await app.page.locator("main a[href^='#/r/']:not([href^='#/r/new'])").first().click();
  await button(app, app.t("action.share")).click();
  await expect(app.page.getByRole("dialog")).toBeVisible();
  await look(app, "tell", findings);
  expect(findings).toEqual({});
});

type Measure = () => Promise<readonly string[]>;

const walk = async (app: App, measure: Measure): Promise<Findings> => {
  const findings: Findings = {};
  for (const place of await placesOf(app)) {
    await visit(app, place);
    const outside = await measure();
    if (outside.length > 0) findings[nameOf(place)] = outside;
  }
  return findings;
};

/** Every page is measured twice: on the narrowest phone, and with its text twice as large. */
const measureBoth =
  (app: App): Measure =>
  async () => {
    await app.page.setViewportSize({ width: 320, height: 640 });
    await drawn(app);
    const narrow = await overflowing(app);
    await app.page.setViewportSize({ width: 390, height: 844 });
    await app.page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    await drawn(app);
    const large = await overflowing(app);
    await app.page.evaluate(() => {
      document.documentElement.style.fontSize = "";
    });
    return [...narrow, ...large.map((text) => `large ${text}`)];
  };

test(
  "nothing sticks out at 320 px, nor with text twice as large",
  { tag: "@narrow" },
  async ({ app }) => {
    test.setTimeout(120_000);
    await practise(app);
    expect(await walk(app, measureBoth(app))).toEqual({});
  },
);

test(
  "nothing sticks out when the browser's own letters are twice as large",
  { tag: "@phone" },
  async ({ server, locale }, info) => {
    test.setTimeout(120_000);
    const folder = info.outputPath("large");
    mkdirSync(join(folder, "Default"), { recursive: true });
    const preferences = { webkit: { webprefs: { default_font_size: 32 } } };
    writeFileSync(join(folder, "Default", "Preferences"), JSON.stringify(preferences));
    await server.start();
    const app = await newApp(await profileIn(folder, info).open(), server, locale);
    await practise(app);
    expect(await app.page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe(
      "32px",
    );
    expect(await walk(app, () => overflowing(app))).toEqual({});
    await app.context.close();
  },
);
