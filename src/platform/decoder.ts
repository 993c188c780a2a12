import { fail, ok, type Result } from "../domain/result.ts";
import { connect, type Caller, type WorkerEnd } from "../workers/call.ts";
import type { DecodeAnswer, DecodedCode, DecodeOptions, DecodeRequest } from "../workers/decode.ts";
import { createConfirm } from "./confirm-codes.ts";

type PictureFault =
  | { readonly kind: "picture_unreadable" }
  | { readonly kind: "picture_too_large" }
  | { readonly kind: "decoder_failed" };

export type Decoder = {
  /** Calls back with each code once while it stays in view; returns the function that stops. */
  readonly watch: (
    video: HTMLVideoElement,
    onCodes: (codes: readonly DecodedCode[]) => void,
    onFailed: () => void,
    kind?: "live" | "film",
  ) => () => void;
  /** Every code in a still picture; an empty list when there is none. */
  readonly decodePicture: (file: Blob) => Promise<Result<readonly DecodedCode[], PictureFault>>;
};

/** At most 15 looks a second: a hand moves no faster, and the battery lasts longer. */
const paceMs = 66;
/** HTMLMediaElement.HAVE_CURRENT_DATA */
const haveCurrentData = 2;
const widestFrame = 1280;
const longestEdge = 1600;
const largestFile = 25 * 1024 * 1024;
const failuresTolerated = 5;

type Decode = Caller<DecodeRequest, DecodeAnswer>["call"];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const read = async (
  decode: Decode,
  bitmap: ImageBitmap,
  options: DecodeOptions,
): Promise<readonly DecodedCode[] | undefined> => {
  const answer = await decode({ bitmap, options }, { transfer: [bitmap] });
  return answer.ok ? answer.value.codes : undefined;
};

/** The present frame, or undefined while the video has none. */
const grab = async (video: HTMLVideoElement): Promise<ImageBitmap | undefined> => {
  if (video.readyState < haveCurrentData || video.videoWidth === 0) {
    return undefined;
  }
  const wide = video.videoWidth > widestFrame;
  try {
    return await (wide
      ? createImageBitmap(video, { resizeWidth: widestFrame })
      : createImageBitmap(video));
  } catch {
    return undefined; // the stream stopped between the two lines
  }
};

/** One frame in the worker at a time; the next one is taken when the answer is there. */
const watchWith =
  (decode: Decode): Decoder["watch"] =>
  (video, onCodes, onFailed, kind = "live") => {
    const confirm = createConfirm();
    const stopped = new AbortController();
    let failures = 0;

    const look = async (attempt: number): Promise<boolean> => {
      const bitmap = await grab(video);
      if (bitmap === undefined) return false;
      const codes = await read(decode, bitmap, { kind, attempt });
      if (stopped.signal.aborted) return true;
      failures = codes === undefined ? failures + 1 : 0;
      const sure = confirm(codes ?? [], performance.now());
      if (sure.length > 0) onCodes(sure);
      return codes !== undefined;
    };

    const loop = async (): Promise<void> => {
      for (let attempt = 0; !stopped.signal.aborted;) {
        const start = performance.now();
        if (await look(attempt)) attempt += 1;
        if (failures >= failuresTolerated) return onFailed();
        await pause(Math.max(0, paceMs - (performance.now() - start)));
      }
    };

    void loop();
    return () => stopped.abort();
  };

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

/** `start` is `startWorker("decode")`; the worker starts with the first frame and stops when idle. */
export const createDecoder = (start: () => WorkerEnd): Decoder => {
  const { call } = connect<DecodeRequest, DecodeAnswer>(start);
  return {
    watch: watchWith(call),
    decodePicture: async (file) => {
      if (file.size > largestFile) return fail({ kind: "picture_too_large" });
      const bitmap = await openPicture(file);
      if (bitmap === undefined) return fail({ kind: "picture_unreadable" });
      const codes = await read(call, bitmap, { kind: "still" });
      return codes === undefined ? fail({ kind: "decoder_failed" }) : ok(codes);
    },
  };
};
