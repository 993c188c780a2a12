import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";

import { startServer, type AppServer } from "./server.ts";
import { countTaps, watch } from "./watch.ts";
import { wordsOf, type Words } from "./words.ts";

/** The app in one window, as a person has it in front of them. */
export type App = Words & {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: AppServer;
  /** What went wrong beside what was looked at; empty when the test ends. */
  readonly problems: readonly string[];
};

/** Several people on one machine take a port each. */
const firstPort = Number(process.env["PORT"] ?? "4300");

/** Puts an app over a context that has not loaded it yet. */
export const newApp = async (
  context: BrowserContext,
  server: AppServer,
  locale: string | undefined,
): Promise<App> => {
  const problems = await watch(context, server.url);
  await countTaps(context);
  const page = context.pages()[0] ?? (await context.newPage());
  return { ...wordsOf(locale), page, context, server, problems };
};

/** Tests with `app`: a fresh browser context and a server of this worker that the test may stop. */
export const test = base.extend<{ readonly app: App }, { readonly server: AppServer }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright wants a pattern
    async ({}, use, { parallelIndex }) => {
      const server = await startServer(firstPort + parallelIndex);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  app: async ({ context, server, locale }, use) => {
    await server.start();
    const app = await newApp(context, server, locale);
    await use(app);
    expect(app.problems).toEqual([]);
  },
});

export { expect };

/** The page that is open, by its id in screens.md. */
export const screen = (app: App, id: string) => app.page.locator(`main[data-screen="${id}"]`);

export const expectScreen = async (app: App, id: string): Promise<void> =>
  expect(screen(app, id)).toBeVisible();

/** Loads the app at an address inside it. */
export const openAt = async (app: App, hash = ""): Promise<void> => {
  await app.page.goto(app.server.url + hash);
};

/** Waits until everything is cached and this page is served from the cache, then pulls the plug for good. */
const goOffline = async (app: App): Promise<void> => {
  await app.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
    );
  });
  await app.server.stop();
};

/** First load, then offline: where every journey begins. */
export const arrive = async (app: App): Promise<void> => {
  await openAt(app);
  await expectScreen(app, "S0");
  await goOffline(app);
};

export const button = (app: App, name: string) =>
  app.page.getByRole("button", { name, exact: true });
export const link = (app: App, name: string) => app.page.getByRole("link", { name, exact: true });

/** Practice from the welcome page: one tap, and the practice day is there. */
export const practise = async (app: App): Promise<void> => {
  await arrive(app);
  await button(app, app.t("welcome.practise")).click();
  await expect(app.page.locator(".train-bar")).toBeVisible();
  await expectScreen(app, "T1");
  await expect(app.page.getByRole("heading", { name: app.t("scan.recent") })).toBeVisible();
};

const shopName = "晓林饰品摊 #7";

/** Somebody who works at the shop of the tests, with what they type to prove it. */
export type Person = {
  readonly name: string;
  readonly role: "owner" | "lead" | "clerk";
  readonly pin: string;
};

/** The owner, who opened the shop. */
export const owner: Person = { name: "林晓", role: "owner", pin: "739182" };

/** A real shop through the first-run form, up to the live app. Returns the recovery code. */
export const openShop = async (app: App): Promise<string> => {
  await arrive(app);
  await link(app, app.t("welcome.real")).click();
  await expectScreen(app, "P13");
  await app.page.locator("input[name=shop]").fill(shopName);
  await app.page.locator("input[name=owner]").fill(owner.name);
  await app.page.locator("input[name=pin]").fill(owner.pin);
  await app.page.locator("input[name=again]").fill(owner.pin);
  await button(app, app.t("first.submit")).click();
  const groups = app.page.locator(".code-groups span");
  await expect(groups.first()).toBeVisible();
  const code = (await groups.allTextContents()).join("-");
  await button(app, app.t("code.written")).click();
  await expectScreen(app, "T1");
  return code;
};

/** Enters the owner's PIN on the lock. */
export const unlock = async (app: App, pin = owner.pin): Promise<void> => {
  await expectScreen(app, "S1");
  const field = app.page.getByLabel(app.t("pin.label"));
  const tile = app.page.getByRole("button", { name: owner.name });
  await expect(field.or(tile)).toBeVisible();
  if (await tile.isVisible()) await tile.click();
  await field.fill(pin);
  await expect(screen(app, "S1")).toBeHidden();
};

/** Goes to a page inside the app without loading it anew. */
export const goTo = async (app: App, hash: string): Promise<void> => {
  await app.page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);
};

/** Looks a number up by typing it. */
export const typeNumber = async (app: App, number: string): Promise<void> => {
  await goTo(app, "#/type");
  await app.page.locator("input[name=number]").fill(number);
  await button(app, app.t("action.continue")).click();
};

/** One of the chips of a group, both by their words. */
export const chip = (app: App, group: string, name: string) =>
  app.page
    .getByRole("group", { name: group, exact: true })
    .getByRole("radio", { name: new RegExp(`^${name.replace(/[/.*+?()]/g, "\\$&")}`) });

export const reasonChip = (app: App, reason: "faulty" | "wrong_size" | "overpaid") =>
  chip(app, app.t("word.reason"), app.t(`reason.${reason}`));

export const amountChip = (app: App, amount: "full" | "half" | "lines" | "typed") =>
  chip(app, app.t("refund.amount_choice"), app.t(`refund.${amount}`));

/** One of 退款, 退货, 换货, 不予退款. */
export const typeChoice = (app: App, type: "refund" | "return" | "exchange" | "decline") =>
  app.page
    .getByRole("radiogroup", { name: app.t("refund.type"), exact: true })
    .getByRole("radio", { name: app.t(`refund.type.${type}`), exact: true });

const buttonLike = (app: App, part: string) => app.page.getByRole("button", { name: part });

/** The primary button of the editor, whatever its amount and whoever has to allow it. */
export const confirmButton = (app: App) =>
  buttonLike(app, app.t("refund.confirm", { amount: "" }).trim()).or(
    buttonLike(app, app.t("refund.confirm_ask", { amount: "" }).trim()),
  );

/** Picks a reason and confirms; the page shows what was recorded. Returns its number. */
export const confirmRefund = async (app: App, minor: number): Promise<string> => {
  await reasonChip(app, "faulty").click();
  await button(app, app.t("refund.confirm", { amount: app.yuan(minor) })).click();
  await expectScreen(app, "R5");
  return refundNumber(app);
};

/** The refund number that stands on the page, without its gaps. */
export const refundNumber = async (app: App): Promise<string> => {
  const number = app.page
    .locator("main .copy")
    .filter({ has: app.page.getByText(app.t("refund.recorded.number"), { exact: true }) })
    .locator("code");
  const text = (await number.textContent()) ?? "";
  return text.replace(/\s/g, "");
};

/** Taps the keys of the amount pad. */
export const typeAmount = async (app: App, text: string): Promise<void> => {
  for (const key of text)
    await app.page
      .locator(".keypad")
      .getByRole("button", { name: key === "." ? app.t("keypad.point") : key, exact: true })
      .click();
};

/** A payment as somebody types it in; paid to the channel itself and proven by its slip unless it says otherwise. */
export type PaymentEntry = {
  readonly yuan: string;
  readonly number?: string;
  readonly state?: "unknown" | "transfer";
  readonly acquirer?: string;
  /** Name, price of one and how many. */
  readonly goods?: readonly (readonly [name: string, price: string, quantity: string])[];
};

const fillMore = async (app: App, { state, acquirer, goods = [] }: PaymentEntry): Promise<void> => {
  await app.page.locator("main .fold summary").click();
  if (state !== undefined)
    await chip(app, app.t("scan.payment.state"), app.t(`scan.payment.state.${state}`)).click();
  if (acquirer !== undefined)
    await app.page.locator("select[name=acquirer]").selectOption(acquirer);
  for (const [index, [name, price, quantity]] of goods.entries()) {
    await button(app, app.t("refund.lines.add")).click();
    await app.page.locator("input[name=line-name]").nth(index).fill(name);
    await app.page.locator("input[name=line-price]").nth(index).fill(price);
    await app.page.locator("input[name=line-quantity]").nth(index).fill(quantity);
  }
};

/** Records a payment by hand and stays on its refund editor. */
export const recordPayment = async (app: App, entry: PaymentEntry): Promise<void> => {
  const { number, yuan, state, acquirer, goods } = entry;
  await goTo(app, "#/payment/new");
  await expectScreen(app, "T1f");
  await typeAmount(app, yuan);
  await chip(app, app.t("scan.payment.channel"), app.t("channel.wechat")).click();
  await chip(app, app.t("scan.payment.proof"), app.t("scan.payment.proof.slip")).click();
  if (number !== undefined) await app.page.locator("input[name=number]").fill(number);
  if ((state ?? acquirer ?? goods) !== undefined) await fillMore(app, entry);
  await button(app, app.t("scan.payment.save_refund")).click();
  await expectScreen(app, "R1");
};

/** Touches since the page was loaded. */
export const taps = (app: App): Promise<number> => app.page.evaluate(() => globalThis.taps ?? 0);

/** How many touches something takes. */
export const tapsOf = async (app: App, work: () => Promise<unknown>): Promise<number> => {
  const before = await taps(app);
  await work();
  return (await taps(app)) - before;
};

/** A scanner gun: keys as close as they come from a cable, from inside the page so that no load tears them apart. */
export const shoot = (app: App, text: string): Promise<void> =>
  app.page.evaluate((characters) => {
    for (const key of [...Array.from(characters), "Enter"])
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
      );
  }, text);

/** A code before the live scanner, by the gun, which takes no touch: its payment opens. */
export const scan = async (app: App, number: string): Promise<void> => {
  await goTo(app, "#/scan");
  await expectScreen(app, "T1");
  await shoot(app, number);
  await expectScreen(app, "R1");
  await expect(typeChoice(app, "refund")).toBeChecked();
};
