import type { Frame } from "./decode.ts";

/** One canvas for all frames of a worker: a new one each time makes memory grow by the minute. Closes the bitmap. */
export const createPixelReader = (): ((bitmap: ImageBitmap) => Frame) => {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return (bitmap) => {
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
};
