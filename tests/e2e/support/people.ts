import { button, chip, expect, expectScreen, goTo, type App, type Person } from "./app.ts";

export const clerk: Person = { name: "小王", role: "clerk", pin: "604817" };
export const lead: Person = { name: "老陈", role: "lead", pin: "271846" };

/** Somebody joins through the form. */
export const join = async (app: App, { name, role, pin }: Person): Promise<void> => {
  await goTo(app, "#/staff/new");
  await expectScreen(app, "P2a");
  await app.page.locator("input[name=name]").fill(name);
  await chip(app, app.t("people.role"), app.t(`role.${role}`)).click();
  await app.page.locator("input[name=pin]").fill(pin);
  await app.page.locator("input[name=again]").fill(pin);
  await button(app, app.t("people.add")).click();
  await expectScreen(app, "P2");
  await expect(app.page.locator("a.row", { hasText: name })).toBeVisible();
};

export const avatar = (app: App) => app.page.locator(".avatar");

/** A person to choose, wherever one is asked for. */
export const tile = (app: App, { name }: Person) =>
  app.page.locator(".person").filter({ hasText: name });

/** Taps the digits of a PIN. */
export const tapPin = async (app: App, { pin }: Person): Promise<void> => {
  for (const digit of pin)
    await app.page
      .locator(".pin .keypad")
      .getByRole("button", { name: digit, exact: true })
      .click();
};

/** Answers "who, and the PIN", wherever it is asked; a person who stands alone need not be chosen. */
export const givePin = async (app: App, person: Person): Promise<void> => {
  const field = app.page.getByLabel(app.t("pin.label"));
  await expect(field.or(tile(app, person)).first()).toBeVisible();
  if (await tile(app, person).isVisible()) await tile(app, person).click();
  await field.fill(person.pin);
};

/** Somebody else takes over at the till. */
export const takeOver = async (app: App, person: Person): Promise<void> => {
  await avatar(app).click();
  await expectScreen(app, "S1");
  await givePin(app, person);
  const { name } = person;
  await expect(avatar(app)).toHaveAccessibleName(app.t("action.change_staff", { name }));
};
