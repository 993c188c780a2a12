import { expect, test } from "vitest";

import { createPipeline } from "../../src/workers/decode-frame.ts";
import type { DecodedCode, Frame } from "../../src/workers/decode.ts";
import {
  crop,
  double,
  halve,
  invert,
  isBlack,
  sharpen,
  toGrey,
} from "../../src/workers/grey-image.ts";
import { altered, aPicture, linearModules, qrModules } from "./code-picture.ts";

const { decode } = createPipeline();

const textsOf = (codes: readonly DecodedCode[]): string[] =>
  codes.map(({ format, text }) => `${format} ${text}`).sort();

/** Six frames of the same scene, as the camera gives them. */
const readLive = (frame: Frame): string[] => {
  const all = [0, 1, 2, 3, 4, 5].flatMap((attempt) => decode(frame, { kind: "live", attempt }));
  return [...new Set(textsOf(all))];
};

const order = "4200002345202611239876543210";
const qr = qrModules("https://example.com/退款?no=A7-000123");
const label = linearModules("code128", order);
const product = linearModules("ean13", "6901234567892");

test("a QR code in the viewfinder is read from the first frame, Chinese text and all", () => {
  const frame = aPicture(1280, 720, [{ modules: qr, left: 560, top: 280, scale: 4 }]);
  expect(textsOf(decode(frame, { kind: "live", attempt: 0 }))).toEqual([
    "qr https://example.com/退款?no=A7-000123",
  ]);
});

test("a Code 128 of an order number is read on several lines of one frame", () => {
  const frame = aPicture(1280, 720, [{ modules: label, left: 340, top: 330, scale: 2 }]);
  const [code, ...more] = decode(frame, { kind: "live", attempt: 0 });
  expect(more).toEqual([]);
  expect(code).toMatchObject({ format: "code_128", text: order });
  expect(code?.lines).toBeGreaterThanOrEqual(2);
});

test("an EAN-13 is read, and held upside down as well", () => {
  const frame = aPicture(1280, 720, [{ modules: product, left: 450, top: 330, scale: 3 }]);
  const pixels = new Uint32Array(frame.data.slice().buffer).reverse();
  const upsideDown = { ...frame, data: new Uint8ClampedArray(pixels.buffer) };
  expect(textsOf(decode(frame, { kind: "live", attempt: 0 }))).toEqual(["ean_13 6901234567892"]);
  expect(textsOf(decode(upsideDown, { kind: "live", attempt: 0 }))).toEqual([
    "ean_13 6901234567892",
  ]);
});

test("an upright linear code is read from the first frame", () => {
  const frame = aPicture(1280, 720, [
    { modules: label, left: 600, top: 150, scale: 2, upright: true },
  ]);
  expect(textsOf(decode(frame, { kind: "live", attempt: 0 }))).toEqual([`code_128 ${order}`]);
});

test.each([
  [0, 4],
  [1, 4],
  [3, 2],
])("a code says where in the frame it stands, in frame %d too", (attempt, scale) => {
  const [width, height] = [250 * scale, 125 * scale];
  const frame = aPicture(width, height, [
    { modules: qr, left: 25 * scale, top: 12.5 * scale, scale },
  ]);
  const [code] = decode(frame, { kind: "live", attempt });
  const side = qr.width * scale;
  const [left, top, right, bottom] = [0.1, 0.1, 0.1 + side / width, 0.1 + side / height];
  const wanted = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  for (const [at, { x, y }] of (code?.corners ?? []).entries()) {
    expect(x).toBeCloseTo(wanted[at]?.[0] ?? 0, 2);
    expect(y).toBeCloseTo(wanted[at]?.[1] ?? 0, 2);
  }
  expect(code?.corners).toHaveLength(4);
});

test("a linear code's corners are the ends of its lines", () => {
  const frame = aPicture(1280, 720, [{ modules: label, left: 340, top: 330, scale: 2 }]);
  const [code] = decode(frame, { kind: "live", attempt: 0 });
  const across = code?.corners.map(({ x }) => x * 1280) ?? [];
  const down = code?.corners.map(({ y }) => y * 720) ?? [];
  expect(Math.min(...across)).toBeCloseTo(340, -1);
  expect(Math.max(...across)).toBeCloseTo(340 + label.width * 2, -1);
  expect(Math.min(...down)).toBeGreaterThanOrEqual(330);
  expect(Math.max(...down)).toBeLessThanOrEqual(410);
});

test("white codes on black are read within six frames", () => {
  const frame = aPicture(1280, 720, [
    { modules: qr, left: 100, top: 100, scale: 4 },
    { modules: label, left: 340, top: 500, scale: 2 },
  ]);
  const inverted = altered(frame, (value) => 255 - value);
  expect(readLive(inverted)).toEqual([
    `code_128 ${order}`,
    "qr https://example.com/退款?no=A7-000123",
  ]);
});

test("a code at the rim, outside the viewfinder, is read within six frames", () => {
  const frame = aPicture(1280, 720, [{ modules: qr, left: 20, top: 20, scale: 4 }]);
  expect(readLive(frame)).toEqual(["qr https://example.com/退款?no=A7-000123"]);
});

test("several codes in one picture are all told", () => {
  const second = qrModules("A7-000124");
  const frame = aPicture(1600, 1200, [
    { modules: qr, left: 120, top: 120, scale: 5 },
    { modules: second, left: 900, top: 150, scale: 6 },
    { modules: label, left: 200, top: 600, scale: 3 },
    { modules: product, left: 200, top: 950, scale: 4 },
  ]);
  expect(textsOf(decode(frame, { kind: "still" }))).toEqual([
    `code_128 ${order}`,
    "ean_13 6901234567892",
    "qr A7-000124",
    "qr https://example.com/退款?no=A7-000123",
  ]);
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Where a code stands, in pixels: the middle of its corners. */
const middleOf = ({ width, height }: Frame, { corners }: DecodedCode): string => {
  const [x, y] = [mean(corners.map((at) => at.x)), mean(corners.map((at) => at.y))];
  return `${Math.round((x * width) / 20) * 20},${Math.round((y * height) / 20) * 20}`;
};

const placesOf = (frame: Frame, codes: readonly DecodedCode[]): Readonly<Record<string, string>> =>
  Object.fromEntries(codes.map((code) => [code.text, middleOf(frame, code)]));

test("F78 two QR codes before the camera are both told by one frame, each at its place", () => {
  const [left, right] = [qrModules("A7-000123"), qrModules("A7-000124")];
  const frame = aPicture(1280, 720, [
    { modules: left, left: 200 - left.width * 2, top: 300 - left.width * 2, scale: 4 },
    { modules: right, left: 900 - right.width * 3, top: 400 - right.width * 3, scale: 6 },
  ]);
  expect(placesOf(frame, decode(frame, { kind: "live", attempt: 0 }))).toEqual({
    "A7-000123": "200,300",
    "A7-000124": "900,400",
  });
});

test("F78 a QR code and a Code 128 before the camera are both told by one frame, each at its place", () => {
  const above = qrModules("A7-000123");
  const frame = aPicture(1280, 720, [
    { modules: above, left: 640 - above.width * 3, top: 200 - above.width * 3, scale: 6 },
    { modules: label, left: 640 - label.width, top: 560, scale: 2 },
  ]);
  const places = placesOf(frame, decode(frame, { kind: "live", attempt: 0 }));
  expect(Object.keys(places).sort()).toEqual([order, "A7-000123"]);
  expect(places["A7-000123"]).toBe("640,200");
  expect(places[order]).toMatch(/^640,(?:580|600|620)$/);
});

test("noise that blinds one binarizer is read by the other within six frames", () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const clean = aPicture(640, 480, [{ modules: qr, left: 180, top: 90, scale: 7 }]);
  const noisy = altered(clean, (value) => value * 0.6 + 50 + (random() - 0.5) * 70);
  expect(readLive(noisy)).toEqual(["qr https://example.com/退款?no=A7-000123"]);
});

test.each([
  ["white paper", () => 255],
  ["a black lens cap", () => 0],
  ["stripes", (_value: number, pixel: number) => (pixel % 7 < 3 ? 0 : 255)],
  ["noise", (_value: number, pixel: number) => (pixel * 2654435761) % 256],
])("%s gives no code and no exception", (_name, change) => {
  const frame = altered(aPicture(640, 360, []), change);
  expect(decode(frame, { kind: "still" })).toEqual([]);
});

test.each([
  [1, 1],
  [3, 700],
  [700, 3],
])("a picture of %d by %d pixels gives no code and no exception", (width, height) => {
  expect(decode(aPicture(width, height, []), { kind: "still" })).toEqual([]);
});

test("a frame of another size after one of the same size is read, and nothing of the one before it", () => {
  const pipeline = createPipeline();
  const read = (frame: Frame): string[] =>
    textsOf(pipeline.decode(frame, { kind: "live", attempt: 0 }));
  const first = aPicture(640, 480, [{ modules: qrModules("A7-1"), left: 40, top: 40, scale: 6 }]);
  const second = aPicture(640, 480, [
    { modules: qrModules("A7-2"), left: 300, top: 200, scale: 6 },
  ]);
  const third = aPicture(480, 640, [{ modules: qrModules("A7-3"), left: 80, top: 80, scale: 6 }]);
  expect([first, second, third, aPicture(480, 640, [])].map(read)).toEqual([
    ["qr A7-1"],
    ["qr A7-2"],
    ["qr A7-3"],
    [],
  ]);
});

test("the stack limit is as before afterwards", () => {
  const before = Error.stackTraceLimit;
  decode(aPicture(64, 64, []), { kind: "still" });
  expect(Error.stackTraceLimit).toBe(before);
});

test("grey pictures are cut, halved, doubled, inverted and sharpened pixel by pixel", () => {
  const data = new Uint8ClampedArray([0, 40, 80, 120, 160, 200]);
  const image = { data, width: 3, height: 2 };
  expect([...crop(image, { left: 1, top: 0, width: 2, height: 2 }).data]).toEqual([
    40, 80, 160, 200,
  ]);
  expect(halve(image)).toEqual({ data: new Uint8ClampedArray([80]), width: 1, height: 1 });
  expect([...invert(image).data]).toEqual([255, 215, 175, 135, 95, 55]);
  expect(double({ data: new Uint8ClampedArray([0, 80]), width: 2, height: 1 })).toEqual({
    data: new Uint8ClampedArray([0, 20, 60, 80, 0, 20, 60, 80]),
    width: 4,
    height: 2,
  });
  const soft = new Uint8ClampedArray([90, 90, 90, 90, 120, 90, 90, 90, 90]);
  expect([...sharpen({ data: soft, width: 3, height: 3 }).data]).toEqual([
    90, 90, 90, 90, 180, 90, 90, 90, 90,
  ]);
});

test("F79 a camera that delivers nothing but black is told from a dark room", () => {
  const night = altered(aPicture(640, 360, []), (_value, pixel) => (pixel * 2654435761) % 40);
  expect(isBlack(altered(night, () => 16))).toBe(true);
  expect(isBlack(night)).toBe(false);
});

test("white is white and black is black in grey", () => {
  const rgba = new Uint8ClampedArray([255, 255, 255, 255, 0, 0, 0, 255, 255, 0, 0, 255]);
  expect([...toGrey({ data: rgba, width: 3, height: 1 }).data]).toEqual([255, 0, 76]);
});

test("a film is one large QR code after another: read from every frame, and no linear code is looked for", () => {
  const codes = [1, 2, 3, 4].map((n) =>
    qrModules(`UR:BYTES/${n}-9/${"LPADASCFADAXCY".repeat(50)}`),
  );
  const read = codes.map((modules, attempt) => {
    const frame = aPicture(1280, 720, [{ modules, left: 330, top: 40, scale: 7 }]);
    return textsOf(decode(frame, { kind: "film", attempt })).length;
  });
  expect(read).toEqual([1, 1, 1, 1]);
  const bill = aPicture(1280, 720, [{ modules: label, left: 340, top: 330, scale: 2 }]);
  expect(decode(bill, { kind: "film", attempt: 0 })).toEqual([]);
});
