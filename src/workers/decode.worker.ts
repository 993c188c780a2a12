import { serve } from "./call.ts";
import { createPipeline } from "./decode-frame.ts";
import type { DecodeAnswer, DecodeRequest } from "./decode.ts";
import { createPixelReader } from "./frame-pixels.ts";

declare const self: DedicatedWorkerGlobalScope;

const pipeline = createPipeline();
const pixelsOf = createPixelReader();

serve<DecodeRequest, DecodeAnswer>(self, ({ bitmap, options }) => {
  const start = performance.now();
  const codes = pipeline.decode(pixelsOf(bitmap), options);
  return { codes, ms: performance.now() - start };
});
