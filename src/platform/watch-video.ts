import type { DecodedCode, DecodeOptions } from "../workers/decode.ts";
import { createConfirm } from "./confirm-codes.ts";

/** Reads one bitmap, which is its own from then on; undefined when it could not even look. */
export type Engine = (
  bitmap: ImageBitmap,
  options: DecodeOptions,
) => Promise<readonly DecodedCode[] | undefined>;

/** The second one is larger and dearer: it is not even loaded before the first has read nothing for a while. */
export type Engines = { readonly first: Engine; readonly second: Engine };

type Kind = "live" | "film";

/** Calls back with each code once while it stays in view; returns the function that stops. */
export type Watch = (
  video: HTMLVideoElement,
  onCodes: (codes: readonly DecodedCode[]) => void,
  onFailed: () => void,
  kind?: Kind,
) => () => void;

/** At most 15 looks a second: a hand moves no faster, and the battery lasts longer. */
const paceMs = 66;
/** The second engine's looks: no more than five a second, and as much rest as work. */
const secondPaceMs = 200;
const nothingReadMs = 2000;
/** HTMLMediaElement.HAVE_CURRENT_DATA */
const haveCurrentData = 2;
const widestFrame = 1280;
const failuresTolerated = 5;

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

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

/** Watches a video with both engines; what either of them sees goes into one confirmation. */
export const watchWith =
  ({ first, second }: Engines): Watch =>
  (video, onCodes, onFailed, kind = "live") => {
    const confirm = createConfirm();
    const told = new Set<string>();
    const stopped = new AbortController();
    let failures = 0;
    let quietSince: number | undefined;

    /** Whether any of the codes is told, now or before. */
    const tell = (codes: readonly DecodedCode[]): boolean => {
      const sure = confirm(codes, performance.now());
      if (sure.length > 0) onCodes(sure);
      for (const { text } of sure) told.add(text);
      return sure.length > 0 || codes.some(({ text }) => told.has(text));
    };

    const look = async (attempt: number): Promise<boolean> => {
      const bitmap = await grab(video);
      if (bitmap === undefined) return false;
      quietSince ??= performance.now();
      const codes = await first(bitmap, { kind, attempt });
      if (stopped.signal.aborted) return true;
      failures = codes === undefined ? failures + 1 : 0;
      if (tell(codes ?? [])) quietSince = performance.now();
      return codes !== undefined;
    };

    /** One frame in the worker at a time; the next one is taken when the answer is there. */
    const loop = async (): Promise<void> => {
      for (let attempt = 0; !stopped.signal.aborted;) {
        const start = performance.now();
        if (await look(attempt)) attempt += 1;
        if (failures >= failuresTolerated) return onFailed();
        await pause(Math.max(0, paceMs - (performance.now() - start)));
      }
    };

    /** False when the second engine does not work here. */
    const lookHarder = async (): Promise<boolean> => {
      const bitmap = await grab(video);
      if (bitmap === undefined) return true;
      const codes = await second(bitmap, { kind, attempt: 0 });
      if (codes !== undefined && !stopped.signal.aborted) tell(codes);
      return codes !== undefined;
    };

    /** Beside the first loop, which never waits for it; without a second engine all is as before. */
    const loopHarder = async (): Promise<void> => {
      for (let works = true; works && !stopped.signal.aborted;) {
        const start = performance.now();
        if (start - (quietSince ?? start) >= nothingReadMs) works = await lookHarder();
        await pause(Math.max(secondPaceMs, performance.now() - start));
      }
    };

    void loop();
    void loopHarder();
    return () => stopped.abort();
  };
