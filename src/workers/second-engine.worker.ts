import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

import { loadSecondEngine } from "./second-engine.ts";
import { serveDecoding } from "./serve-decoding.ts";

declare const self: DedicatedWorkerGlobalScope;

const download = async (): Promise<ArrayBuffer> => {
  const answer = await fetch(wasm);
  if (!answer.ok) throw new Error(`${wasm}: ${answer.status}`);
  return answer.arrayBuffer();
};

const engine = download().then(loadSecondEngine);
engine.catch(() => undefined); // each request tells it

serveDecoding(self, async (frame, options) => (await engine).decode(frame, options));
