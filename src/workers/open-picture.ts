import { evidenceLimits } from "../domain/evidence.ts";
import { given } from "../domain/given.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { PictureFault } from "./decode.ts";
import { findPicture } from "./file-type.ts";
import { pictureSize } from "./photo-size.ts";

const headBytes = 4096;

const unreadable = fail({ kind: "picture_unreadable" } as const);

const readBytes = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.arrayBuffer());

type Size = { readonly width: number; readonly height: number };

/** What its header says, before anything is decoded (F81); undefined for a kind that only the browser knows. */
const measure = async (file: Blob): Promise<Result<Size | undefined, PictureFault>> => {
  const type = findPicture(await readBytes(file.slice(0, headBytes)));
  if (type === undefined || type === "heic") return ok(undefined);
  if (type === "svg") return unreadable;
  const size = pictureSize(type, await readBytes(file));
  if (size === undefined) return unreadable;
  return size.width * size.height > evidenceLimits.photoPixels
    ? fail({ kind: "picture_too_large" })
    : ok(size);
};

/** A width that makes both ways of lying smaller; the picture may still be turned by its EXIF. */
const widthFor = (size: Size | undefined, longestEdge: number): number | undefined =>
  size !== undefined && Math.min(size.width, size.height) > longestEdge ? longestEdge : undefined;

/** Opens a picture upright as its EXIF says, not much larger than is looked at. */
export const openPicture = async (
  file: Blob,
  longestEdge: number,
): Promise<Result<ImageBitmap, PictureFault>> => {
  try {
    const size = await measure(file);
    if (!size.ok) return size;
    const resizeWidth = widthFor(size.value, longestEdge);
    const options = { resizeQuality: "high", ...given("resizeWidth", resizeWidth) } as const;
    return ok(await createImageBitmap(file, options));
  } catch {
    return unreadable;
  }
};
