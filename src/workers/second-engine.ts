import {
  prepareZXingModule,
  readBarcodes,
  type ReaderOptions,
  type ReadResult,
} from "zxing-wasm/reader";

import type { CodeFormat, DecodedCode, DecodeOptions, Frame } from "./decode.ts";
import { isItf } from "./linear/itf.ts";
import { isSure } from "./sure-codes.ts";

/** zxing-cpp, for what the first engine does not read: it takes no turns, every frame gets all it can do. */
export type SecondEngine = {
  readonly decode: (frame: Frame, options: DecodeOptions) => Promise<readonly DecodedCode[]>;
};

const formats: Readonly<Partial<Record<ReadResult["format"], CodeFormat>>> = {
  QRCode: "qr",
  QRCodeModel2: "qr",
  DataMatrix: "data_matrix",
  Code128: "code_128",
  EAN13: "ean_13",
  UPCA: "ean_13",
  EAN8: "ean_8",
  ITF: "itf",
  ITF14: "itf",
};

/** What is printed, without the readable form that rewrites control characters. */
const readerOptions: ReaderOptions = {
  formats: ["QRCode", "DataMatrix", "Code128", "EAN13", "EAN8", "ITF"],
  textMode: "Plain",
};

const toCode = ({ width, height }: Frame, read: ReadResult): readonly DecodedCode[] => {
  const { text, lineCount, position } = read;
  const format = formats[read.format];
  if (format === undefined || (format === "itf" && !isItf(Array.from(text, Number)))) return [];
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const corners = [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }) => ({
    x: x / width,
    y: y / height,
  }));
  return [{ format, text, lines: Math.max(1, lineCount), corners }];
};

/** Rejects where the browser has no WebAssembly, or a policy forbids it. */
export const loadSecondEngine = async (wasm: BufferSource): Promise<SecondEngine> => {
  const compiled = await WebAssembly.compile(wasm);
  const instantiateWasm = (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance) => void,
  ): object => {
    receive(new WebAssembly.Instance(compiled, imports));
    return {};
  };
  await prepareZXingModule({ overrides: { instantiateWasm }, fireImmediately: true });
  return {
    decode: async (frame, { kind }) => {
      const reads = await readBarcodes(frame as ImageData, readerOptions);
      const codes = reads.flatMap((read) => toCode(frame, read));
      return kind === "still" ? codes.filter((code) => isSure(code, codes)) : codes;
    },
  };
};
