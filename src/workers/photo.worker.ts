import type { Area } from "../domain/evidence.ts";
import { serve } from "./call.ts";
import { toGrey } from "./grey-image.ts";
import {
  prepareEvidence,
  type OpenPicture,
  type PhotoAnswer,
  type PhotoRequest,
  type Studio,
} from "./photo.ts";

declare const self: DedicatedWorkerGlobalScope;

/** The picture on white paper, the longer edge at most `edge`. */
const draw = (
  bitmap: ImageBitmap,
  edge: number,
  cover: readonly Area[],
): OffscreenCanvasRenderingContext2D => {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) throw new Error("no 2d canvas in this worker");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  context.fillStyle = "#000";
  for (const area of cover)
    context.fillRect(area.x * width, area.y * height, area.width * width, area.height * height);
  return context;
};

const open: Studio["open"] = async (file, { width, cover = [] } = {}): Promise<OpenPicture> => {
  const bitmap = await (width === undefined
    ? createImageBitmap(file)
    : createImageBitmap(file, { resizeWidth: width, resizeQuality: "high" }));
  return {
    width: bitmap.width,
    height: bitmap.height,
    develop: async (edge, quality) => {
      const { canvas } = draw(bitmap, edge, cover);
      const made = await canvas.convertToBlob({ type: "image/jpeg", quality });
      return new Uint8Array(await made.arrayBuffer());
    },
    grey: (edge) => {
      const context = draw(bitmap, edge, cover);
      const { width: across, height: down } = context.canvas;
      return toGrey(context.getImageData(0, 0, across, down));
    },
    close: () => bitmap.close(),
  };
};

serve<PhotoRequest, PhotoAnswer>(self, prepareEvidence({ open }), (answer) =>
  answer.ok ? [answer.value.bytes.buffer] : [],
);
