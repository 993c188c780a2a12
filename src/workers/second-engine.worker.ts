import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

import { serve } from "./call.ts";
import type { DecodeAnswer, DecodeRequest } from "./decode.ts";
import { createPixelReader } from "./frame-pixels.ts";
import { loadSecondEngine } from "./second-engine.ts";

declare const self: DedicatedWorkerGlobalScope;

const download = async (): Promise<ArrayBuffer> => {
  const answer = await fetch(wasm);
  if (!answer.ok) throw new Error(`${wasm}: ${answer.status}`);
  return answer.arrayBuffer();
};

const engine = download().then(loadSecondEngine);
engine.catch(() => undefined); // each request tells it
const pixelsOf = createPixelReader();

serve<DecodeRequest, DecodeAnswer>(self, async ({ bitmap, options }) => {
  const { decode } = await engine;
  const start = performance.now();
  const codes = await decode(pixelsOf(bitmap), options);
  return { codes, ms: performance.now() - start };
});
