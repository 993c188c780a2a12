import { serve } from "./call.ts";
import { createPipeline } from "./decode-frame.ts";
import type { DecodeAnswer, DecodeRequest, Frame } from "./decode.ts";

declare const self: DedicatedWorkerGlobalScope;

const pipeline = createPipeline();
const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext("2d", { willReadFrequently: true });

/** One canvas for all frames: a new one each time makes memory grow by the minute. */
const pixelsOf = (bitmap: ImageBitmap): Frame => {
  if (context === null) throw new Error("no 2d canvas in this worker");
  const { width, height } = bitmap;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.fillStyle = "#fff"; // under pictures with transparent paper
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
};

serve<DecodeRequest, DecodeAnswer>(self, ({ bitmap, options }) => {
  const start = performance.now();
  const codes = pipeline.decode(pixelsOf(bitmap), options);
  return { codes, ms: performance.now() - start };
});
