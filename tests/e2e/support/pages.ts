import {
  amountChip,
  button,
  confirmButton,
  expect,
  expectScreen,
  goTo,
  reasonChip,
  type App,
} from "./app.ts";

/** A page to look at: its id in screens.md and its address. */
export type Place = { readonly id: string; readonly hash: string };

/** Every page of an open shop in practice, with a refund that was just recorded to look at. */
export const placesOf = async (app: App): Promise<readonly Place[]> => {
  await goTo(app, "#/scan");
  await button(app, app.t("scan.sample")).click();
  await expectScreen(app, "R1");
  const sample = await app.page.evaluate(() => location.hash);
  await amountChip(app, "half").click();
  await reasonChip(app, "faulty").click();
  await confirmButton(app).click();
  await expectScreen(app, "R5");
  const id = (await app.page.evaluate(() => location.hash)).split("/").at(-1) ?? "";
  return [
    { id: "T1", hash: "#/scan" },
    { id: "T1b", hash: "#/type" },
    { id: "T1e", hash: "#/find" },
    { id: "T1f", hash: "#/payment/new" },
    { id: "R1", hash: sample },
    { id: "R5", hash: `#/recorded/${id}` },
    { id: "D1", hash: `#/r/${id}` },
    { id: "D2", hash: `#/receipt/${id}` },
    { id: "D3", hash: `#/show/${id}` },
    { id: "D4", hash: `#/form/${id}` },
    { id: "D9", hash: `#/dispute/${id}` },
    { id: "D8", hash: `#/result/${id}` },
    { id: "T2", hash: "#/records" },
    { id: "T2", hash: "#/records?f=payments" },
    { id: "T2", hash: "#/records?f=declined" },
    { id: "R1", hash: "#/r/new?u=1" },
    { id: "R4", hash: `#/approval/${id}` },
    { id: "R9", hash: `#/goods/${id}` },
    { id: "R10", hash: `#/terminal/${id}` },
    { id: "D6", hash: `#/support/${id}` },
    { id: "T2a", hash: "#/todo" },
    { id: "E6", hash: "#/outbox" },
    { id: "T3", hash: "#/recon" },
    { id: "C1", hash: "#/recon/import" },
    { id: "E1", hash: "#/export" },
    { id: "E5", hash: "#/plan" },
    { id: "E2", hash: "#/verify" },
    { id: "E7", hash: "#/send" },
    { id: "E8", hash: "#/receive" },
    { id: "E9", hash: "#/filter" },
    { id: "E11", hash: "#/uploads" },
    { id: "E12", hash: "#/results" },
    { id: "E3", hash: "#/backup" },
    { id: "T4", hash: "#/insights" },
    { id: "D4a", hash: "#/form" },
    { id: "Z1", hash: "#/close" },
    { id: "Z2", hash: "#/checkpoint" },
    { id: "V1", hash: "#/v/not-a-slip" },
    { id: "T5", hash: "#/more" },
    { id: "A1", hash: "#/audit" },
    { id: "P11", hash: "#/privacy" },
    { id: "P5", hash: "#/storage" },
    { id: "P1", hash: "#/policy" },
    { id: "P1b", hash: "#/policy/text" },
    { id: "P1a", hash: "#/policy/poster" },
    { id: "P2", hash: "#/staff" },
    { id: "P2a", hash: "#/staff/new" },
    { id: "P2b", hash: "#/staff/s1" },
    { id: "P10", hash: "#/devices" },
    { id: "P10a", hash: "#/devices/add" },
    { id: "S0a", hash: "#/join" },
    { id: "P9", hash: "#/acquirers" },
    { id: "P9a", hash: "#/acquirers/lakala" },
    { id: "P9b", hash: "#/acquirers/lakala/edit" },
    { id: "P9c", hash: "#/acquirers/lakala/columns" },
    { id: "P13", hash: "#/shop" },
    { id: "P12", hash: "#/look" },
    { id: "P6", hash: "#/train" },
    { id: "P7", hash: "#/help" },
    { id: "P8", hash: "#/about" },
  ];
};

/** Waits until what has changed stands in the window. */
export const drawn = (app: App): Promise<unknown> =>
  app.page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );

/** Opens a page and waits until what it loads is there. */
export const visit = async (app: App, place: Place): Promise<void> => {
  await goTo(app, place.hash);
  await expectScreen(app, place.id);
  await expect(app.page.locator("h1").first()).toBeVisible();
  await drawn(app);
  await app.page.evaluate(async () => {
    const running = document.getAnimations().filter(({ effect }) => {
      const { iterations } = effect?.getTiming() ?? {};
      return iterations !== Infinity;
    });
    await Promise.allSettled(running.map(({ finished }) => finished));
  });
};
