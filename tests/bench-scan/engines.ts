import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatReader,
  RGBLuminanceSource,
} from "@zxing/library";
import { scanGrayBuffer } from "@undecaf/zbar-wasm";
import jsQR from "jsqr";
import decodeQR from "qr/decode.js";
import { readBarcodes, type ReaderOptions } from "zxing-wasm/reader";

import type { Frame } from "../../src/workers/decode.ts";
import { loadSecondEngine, type SecondEngine } from "../../src/workers/second-engine.ts";
import { createScanner } from "./scene.ts";

/** What an engine read in a still scene, and how long each of its looks took. */
export type Reading = { readonly texts: readonly string[]; readonly times: readonly number[] };

export type Engine = {
  readonly name: string;
  readonly qrOnly: boolean;
  readonly read: (frame: Frame) => Promise<Reading>;
};

export const own = "own";
export const both = "own + second engine";

const frames = 6;

/** The second engine has a worker of its own in the product: its looks are timed apart. */
const clocked = (engine: SecondEngine, times: number[]): SecondEngine => ({
  decode: async (frame, options) => {
    const start = performance.now();
    const codes = await engine.decode(frame, options);
    times.push(performance.now() - start);
    return codes;
  },
});

const sumOf = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0);

/** Six frames of one scene, as the camera gives them; over as soon as a code is sure. */
const readOwn = async (frame: Frame, second?: SecondEngine): Promise<Reading> => {
  const apart: number[] = [];
  const scan = createScanner(second && clocked(second, apart));
  const times: number[] = [];
  let texts: readonly string[] = [];
  while (times.length < frames && texts.length === 0) {
    const [start, before] = [performance.now(), sumOf(apart)];
    texts = (await scan(frame)).map(({ text }) => text);
    times.push(performance.now() - start - (sumOf(apart) - before));
  }
  return { texts, times: [...times, ...apart] };
};

const greyOf = ({ data, width, height }: Frame): Uint8ClampedArray<ArrayBuffer> => {
  const grey = new Uint8ClampedArray(width * height);
  for (let pixel = 0; pixel < grey.length; pixel++) grey[pixel] = data[pixel * 4] ?? 0;
  return grey;
};

const { QR_CODE, DATA_MATRIX, CODE_128, EAN_13, EAN_8, UPC_A, ITF } = BarcodeFormat;
const formats = [QR_CODE, DATA_MATRIX, CODE_128, EAN_13, EAN_8, UPC_A, ITF];

/** As @zxing/browser drives it: one format after another over the hybrid binarizer, without TRY_HARDER. */
const createStock = () => {
  const reader = new MultiFormatReader();
  reader.setHints(new Map([[DecodeHintType.POSSIBLE_FORMATS, formats]]));
  return (frame: Frame): readonly string[] => {
    const source = new RGBLuminanceSource(greyOf(frame), frame.width, frame.height);
    try {
      return [reader.decodeWithState(new BinaryBitmap(new HybridBinarizer(source))).getText()];
    } catch {
      return [];
    }
  };
};

/** What is printed, without the readable form that rewrites control characters. */
const wasmOptions: ReaderOptions = {
  formats: ["QRCode", "DataMatrix", "Code128", "EAN13", "EAN8", "UPCA", "ITF"],
  textMode: "Plain",
};

/** Makes zxing-wasm ready for its own row as well. */
const loadWasm = (): Promise<SecondEngine> => {
  const wasm = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
  return loadSecondEngine(readFileSync(wasm));
};

const readWasm = async (frame: Frame): Promise<readonly string[]> => {
  const image = { ...frame, colorSpace: "srgb" } as ImageData;
  return (await readBarcodes(image, wasmOptions))
    .filter((code) => code.isValid)
    .map(({ text }) => text);
};

const readJsQr = ({ data, width, height }: Frame): readonly string[] => {
  const code = jsQR(data, width, height);
  return code === null ? [] : [code.data];
};

const readQr = (frame: Frame): readonly string[] => {
  try {
    return [decodeQR(frame, { effort: 64 })];
  } catch {
    return [];
  }
};

const readZbar = async (frame: Frame): Promise<readonly string[]> => {
  const symbols = await scanGrayBuffer(greyOf(frame).buffer, frame.width, frame.height);
  return symbols.map((symbol) => symbol.decode());
};

const timed =
  (read: (frame: Frame) => readonly string[] | Promise<readonly string[]>): Engine["read"] =>
  async (frame) => {
    const start = performance.now();
    const texts = await read(frame);
    return { texts, times: [performance.now() - start] };
  };

/** Every decoder beside the product's own, which is the first: alone, and with its second engine. */
export const createEngines = async (): Promise<readonly Engine[]> => {
  const second = await loadWasm();
  return [
    { name: own, qrOnly: false, read: (frame) => readOwn(frame) },
    { name: both, qrOnly: false, read: (frame) => readOwn(frame, second) },
    { name: "zxing-wasm", qrOnly: false, read: timed(readWasm) },
    { name: "@zxing", qrOnly: false, read: timed(createStock()) },
    { name: "zbar-wasm", qrOnly: false, read: timed(readZbar) },
    { name: "jsQR", qrOnly: true, read: timed(readJsQr) },
    { name: "qr", qrOnly: true, read: timed(readQr) },
  ];
};
