/* oxlint-disable import/no-named-as-default-member -- node finds no named exports in it */
import type { Locator } from "@playwright/test";
import zxing from "@zxing/library";

import type { App } from "./app.ts";

type Grey = { readonly width: number; readonly height: number; readonly luma: readonly number[] };

/** Reads a QR code from what is on screen, with a decoder that knows nothing of the generator. */
export const readScreen = async (app: App, place: Locator): Promise<string> => {
  await place.scrollIntoViewIfNeeded();
  const picture = (await place.screenshot({ scale: "css" })).toString("base64");
  const blank = await app.context.newPage();
  const { width, height, luma } = await blank.evaluate(async (base64): Promise<Grey> => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const quiet = 16;
    const canvas = new OffscreenCanvas(bitmap.width + 2 * quiet, bitmap.height + 2 * quiet);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.fillStyle = "white";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, quiet, quiet);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const grey = Array.from({ length: data.length / 4 }, (_, pixel) => data[pixel * 4 + 1] ?? 0);
    return { width: canvas.width, height: canvas.height, luma: grey };
  }, picture);
  await blank.close();
  const source = new zxing.RGBLuminanceSource(Uint8ClampedArray.from(luma), width, height);
  const binary = new zxing.BinaryBitmap(new zxing.HybridBinarizer(source));
  return new zxing.QRCodeReader().decode(binary).getText();
};
