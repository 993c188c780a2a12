type Size = { readonly width: number; readonly height: number };

/** How much smaller something has to be for its longer edge to fit. */
const shrinking = ({ width, height }: Size, edge: number): number =>
  Math.min(1, edge / Math.max(width, height));

/**
 * One canvas for all frames of a worker: a new one each time makes memory grow by the minute. A bitmap with a longer edge
 * than that is made smaller; it is closed.
 */
export const createPixelReader = (): ((bitmap: ImageBitmap, longestEdge?: number) => ImageData) => {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return (bitmap, longestEdge = Infinity) => {
    if (context === null) throw new Error("no 2d canvas in this worker");
    const scale = shrinking(bitmap, longestEdge);
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#fff"; // under pictures with transparent paper
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    return context.getImageData(0, 0, width, height);
  };
};

const previewEdge = 800;

/** What was read, small, for a person to look at. */
export const preview = (frame: ImageData): Promise<ImageBitmap> =>
  createImageBitmap(frame, {
    resizeWidth: Math.ceil(frame.width * shrinking(frame, previewEdge)),
    resizeQuality: "high",
  });
