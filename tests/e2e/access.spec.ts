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
import { placesOf, visit, type Place } from "./support/pages.ts";
import { profileIn } from "./support/profile.ts";

const nameOf = ({ id, hash }: Place): string => `${id} ${hash.split("?")[0] ?? ""}`;

test(
  "axe finds nothing on any page, light or dark, and every target is 48 px",
  { tag: "@corners" },
  async ({ app }) => {
    test.setTimeout(240_000);
    await practise(app);
    const findings: Findings = {};
    for (const place of await placesOf(app)) {
      await visit(app, place);
      await look(app, nameOf(place), findings);
    }
    expect(findings).toEqual({});
  },
);

test(
  "axe finds nothing before the shop is open, on the lock and on sheets",
  { tag: "@corners" },
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

test(
  "a new page takes the focus on its heading or its field",
  { tag: "@corners" },
  async ({ app }) => {
    await practise(app);
    const lost: string[] = [];
    for (const place of (await placesOf(app)).slice(1)) {
      await visit(app, place);
      const focused = await app.page.evaluate(() => document.activeElement?.tagName ?? "");
      if (focused !== "H1" && !(place.id === "T1b" && focused === "INPUT"))
        lost.push(`${nameOf(place)}: ${focused}`);
    }
    expect(lost).toEqual([]);
  },
);

type Places = Awaited<ReturnType<typeof placesOf>>;

const overflowOf = async (app: App, places: Places): Promise<Findings> => {
  const findings: Findings = {};
  for (const place of places) {
    await visit(app, place);
    const outside = await overflowing(app);
    if (outside.length > 0) findings[nameOf(place)] = outside;
  }
  return findings;
};

test(
  "nothing sticks out at 320 px, nor with text twice as large",
  { tag: "@narrow" },
  async ({ app }) => {
    test.setTimeout(120_000);
    await practise(app);
    const places = await placesOf(app);
    await app.page.setViewportSize({ width: 320, height: 640 });
    expect(await overflowOf(app, places)).toEqual({});
    await app.page.setViewportSize({ width: 390, height: 844 });
    await app.page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    expect(await overflowOf(app, places)).toEqual({});
  },
);

test(
  "nothing sticks out when the browser's own letters are twice as large",
  { tag: "@narrow" },
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
    expect(await overflowOf(app, await placesOf(app))).toEqual({});
    await app.context.close();
  },
);
