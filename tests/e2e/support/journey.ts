import type { MoneyResult } from "../../../src/domain/journal-event.ts";
import { button, chip, expect, expectScreen, goTo, reasonChip, screen, type App } from "./app.ts";
import { downloaded } from "./files.ts";
import { axeFindings, overflowing, smallTargets, stretch, type Findings } from "./measure.ts";

/** The id that ends the address of a page. */
export const idHere = (app: App): Promise<string> =>
  app.page.evaluate(() => location.hash.split("/").at(-1) ?? "");

/** The page of one refund. */
export const openCase = async (app: App, id: string): Promise<void> => {
  await goTo(app, `#/r/${id}`);
  await expectScreen(app, "D1");
};

/** The sheet that lies over the page, the last one where several do. */
export const sheet = (app: App) => app.page.getByRole("dialog").last();

export const sheetButton = (app: App, name: string) =>
  sheet(app).getByRole("button", { name, exact: true });

/** How a refund stands, as its page says it. */
export const badge = (app: App) => app.page.locator(".case-head .badge");

/** The value that stands beside a name among the facts of a page. */
export const fact = (app: App, name: string) =>
  app.page
    .locator("main .kv > div")
    .filter({ has: app.page.locator("dt", { hasText: new RegExp(`^${name}$`) }) })
    .locator("dd");

/** Opens what is needed now and then, and takes one of it. */
export const takeMore = async (app: App, name: string): Promise<void> => {
  await app.page
    .locator("main .fold summary")
    .filter({ hasText: app.t("workflow.more") })
    .click();
  await app.page.locator("main .fold .row").filter({ hasText: name }).click();
};

/** A row of the page by how its words begin. */
export const row = (app: App, words: string) =>
  app.page.locator("main :is(a, button).row").filter({ hasText: new RegExp(`^${words}`) });

/** The offer to void the whole payment, in the row that says until when. */
export const voidOffer = (app: App) =>
  app.page
    .locator("main button.row")
    .filter({ hasText: app.t("refund.void.offer", { time: "" }).trim() });

/** Writes the note of the editor. */
export const writeNote = async (app: App, text: string): Promise<void> => {
  await row(app, app.t("refund.note")).click();
  await sheet(app).locator("textarea[name=note]").fill(text);
  await sheetButton(app, app.t("action.done")).click();
  await expect(sheet(app)).toBeHidden();
};

/** Another way than the one the money came, with why, and a reason. */
export const goElsewhere = async (app: App, to: "cash" | "other"): Promise<void> => {
  await row(app, app.t("refund.destination")).click();
  await chip(app, app.t("refund.destination"), app.t(`refund.destination.${to}`)).click();
  await sheet(app).locator("textarea[name=note]").fill("原路退不了");
  await sheetButton(app, app.t("action.done")).click();
  await expect(sheet(app)).toBeHidden();
  await reasonChip(app, "overpaid").click();
};

/** Everything came back as it went out: every question of the goods page is answered. */
export const seeGoods = async (app: App): Promise<void> => {
  const page = screen(app, "R9");
  await page.locator("input[name=unused]").waitFor({ state: "attached" }); // the questions come with it
  for (const question of await page.locator("fieldset.chips").all())
    await question.locator("label").first().click();
  for (const name of ["unused", "complete"])
    await page
      .locator("label")
      .filter({ has: app.page.locator(`input[name=${name}]`) })
      .click();
};

/** The one filled button of a page or sheet, by how its words begin. */
export const primary = (app: App, words: string) =>
  app.page.locator(".btn-primary").filter({ hasText: words });

/** Makes the file that is offered first, keeps it, and stands on the page where its upload is reported. */
export const exportFile = async (app: App): Promise<Buffer> => {
  await goTo(app, "#/export");
  await expectScreen(app, "E1");
  const file = await downloaded(app, () => button(app, app.t("export.save")).click());
  await expectScreen(app, "E4");
  return file.bytes;
};

/** Says that the file of the page was uploaded. */
export const reportUpload = async (app: App): Promise<void> => {
  await screen(app, "E4").locator("button[type=submit]").click();
  await expect(screen(app, "E4")).toContainText(app.t("export.upload.is_uploaded"));
};

/** What the acquirer said, as the form takes it. */
export type Told = {
  readonly result: MoneyResult;
  readonly by: "portal" | "support" | "cust";
  readonly reference?: string;
  readonly answer?: string;
};

/** Fills in the form of a result; saving it is the test's. */
export const fillResult = async (app: App, told: Told): Promise<void> => {
  await expectScreen(app, "D8");
  await chip(app, app.t("records.result.which"), app.t(`state.${told.result}`)).click();
  await chip(app, app.t("records.result.source"), app.t(`records.by.${told.by}`)).click();
  if (told.reference !== undefined)
    await app.page.locator("input[name=reference]").fill(told.reference);
  if (told.answer !== undefined) await app.page.locator("input[name=answer]").fill(told.answer);
};

export const saveResult = (app: App) => screen(app, "D8").locator("button[type=submit]");

/** A photo of a slip, sharp enough to be taken at once. */
const aPhoto = async (app: App): Promise<Buffer> => {
  const drawn = await app.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1200, 900);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.fillStyle = "#f2efe8";
    context.fillRect(0, 0, 1200, 900);
    context.fillStyle = "#333";
    context.font = "48px sans-serif";
    for (let line = 0; line < 12; line++)
      context.fillText(`4200002345202611 ¥36.0${line}`, 60, 80 + line * 70);
    const made = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    return Array.from(new Uint8Array(await made.arrayBuffer()));
  });
  return Buffer.from(drawn);
};

/** Opens the papers of a page and adds a photo to them. */
export const addPhoto = async (app: App): Promise<void> => {
  const bytes = await aPhoto(app);
  await row(app, app.t("refund.papers")).click();
  const file = { name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: bytes };
  await sheet(app).getByLabel(app.t("evidence.take"), { exact: true }).setInputFiles(file);
  await expect(sheet(app).locator(".ev-item")).toHaveCount(1);
  await sheetButton(app, app.t("action.done")).click();
  await expect(sheet(app)).toBeHidden();
};

/** Nothing sticks out sideways, axe finds nothing, every target can be hit; to be asked for at 320 px. */
export const lookOver = async (app: App, name: string, findings: Findings): Promise<void> => {
  const outside = await overflowing(app);
  const shrink = await stretch(app);
  const found = [...outside, ...(await axeFindings(app)), ...(await smallTargets(app))];
  if (found.length > 0) findings[name] = found;
  await shrink();
};
