import { expect, goTo, screen, type App, type Person } from "../e2e/support/app.ts";
import { sheet } from "../e2e/support/journey.ts";
import { givePin, tile } from "../e2e/support/people.ts";
import { people, type CaseModel, type Shop } from "./walk-model.ts";

/** What a step has to leave behind: these records, nothing else, and a refund to look at. */
export type Done = { readonly kinds: readonly string[]; readonly about?: CaseModel };

export type Merchant = {
  readonly app: App;
  readonly shop: Shop;
  /** From 0 up to 1, the same for the same seed. */
  readonly random: () => number;
};

/** Something that can be done now, in words for the trail. */
export type Deed = { readonly name: string; readonly run: () => Promise<Done> };

/** One of a list. */
export const pick = <T>({ random }: Merchant, list: readonly T[]): T => {
  const picked = list[Math.floor(random() * list.length)];
  if (picked === undefined) throw new Error("nothing to pick");
  return picked;
};

/** Goes to a page; a sheet that has just closed may still be taking its history entry with it. */
export const visit = (app: App, hash: string, id: string): Promise<void> =>
  expect(async () => {
    await goTo(app, hash);
    await expect(screen(app, id)).toBeVisible({ timeout: 2000 });
  }).toPass();

/** Taps as whoever is at the till; when they may not, one of those who may comes and gives the PIN. */
export const asOneOf = async (
  merchant: Merchant,
  roles: readonly Person["role"][],
  tap: () => Promise<unknown>,
): Promise<Person> => {
  const { app, shop } = merchant;
  await tap();
  if (roles.includes(shop.till.role)) return shop.till;
  await expect(sheet(app)).toContainText(app.t("workflow.entitled.title"));
  const others = people.filter(({ role }) => roles.includes(role));
  await expectTiles(app, others);
  const person = pick(merchant, others);
  await givePin(app, person);
  return person;
};

/** These people are offered and nobody else; one who stands alone need not be chosen. */
export const expectTiles = async (app: App, wanted: readonly Person[]): Promise<void> => {
  await expect(
    app.page.getByLabel(app.t("pin.label")).or(app.page.locator(".person")).first(),
  ).toBeVisible();
  await expect(app.page.locator(".person")).toHaveCount(wanted.length === 1 ? 0 : wanted.length);
  if (wanted.length > 1) for (const person of wanted) await expect(tile(app, person)).toBeVisible();
};

/** Those who may do what a clerk may not. */
export const managers = ["lead", "owner"] as const;

/** Anybody who works here. */
export const anybody = ["clerk", "lead", "owner"] as const;
