import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from "@zxing/library";
import { describe, expect, it } from "vitest";

import { qrPath, type QrPath } from "../../src/ui/components/qr-path.ts";

const scale = 4;

/** Paints the path as a browser would: black runs on white. */
const paint = ({ size, d }: QrPath): Uint8ClampedArray => {
  const width = size * scale;
  const pixels = new Uint8ClampedArray(width * width).fill(255);
  for (const run of d.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    const [x = 0, y = 0, length = 0] = run.slice(1, 4).map(Number);
    for (let row = y * scale; row < (y + 1) * scale; row++)
      pixels.fill(0, row * width + x * scale, row * width + (x + length) * scale);
  }
  return pixels;
};

const decode = (path: QrPath): string => {
  const width = path.size * scale;
  const source = new RGBLuminanceSource(paint(path), width, width);
  const hints = new Map([[DecodeHintType.POSSIBLE_FORMATS, [BarcodeFormat.QR_CODE]]]);
  return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)), hints).getText();
};

const jwtLike = (length: number): string =>
  Array.from({ length }, (_, index) => "eyJhbGciOiJFUzI1NiJ9._-"[(index * 7) % 23]).join("");

describe("a QR path", () => {
  it.each([1, 64, 437, 609, 655])("of %i characters is read back unchanged", (length) => {
    const text = jwtLike(length);
    const path = qrPath(text);
    expect(path === undefined ? undefined : decode(path)).toBe(text);
  });

  it("of the longest refund record stays within version 20, with 4 modules of quiet zone", () => {
    const path = qrPath(jwtLike(655));
    expect(path?.size).toBe(97 + 8);
    expect(path?.d.startsWith("M4 4h7v1")).toBe(true);
  });

  it("falls to low correction up to version 22 and then gives none", () => {
    expect(qrPath(jwtLike(900))?.size).toBeLessThanOrEqual(105 + 8);
    expect(qrPath(jwtLike(1200))).toBeUndefined();
  });
});
