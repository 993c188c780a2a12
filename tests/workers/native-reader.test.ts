import { afterEach, expect, test, vi } from "vitest";

import { createPipeline } from "../../src/workers/decode-frame.ts";
import type { DecodedCode, Frame } from "../../src/workers/decode.ts";
import {
  besideNative,
  probeNativeReader,
  testPicture,
  type NativeDetector,
} from "../../src/workers/native-reader.ts";
import { aPicture } from "./code-picture.ts";

type Seen = Awaited<ReturnType<InstanceType<NativeDetector>["detect"]>>;
type Detect = (image: Frame) => Promise<Seen>;

const cornerPoints = [
  { x: 10, y: 20 },
  { x: 110, y: 20 },
  { x: 110, y: 120 },
  { x: 10, y: 120 },
];

const seen = (rawValue: string, format = "qr_code"): Seen => [{ rawValue, format, cornerPoints }];

const aDetector = (detect: Detect, supported = ["qr_code", "code_128", "aztec"]): NativeDetector =>
  class {
    static readonly getSupportedFormats = async () => supported;
    readonly detect = detect;
  };

const { decode } = createPipeline();
const { width: testSide } = testPicture();

/** A detector that passes the probe and sees this in every other picture. */
const honest = (later: () => Promise<Seen>): NativeDetector =>
  aDetector(({ width }) => (width === testSide ? Promise.resolve(seen("REFUND DESK")) : later()));

afterEach(() => void vi.useRealTimers());

test("the test code is one that every decoder reads", () => {
  expect(decode(testPicture(), { kind: "still" }).map(({ text }) => text)).toEqual(["REFUND DESK"]);
});

test("the browser's detector is used where it reads the test code", async () => {
  expect(await probeNativeReader(honest(async () => []))).toBeTypeOf("function");
});

test.each<readonly [string, NativeDetector | undefined]>([
  ["is missing", undefined],
  ["finds nothing", aDetector(async () => [])],
  ["reads something else", aDetector(async () => seen("REFUND DESK 2"))],
  ["sees more than there is", aDetector(async () => [...seen("REFUND DESK"), ...seen("x")])],
  ["throws", aDetector(() => Promise.reject(new DOMException("", "NotSupportedError")))],
  ["has no formats", aDetector(async () => [], [])],
])("a detector that %s stays off", async (_what, detector) => {
  expect(await probeNativeReader(detector)).toBeUndefined();
});

test("a detector that hangs stays off, and frames are read meanwhile", async () => {
  vi.useFakeTimers();
  const hung = aDetector(() => new Promise(() => undefined));
  const read = besideNative(decode, hung);
  expect((await read(testPicture(), { kind: "live", attempt: 0 })).length).toBe(1);
  const probed = probeNativeReader(hung);
  await vi.advanceTimersByTimeAsync(600);
  expect(await probed).toBeUndefined();
});

const paper = aPicture(640, 360, []);
const live = { kind: "live", attempt: 0 } as const;

const reading = async (later: () => Promise<Seen>, own: readonly DecodedCode[] = []) => {
  const read = besideNative(() => own, honest(later));
  await vi.waitFor(async () =>
    expect(await read(testPicture(), live)).toContainEqual(
      expect.objectContaining({ text: "REFUND DESK" }),
    ),
  );
  return read;
};

test("what only the browser's detector sees is told with its place; other kinds of codes are not", async () => {
  const read = await reading(async () => [...seen("A7-000123"), ...seen("x", "aztec")]);
  const [code, ...more] = await read(paper, live);
  expect(more).toEqual([]);
  expect(code).toMatchObject({ format: "qr", text: "A7-000123", lines: 1 });
  expect(code?.corners[0]).toEqual({ x: 10 / 640, y: 20 / 360 });
});

test("a UPC-A is told as the EAN-13 that begins with 0, an ITF only when it checks", async () => {
  const read = await reading(async () => [
    ...seen("036000291452", "upc_a"),
    ...seen("30712345000011", "itf"),
  ]);
  expect(await read(paper, live)).toMatchObject([{ format: "ean_13", text: "0036000291452" }]);
});

test("lines of both decoders count together, and a linear code of one line does not count in a still picture", async () => {
  const own: DecodedCode = { format: "code_128", text: "A7-000123", lines: 1, corners: [] };
  const both = await reading(async () => seen("A7-000123", "code_128"), [own]);
  expect(await both(paper, live)).toMatchObject([{ lines: 2 }]);
  const alone = await reading(async () => seen("A7-000123", "code_128"));
  expect(await alone(paper, { kind: "still" })).toEqual([]);
});

test("a detector that fails three times is asked no more", async () => {
  const later = vi.fn(() => Promise.reject(new Error("service crashed")));
  const read = await reading(later);
  for (let frame = 0; frame < 6; frame++) expect(await read(paper, live)).toEqual([]);
  expect(later).toHaveBeenCalledTimes(3);
});
