import type { VideoPicture } from "./decode.ts";

type Size = { readonly width: number; readonly height: number };

const sizeOf = (picture: VideoPicture): Size =>
  "displayWidth" in picture
    ? { width: picture.displayWidth, height: picture.displayHeight }
    : picture;

/** How much smaller something has to be for its longer edge to fit. */
const shrinking = ({ width, height }: Size, edge: number): number =>
  Math.min(1, edge / Math.max(width, height));

/**
 * One canvas for all frames of a worker: a new one each time makes memory grow by the minute. A picture with a longer edge
 * than that is made smaller; it is closed.
 */
export const createPixelReader = (): ((
  picture: VideoPicture,
  longestEdge: number,
) => ImageData) => {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return (picture, longestEdge) => {
    if (context === null) throw new Error("no 2d canvas in this worker");
    const whole = sizeOf(picture);
    const scale = shrinking(whole, longestEdge);
    const width = Math.max(1, Math.round(whole.width * scale));
    const height = Math.max(1, Math.round(whole.height * scale));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#fff"; // under pictures with transparent paper
    context.fillRect(0, 0, width, height);
    context.drawImage(picture, 0, 0, width, height);
    picture.close();
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
