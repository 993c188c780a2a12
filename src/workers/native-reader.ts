import type { CodeFormat, DecodedCode, DecodeOptions, Frame } from "./decode.ts";
import { isItf } from "./linear/itf.ts";
import { isSure } from "./sure-codes.ts";

type Detected = {
  readonly rawValue: string;
  readonly format: string;
  readonly cornerPoints: readonly { readonly x: number; readonly y: number }[];
};

/** The browser's own BarcodeDetector, as far as we use it. */
export type NativeDetector = {
  new (options: { readonly formats: readonly string[] }): {
    readonly detect: (image: ImageData) => Promise<readonly Detected[]>;
  };
  readonly getSupportedFormats: () => Promise<readonly string[]>;
};

type ReadFrame = (frame: Frame) => Promise<readonly DecodedCode[]>;

const formats: ReadonlyMap<string, CodeFormat> = new Map([
  ["qr_code", "qr"],
  ["data_matrix", "data_matrix"],
  ["code_128", "code_128"],
  ["ean_13", "ean_13"],
  ["upc_a", "ean_13"],
  ["ean_8", "ean_8"],
  ["itf", "itf"],
]);

/** Phones need less; one that needs more is of no use. */
const patienceMs = 500;
const mostFailures = 3;

const testText = "REFUND DESK";
/** The rows of a QR code of that text, one bit for each module, the first one highest. */
const testRows = [
  2086015, 1071169, 1530205, 1530205, 1528413, 1067841, 2086271, 6656, 879711, 2032256, 1398142,
  528318, 1206358, 6474, 2086922, 1068408, 1528903, 1526434, 1529553, 1069979, 2081497,
];
const quiet = 4;
const module = 6;

/** A picture of the test code on white paper. */
export const testPicture = (): Frame => {
  const size = testRows.length;
  const side = (size + 2 * quiet) * module;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / module) - quiet, Math.floor(x / module) - quiet];
      const inside = column >= 0 && column < size;
      const black = inside && ((testRows[row] ?? 0) >> (size - 1 - column)) % 2 === 1;
      if (black) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  return { data, width: side, height: side };
};

const toCode = ({ width, height }: Frame, seen: Detected): readonly DecodedCode[] => {
  const format = formats.get(seen.format);
  const text = seen.format === "upc_a" ? `0${seen.rawValue}` : seen.rawValue;
  if (format === undefined || text === "") return [];
  if (format === "itf" && !isItf(Array.from(text, Number))) return [];
  const corners = seen.cornerPoints.map(({ x, y }) => ({ x: x / width, y: y / height }));
  return [{ format, text, lines: 1, corners }];
};

const inTime = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<T>((_, reject) => setTimeout(() => reject(new Error("too slow")), patienceMs)),
  ]);

/** Given up for good after some failures; until then a failure is a frame without a code. */
const untilItFails = (read: ReadFrame): ReadFrame => {
  let failures = 0;
  return async (frame) => {
    if (failures >= mostFailures) return [];
    try {
      return await inTime(read(frame));
    } catch {
      failures += 1;
      return [];
    }
  };
};

const open = async (Detector: NativeDetector): Promise<ReadFrame> => {
  const supported = (await Detector.getSupportedFormats()).filter((name) => formats.has(name));
  const detector = new Detector({ formats: supported });
  return async (frame) => {
    const seen = await detector.detect(frame as ImageData);
    return seen.flatMap((one) => toCode(frame, one));
  };
};

/** Undefined where there is none, or where it does not read a code that everybody reads: some browsers only pretend. */
export const probeNativeReader = async (
  Detector: NativeDetector | undefined,
): Promise<ReadFrame | undefined> => {
  if (Detector === undefined) return undefined;
  try {
    const read = await inTime(open(Detector));
    const [code, ...more] = await inTime(read(testPicture()));
    return code?.text === testText && more.length === 0 ? untilItFails(read) : undefined;
  } catch {
    return undefined;
  }
};

const keyOf = ({ format, text }: DecodedCode): string => `${format} ${text}`;

/** What one of them saw and what both saw; a linear code that both saw has the lines of both. */
const merged = (
  own: readonly DecodedCode[],
  native: readonly DecodedCode[],
): readonly DecodedCode[] => {
  const all = new Map(own.map((code) => [keyOf(code), code]));
  for (const code of native) {
    const lines = code.lines + (all.get(keyOf(code))?.lines ?? 0);
    all.set(keyOf(code), { ...(all.get(keyOf(code)) ?? code), lines });
  }
  return [...all.values()];
};

type Decode = (frame: Frame, options: DecodeOptions) => readonly DecodedCode[];

/** Our own decoder, and beside it the browser's where it works: both look at the same frame at the same time. */
export const besideNative = (
  decode: Decode,
  Detector: NativeDetector | undefined,
): ((frame: Frame, options: DecodeOptions) => Promise<readonly DecodedCode[]>) => {
  let native: ReadFrame | undefined;
  void probeNativeReader(Detector).then((read) => {
    native = read;
  });
  return async (frame, options) => {
    const reading = native?.(frame);
    const own = decode(frame, options);
    if (reading === undefined) return own;
    const codes = merged(own, await reading);
    return options.kind === "still" ? codes.filter((code) => isSure(code, codes)) : codes;
  };
};
