import { readFileSync } from "node:fs";
import {
  amountChip,
  button,
  confirmButton,
  expect,
  expectScreen,
  goTo,
  openShop,
  reasonChip,
  recordPayment,
  test,
  type App,
} from "./support/app.ts";
import { saveByDownload } from "./support/files.ts";
import { storedText } from "./support/stored.ts";

type Look = "sharp" | "blurred";

/** A photo of a slip as a phone makes it: twelve megapixels, and where it was taken. */
const aPhoto = async (app: App, look: Look): Promise<Buffer> => {
  const drawn = await app.page.evaluate(async (how) => {
    const canvas = new OffscreenCanvas(4000, 3000);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.fillStyle = "#8a7a66";
    context.fillRect(0, 0, 4000, 3000);
    context.filter = how === "blurred" ? "blur(24px)" : "none";
    context.fillStyle = "#f2efe8";
    context.fillRect(1000, 200, 2000, 2600);
    context.fillStyle = "#333";
    context.font = "90px sans-serif";
    for (let line = 0; line < 16; line++)
      context.fillText(`4200002345202611 ¥36.0${line}`, 1100, 400 + line * 150);
    const made = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    return Array.from(new Uint8Array(await made.arrayBuffer()));
  }, look);
  const jpeg = Buffer.from(drawn);
  const place = Buffer.from("\xff\xe1\0\x22Exif\0\0GPSLatitude 31.2304 Huawei", "latin1");
  place.writeUInt16BE(place.length - 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), place, jpeg.subarray(2)]);
};

const papersRow = (app: App) =>
  app.page.getByRole("button", { name: new RegExp(`^${app.t("refund.papers")}`) });

const sheet = (app: App) => app.page.getByRole("dialog");

const give = async (app: App, label: string, name: string, bytes: Buffer): Promise<void> => {
  const file = { name, mimeType: "application/octet-stream", buffer: bytes };
  await sheet(app).getByLabel(label, { exact: true }).setInputFiles(file);
};

/** The hashes of the files that lie in the browser's store. */
const keptFiles = (app: App): Promise<readonly string[]> =>
  app.page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve, reject) => {
        const opening = indexedDB.open("refund-desk");
        opening.addEventListener("error", () => reject(new Error("closed")));
        opening.addEventListener("success", () => {
          const db = opening.result;
          const keys = db.transaction("attachments").objectStore("attachments").getAllKeys();
          keys.addEventListener("success", () => {
            db.close();
            resolve(keys.result.map(String));
          });
        });
      }),
  );

const items = (app: App) => sheet(app).locator(".ev-item");

test("R20 R38 R39 F82 F83 photos and a recording go with a refund, without their place, and open again @phone", async ({
  app,
}) => {
  test.setTimeout(120_000);
  await saveByDownload(app);
  await openShop(app);
  await recordPayment(app, { yuan: "36" });
  const sharp = await aPhoto(app, "sharp");
  const blurred = await aPhoto(app, "blurred");
  await amountChip(app, "full").click();
  await reasonChip(app, "faulty").click();
  await papersRow(app).click();

  await give(app, app.t("evidence.take"), "IMG_1.jpg", sharp);
  await expect(items(app)).toHaveCount(1);
  await expect(items(app).first().locator("img")).toBeVisible();

  const [before] = await keptFiles(app);
  const kind = app.t("evidence.kind.photo");
  await button(app, app.t("evidence.cover_of", { kind })).click();
  await sheet(app)
    .last()
    .getByRole("checkbox", { name: app.t("evidence.cover_strip.top") })
    .check();
  const canvas = sheet(app).last().locator("canvas");
  const box = await canvas.boundingBox();
  if (box === null) throw new Error("the photo is not shown");
  await app.page.mouse.move(box.x + 20, box.y + box.height - 60);
  await app.page.mouse.down();
  await app.page.mouse.move(box.x + 120, box.y + box.height - 20, { steps: 4 });
  await app.page.mouse.up();
  await button(app, app.t("evidence.cover_apply")).click();
  await expect(sheet(app)).toHaveCount(1);
  await expect(items(app)).toHaveCount(1);
  await expect(items(app).first().locator("img")).toBeVisible();
  const covered = await keptFiles(app);
  expect(covered).toHaveLength(1);
  expect(covered[0]).not.toBe(before);

  await give(app, app.t("evidence.take"), "IMG_2.jpg", blurred);
  await expect(sheet(app)).toContainText(app.t("evidence.blurred"));
  await button(app, app.t("evidence.use")).click();
  await expect(sheet(app)).toContainText(app.t("fault.photo_note_missing"));
  await sheet(app).locator("input[name=why]").fill("只有这一张");
  await button(app, app.t("evidence.use")).click();
  await expect(items(app)).toHaveCount(2);

  const wav = Buffer.concat([Buffer.from("RIFF\x24\0\0\0WAVEfmt ", "latin1"), Buffer.alloc(28)]);
  await give(app, app.t("evidence.choose"), "photo.jpg", wav);
  await expect(items(app)).toHaveCount(3);
  await give(app, app.t("evidence.choose"), "a.svg", Buffer.from("<svg><script>1</script></svg>"));
  await expect(sheet(app)).toContainText(app.t("fault.photo_svg"));
  await button(app, app.t("action.done")).click();

  await confirmButton(app).click();
  await expectScreen(app, "R5");
  const caseId = new URL(app.page.url()).hash.split("/").pop() ?? "";
  await goTo(app, `#/r/${caseId}`);
  await expectScreen(app, "D1");
  await app.page
    .getByRole("button", { name: app.t("evidence.kind.photo") })
    .first()
    .click();
  await expect(sheet(app).locator("img.ev-whole")).toBeVisible();
  const saving = app.page.waitForEvent("download");
  await button(app, app.t("evidence.save")).click();
  const kept = readFileSync(await (await saving).path());
  expect(kept.subarray(0, 3).toString("hex")).toBe("ffd8ff");
  expect(kept.length).toBeLessThanOrEqual(250 * 1024);
  expect(await storedText(app)).not.toMatch(/GPSLatitude|Huawei|ICC_PROFILE/);
});
