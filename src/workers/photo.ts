import {
  evidenceLimits,
  type Area,
  type PictureType,
  type Prepared,
  type PreparedPhoto,
  type PrepareFault,
} from "../domain/evidence.ts";
import { given } from "../domain/given.ts";
import { isBlank, judgedEdge, qualityOf, type GreyPicture } from "../domain/photo-quality.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { hashBytes } from "../ledger/base64url.ts";
import type { ServeContext } from "./call.ts";
import { findFileType, findPicture } from "./file-type.ts";
import { isPlainJpeg, plainJpeg } from "./photo-jpeg.ts";
import { pictureSize, type PictureSize } from "./photo-size.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** `photo` takes pictures only, `any` every file that can be kept; `cover` is painted over for good. */
export type PhotoRequest = {
  readonly file: Blob;
  readonly take: "photo" | "any";
  readonly cover?: readonly Area[];
};

export type PhotoAnswer = Result<Prepared, PrepareFault>;

/** A picture that is open, upright as its EXIF says. */
export type OpenPicture = PictureSize & {
  /** JPEG bytes, drawn on white, the longer edge at most `edge`. */
  readonly develop: (edge: number, quality: number) => Promise<Bytes>;
  readonly grey: (edge: number) => GreyPicture;
  readonly close: () => void;
};

/** What the browser does; opening throws for what it cannot read. */
export type Studio = {
  /** `width` asks for a smaller picture, its height follows; `cover` is painted black wherever it is drawn. */
  readonly open: (
    file: Blob,
    how?: { readonly width?: number; readonly cover?: readonly Area[] },
  ) => Promise<OpenPicture>;
};

const megabyte = 1024 * 1024;
const headBytes = 4096;
const longestEdge = 1600;
const mostBytes = 250 * 1024;
/** Thinner is no picture; longer is above what browsers can draw. */
const thinnestEdge = 16;
const widestEdge = 32_767;

/** From good to small: quality first, then size; the first that fits is taken. */
const steps: readonly (readonly [edge: number, quality: number])[] = [
  [longestEdge, 0.75],
  [longestEdge, 0.65],
  [longestEdge, 0.5],
  [1280, 0.55],
  [1024, 0.5],
  [800, 0.45],
  [640, 0.4],
];

const aborted = fail({ kind: "aborted" } as const);
const unreadable = fail({ kind: "photo_unreadable" } as const);

const readBytes = (file: Blob): Promise<Bytes | undefined> =>
  file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => undefined,
  );

const tooLarge = fail({
  kind: "photo_too_large",
  megabytes: evidenceLimits.photoBytes / megabyte,
  megapixels: evidenceLimits.photoPixels / 1_000_000,
} as const);

/** What its header says, judged before anything is decoded (F81). */
const measure = (type: PictureType, bytes: Bytes): Result<PictureSize, PrepareFault> => {
  const size = pictureSize(type, bytes);
  if (size === undefined || Math.min(size.width, size.height) < thinnestEdge) return unreadable;
  const tooWide = Math.max(size.width, size.height) > widestEdge;
  return tooWide || size.width * size.height > evidenceLimits.photoPixels ? tooLarge : ok(size);
};

/** A width that makes both ways of lying smaller; the picture may still be turned by its EXIF. */
const widthFor = ({ width, height }: PictureSize): number | undefined =>
  Math.min(width, height) > longestEdge ? longestEdge : undefined;

/** Small enough and nothing but a picture. */
const developSmall = async (
  picture: OpenPicture,
  signal: AbortSignal,
): Promise<Result<Bytes, PrepareFault>> => {
  for (const [edge, quality] of steps) {
    if (signal.aborted) return aborted;
    const plain = plainJpeg(await picture.develop(edge, quality));
    if (plain === undefined || !isPlainJpeg(plain)) break;
    if (plain.length <= mostBytes) return ok(plain);
  }
  return fail({ kind: "photo_failed" });
};

/** Opens what was made once more: what is kept is what was judged. */
const judge = async (
  studio: Studio,
  bytes: Bytes,
  source: PictureType,
): Promise<Result<PreparedPhoto, PrepareFault>> => {
  const kept = await studio.open(new Blob([bytes], { type: "image/jpeg" }));
  const { width, height } = kept;
  const grey = kept.grey(judgedEdge);
  kept.close();
  if (isBlank(grey)) return fail({ kind: "photo_blank" });
  return ok({
    kind: "photo",
    bytes,
    sha256: hashBytes(bytes),
    type: "image/jpeg",
    width,
    height,
    quality: qualityOf(grey, { width, height }),
    source,
  });
};

const preparePicture = async (
  studio: Studio,
  { file, type, cover }: Pick<PhotoRequest, "file" | "cover"> & { readonly type: PictureType },
  signal: AbortSignal,
): Promise<Result<PreparedPhoto, PrepareFault>> => {
  if (file.size > evidenceLimits.photoBytes) return tooLarge;
  const bytes = await readBytes(file);
  if (bytes === undefined) return fail({ kind: "file_unreadable" });
  const size = measure(type, bytes);
  if (!size.ok) return size;
  if (signal.aborted) return aborted;
  const picture = await studio
    .open(new Blob([bytes], { type }), {
      ...given("width", widthFor(size.value)),
      ...given("cover", cover),
    })
    .catch(() => undefined);
  if (picture === undefined) return unreadable;
  const small = await developSmall(picture, signal);
  picture.close();
  return small.ok ? judge(studio, small.value, type) : small;
};

const prepareFile = async (file: Blob): Promise<Result<Prepared, PrepareFault>> => {
  const megabytes = evidenceLimits.fileBytes / megabyte;
  if (file.size > evidenceLimits.fileBytes) return fail({ kind: "evidence_too_large", megabytes });
  const bytes = await readBytes(file);
  if (bytes === undefined) return fail({ kind: "file_unreadable" });
  const type = findFileType(bytes);
  return type === undefined
    ? fail({ kind: "file_type_unknown" })
    : ok({ kind: "file", bytes, sha256: hashBytes(bytes), type });
};

/** Makes a file ready to be kept, or says why it cannot be; every picture is drawn anew, small ones too (reliability.md I3). */
export const prepareEvidence =
  (studio: Studio) =>
  async (
    { file, take, cover }: PhotoRequest,
    { signal }: Pick<ServeContext<never>, "signal">,
  ): Promise<PhotoAnswer> => {
    const head = file.size === 0 ? undefined : await readBytes(file.slice(0, headBytes));
    if (head === undefined) return fail({ kind: "file_unreadable" });
    const picture = findPicture(head);
    if (picture === "heic") return fail({ kind: "photo_heic" });
    if (picture === "svg") return fail({ kind: "photo_svg" });
    if (picture !== undefined)
      return preparePicture(studio, { file, type: picture, ...given("cover", cover) }, signal);
    return take === "any" ? prepareFile(file) : fail({ kind: "file_type_unknown" });
  };
