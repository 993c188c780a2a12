import { AxeBuilder } from "@axe-core/playwright";

import {
  amountChip,
  button,
  chip,
  confirmButton,
  expect,
  expectScreen,
  goTo,
  openShop,
  practise,
  reasonChip,
  recordPayment,
  screen,
  taps,
  test,
  unlock,
  type App,
} from "./support/app.ts";
import { overflowing, smallTargets } from "./support/measure.ts";
import { storedText } from "./support/stored.ts";

const clerkPin = "604817";

/** Somebody joins through the form; the list shows them. */
const addPerson = async (app: App, name: string, role: "clerk" | "lead" = "clerk") => {
  await goTo(app, "#/staff/new");
  await app.page.locator("input[name=name]").fill(name);
  await chip(app, app.t("people.role"), app.t(`role.${role}`)).click();
  await app.page.locator("input[name=pin]").fill(clerkPin);
  await app.page.locator("input[name=again]").fill(clerkPin);
  await button(app, app.t("people.add")).click();
  await expectScreen(app, "P2");
  await expect(app.page.locator("a.row", { hasText: name })).toBeVisible();
};

const avatar = (app: App) => app.page.locator(".avatar");
const tile = (app: App, name: string) => app.page.locator(".person", { hasText: name });

const tapPin = async (app: App, pin: string): Promise<void> => {
  for (const digit of pin)
    await app.page.locator(".keypad").getByRole("button", { name: digit, exact: true }).click();
};

const axeFindings = async (app: App): Promise<readonly string[]> => {
  const builder = new AxeBuilder({ page: app.page }).setLegacyMode(true);
  const { violations } = await builder.withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`));
};

test("R35 screens §3 another person takes over with avatar, name and PIN: two taps and six digits @phone", async ({
  app,
}) => {
  await openShop(app);
  await addPerson(app, "小王");
  await goTo(app, "#/records");
  await expectScreen(app, "T2");
  const before = await taps(app);
  await avatar(app).click();
  await expectScreen(app, "S1");
  await tile(app, "小王").click();
  await tapPin(app, clerkPin);
  await expect(avatar(app)).toHaveAccessibleName(app.t("action.change_staff", { name: "小王" }));
  expect((await taps(app)) - before).toBe(2 + clerkPin.length);
  await expectScreen(app, "T2");
  expect(await storedText(app)).not.toContain(clerkPin);
});

test("rel-X6 F68 left alone it locks, nothing is left on the page, and the entry is still there @phone", async ({
  app,
}) => {
  await app.page.clock.install();
  await openShop(app);
  await recordPayment(app, { yuan: "36", number: "LOCK-000001" });
  await amountChip(app, "half").click();
  await reasonChip(app, "faulty").click();
  await expect(confirmButton(app)).toBeEnabled();
  await app.page.clock.runFor(2000); // the draft is kept within a second
  await app.page.clock.fastForward(3 * 60_000);
  await expectScreen(app, "S1");
  const left = await app.page.evaluate(() => document.documentElement.outerHTML);
  for (const fact of [app.yuan(3600), app.yuan(1800), "LOCK-000001"])
    expect(left).not.toContain(fact);
  await unlock(app);
  await expectScreen(app, "R1");
  await expect(amountChip(app, "half")).toBeChecked();
  await expect(reasonChip(app, "faulty")).toBeChecked();
});

test("R35 screens §1.5 a clerk changes a limit with the owner's PIN, and is switched off at once @phone", async ({
  app,
}) => {
  await openShop(app);
  await addPerson(app, "小王");
  await avatar(app).click();
  await tile(app, "小王").click();
  await app.page.getByLabel(app.t("pin.label")).fill(clerkPin);
  await goTo(app, "#/staff/s2");
  await expectScreen(app, "P2b");
  await app.page.locator("input[name=limit]").fill("50");
  await button(app, app.t("action.save")).click();
  await expect(app.page.getByRole("dialog")).toContainText(app.t("workflow.entitled.title"));
  await app.page.getByRole("dialog").getByLabel(app.t("pin.label")).fill("739182");
  await expect(app.page.locator(".banner")).toHaveText(app.t("people.saved"));
  await expect(app.page.locator("main .facts").first()).toContainText(app.yuan(5000));
  await button(app, app.t("people.disable")).click();
  await app.page.getByRole("dialog").getByLabel(app.t("pin.label")).fill("739182");
  await expectScreen(app, "S1");
  await expect(tile(app, "小王")).toBeHidden();
});

test("X40 in practice the avatar changes the person without a PIN, and a PIN that is asked for is shown @phone", async ({
  app,
}) => {
  await practise(app);
  await avatar(app).click();
  await expect(app.page.getByRole("dialog").locator(".person")).toHaveCount(3); // two join meanwhile
  await tile(app, app.t("people.practice_clerk")).click();
  const name = app.t("people.practice_clerk");
  await expect(avatar(app)).toHaveAccessibleName(app.t("action.change_staff", { name }));
  await goTo(app, "#/shop");
  await app.page.locator("input[name=lock]").fill("5");
  await button(app, app.t("action.save")).click();
  const dialog = app.page.getByRole("dialog");
  await expect(dialog).toContainText(app.t("people.practice_pin", { pin: "739182" }));
  await dialog.getByLabel(app.t("pin.label")).fill("739182");
  await expect(app.page.locator(".banner")).toHaveText(app.t("people.saved"));
});

test("S1 P2 P13 hold at 320 px and twice the text, with targets of 48 px and nothing that axe finds @phone", async ({
  app,
}) => {
  test.setTimeout(120_000);
  await openShop(app);
  await addPerson(app, "欧阳阿依古丽·买买提", "lead");
  const findings: Record<string, readonly string[]> = {};
  const look = async (place: string): Promise<void> => {
    const all = [
      ...(await overflowing(app)),
      ...(await smallTargets(app)),
      ...(await axeFindings(app)),
    ];
    if (all.length > 0) findings[place] = all;
  };
  for (const [width, size] of [
    [320, "100%"],
    [390, "200%"],
  ] as const) {
    await app.page.setViewportSize({ width, height: 3000 });
    await app.page.evaluate((wanted) => {
      document.documentElement.style.fontSize = wanted;
    }, size);
    for (const [id, hash] of [
      ["P2", "#/staff"],
      ["P2a", "#/staff/new"],
      ["P2b", "#/staff/s2"],
      ["P13", "#/shop"],
    ] as const) {
      await goTo(app, hash);
      await expectScreen(app, id);
      await expect(screen(app, id).locator(".btn").first()).toBeVisible();
      await look(`${id} ${width}`);
    }
    await avatar(app).click();
    await expectScreen(app, "S1");
    await look(`S1 ${width}`);
    await unlock(app);
  }
  expect(findings).toEqual({});
});
