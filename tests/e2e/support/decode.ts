/* oxlint-disable import/no-named-as-default-member -- node finds no named exports in it */
import type { Locator } from "@playwright/test";
import zxing from "@zxing/library";

import type { App } from "./app.ts";

type Grey = { readonly width: number; readonly height: number; readonly luma: readonly number[] };

/** The pixels of a picture, enlarged and with white around them, from a page that has no policy. */
const greyOf = async (app: App, picture: string, scale: number): Promise<Grey> => {
  const blank = await app.context.newPage();
  const grey = await blank.evaluate(
    async ([base64, times]): Promise<Grey> => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const [across, down] = [Math.round(bitmap.width * times), Math.round(bitmap.height * times)];
      const [width, height] = [across + 32, down + 32];
      const context = new OffscreenCanvas(width, height).getContext("2d");
      if (context === null) throw new Error("no canvas");
      context.fillStyle = "white";
      context.fillRect(0, 0, width, height);
      context.drawImage(bitmap, 16, 16, across, down);
      const { data } = context.getImageData(0, 0, width, height);
      const luma = Array.from({ length: width * height }, (_, pixel) => data[pixel * 4 + 1] ?? 0);
      return { width, height, luma };
    },
    [picture, scale] as const,
  );
  await blank.close();
  return grey;
};

const decode = ({ width, height, luma }: Grey): string | undefined => {
  const source = new zxing.RGBLuminanceSource(Uint8ClampedArray.from(luma), width, height);
  const hints = new Map([[zxing.DecodeHintType.TRY_HARDER, true]]);
  for (const Binarizer of [zxing.HybridBinarizer, zxing.GlobalHistogramBinarizer])
    try {
      const binary = new zxing.BinaryBitmap(new Binarizer(source));
      return new zxing.QRCodeReader().decode(binary, hints).getText();
    } catch {
      // the next way of telling black from white
    }
  return undefined;
};

/** A picture at the two pixels per CSS pixel that phones and tablets have at least. */
const photograph = async ({ page, context }: App, place: Locator): Promise<string> => {
  const { width, height } = page.viewportSize() ?? { width: 390, height: 844 };
  const devtools = await context.newCDPSession(page);
  const look = (deviceScaleFactor: number) =>
    devtools.send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor,
      mobile: false,
    });
  await look(2);
  await place.scrollIntoViewIfNeeded();
  const picture = await place.screenshot({ scale: "device" });
  await look(1);
  await devtools.detach();
  return picture.toString("base64");
};

/** This decoder misses one in four perfect codes at any one size (scanner.md §1), so it is shown several. */
const scales = [1, 2, 0.7, 1.25, 0.6, 0.85, 1.5];

/** Reads a QR code from what is on screen, with a decoder that knows nothing of the generator. */
export const readScreen = async (app: App, place: Locator): Promise<string> => {
  const picture = await photograph(app, place);
  for (const scale of scales) {
    const text = decode(await greyOf(app, picture, scale));
    if (text !== undefined) return text;
  }
  throw new Error("no code can be read on the screen");
};
