import { fail, ok, type Result } from "../domain/result.ts";
import { connect, type WorkerEnd } from "../workers/call.ts";
import type { DecodeAnswer, DecodedCode, DecodeRequest } from "../workers/decode.ts";
import { pause, watchWith, type Engine, type Watch } from "./watch-video.ts";

type PictureFault =
  | { readonly kind: "picture_unreadable" }
  | { readonly kind: "picture_too_large" }
  | { readonly kind: "decoder_failed" };

type PictureCodes = Result<readonly DecodedCode[], PictureFault>;

export type Decoder = {
  readonly watch: Watch;
  /** Every code in a still picture; an empty list when there is none. */
  readonly decodePicture: (file: Blob) => Promise<PictureCodes>;
};

const longestEdge = 1600;
const largestFile = 25 * 1024 * 1024;
/** Nobody waits longer for a second look at a picture. */
const secondLookMs = 10_000;

/** Decoded small enough for every phone's canvas, and upright as its EXIF says. */
const openPicture = async (file: Blob): Promise<ImageBitmap | undefined> => {
  try {
    const whole = await createImageBitmap(file);
    const scale = longestEdge / Math.max(whole.width, whole.height);
    if (scale >= 1) return whole;
    const resizeWidth = Math.max(1, Math.round(whole.width * scale));
    const resizeHeight = Math.max(1, Math.round(whole.height * scale));
    const small = await createImageBitmap(whole, {
      resizeWidth,
      resizeHeight,
      resizeQuality: "high",
    });
    whole.close();
    return small;
  } catch {
    return undefined;
  }
};

const readPicture = async (file: Blob, engine: Engine): Promise<PictureCodes> => {
  const bitmap = await openPicture(file);
  if (bitmap === undefined) return fail({ kind: "picture_unreadable" });
  const codes = await engine(bitmap, { kind: "still" });
  return codes === undefined ? fail({ kind: "decoder_failed" }) : ok(codes);
};

/** The worker starts with the first bitmap and stops when idle. */
const engineIn = (start: () => WorkerEnd): Engine => {
  const { call } = connect<DecodeRequest, DecodeAnswer>(start);
  return async (bitmap, options) => {
    const answer = await call({ bitmap, options }, { transfer: [bitmap] });
    return answer.ok ? answer.value.codes : undefined;
  };
};

/** `startWorker("decode")` and `startWorker("secondEngine")`; the second is only started for what the first does not read. */
export const createDecoder = (
  startFirst: () => WorkerEnd,
  startSecond: () => WorkerEnd,
): Decoder => {
  const engines = { first: engineIn(startFirst), second: engineIn(startSecond) };
  return {
    watch: watchWith(engines),
    decodePicture: async (file) => {
      if (file.size > largestFile) return fail({ kind: "picture_too_large" });
      const seen = await readPicture(file, engines.first);
      if (!seen.ok || seen.value.length > 0) return seen;
      const more = readPicture(file, engines.second);
      const known = await Promise.race([more, pause(secondLookMs).then(() => seen)]);
      return known.ok ? known : seen;
    },
  };
};
