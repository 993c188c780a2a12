import type { DecodedCode, DecodeOptions, Seen, VideoPicture } from "../workers/decode.ts";
import { createConfirm } from "./confirm-codes.ts";

/** Reads one frame, which is its own from then on, at no more than that edge; undefined when it could not even look. */
export type Look = (
  frame: VideoPicture,
  longestEdge: number,
  options: DecodeOptions,
) => Promise<Seen | undefined>;

/** The second one is larger and dearer: it is not even loaded before the first has read nothing for a while. */
export type Looks = { readonly first: Look; readonly second: Look };

export type Watched = {
  /** Each code once while it stays in view. */
  readonly onCodes: (codes: readonly DecodedCode[]) => void;
  /** The picture has been black for a while, or is no longer. */
  readonly onDark: (dark: boolean) => void;
  readonly onFailed: () => void;
};

/** Returns the function that stops. */
export type Watch = (
  video: HTMLVideoElement,
  watched: Watched,
  kind?: "live" | "film",
) => () => void;

/** At most 15 looks a second: a hand moves no faster, and the battery lasts longer. */
const paceMs = 66;
/** The second engine's looks: no more than five a second, and as much rest as work. */
const secondPaceMs = 200;
const nothingReadMs = 2000;
/** Longer than a frame of any camera: of codes that take turns before it none is told alone. */
const settleMs = 120;
/** Exposure settles sooner, and nobody needs to be told of a hand before the lens. */
const darkMs = 3000;
/** HTMLMediaElement.HAVE_CURRENT_DATA */
const haveCurrentData = 2;
const longestEdge = 1280;
/** A phone that takes longer than that for a look makes most of its looks at smaller pictures. */
const slowMs = 100;
const smallEdge = 854;
/** How much one look changes the mean of their times. */
const weight = 0.2;
const failuresTolerated = 5;

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Costs the page nothing, where a bitmap takes milliseconds; undefined where it is not to be had or does not stand upright. */
const takeFrame = (video: HTMLVideoElement): VideoFrame | undefined => {
  const { VideoFrame: Frame } = globalThis as Partial<typeof globalThis>;
  if (Frame === undefined) return undefined;
  try {
    const frame = new Frame(video);
    const { displayWidth, displayHeight } = frame;
    if (displayWidth === video.videoWidth && displayHeight === video.videoHeight) return frame;
    frame.close();
  } catch {
    // a browser that has it, but not of a video
  }
  return undefined;
};

/** Takes the present frame of a video, undefined while it has none; bitmaps only, once a worker could not draw a frame. */
const createGrabber = (video: HTMLVideoElement) => {
  let drawsFrames = true;
  return {
    grab: async (): Promise<VideoPicture | undefined> => {
      if (video.readyState < haveCurrentData || video.videoWidth === 0) return undefined;
      const frame = drawsFrames ? takeFrame(video) : undefined;
      // The stream may stop between the two lines.
      return frame ?? (await createImageBitmap(video).catch(() => undefined));
    },
    useBitmaps: (): void => {
      drawsFrames = false;
    },
  };
};

/** Steers by the time that looks take: every third one is at the whole picture even where that is slow. */
const createSteering = () => {
  let meanMs = 0;
  return {
    edgeFor: (attempt: number): number => {
      const inTurn = (attempt + Math.floor(attempt / 6)) % 3 === 0; // of each pass in turn
      return meanMs > slowMs && !inTurn ? smallEdge : longestEdge;
    },
    note: (ms: number, edge: number): void => {
      if (edge === longestEdge) meanMs += weight * (ms - meanMs);
    },
  };
};

/** Says once that all has been black for a while, and once that it is no longer. */
const watchLight = (onDark: Watched["onDark"]): ((dark: boolean, nowMs: number) => void) => {
  let darkSince: number | undefined;
  let told = false;
  return (dark, nowMs) => {
    darkSince = dark ? (darkSince ?? nowMs) : undefined;
    const long = darkSince !== undefined && nowMs - darkSince >= darkMs;
    if (long !== told) onDark(long);
    told = long;
  };
};

/** Tells what is sure once it has settled; the answer is whether any of the codes is told, now or before. */
const createTeller = (
  onCodes: Watched["onCodes"],
): ((codes: readonly DecodedCode[]) => boolean) => {
  const confirm = createConfirm();
  const told = new Set<string>();
  return (codes) => {
    const { sure, forMs } = confirm.see(codes, performance.now());
    if (sure.length === 0) return codes.some(({ text }) => told.has(text));
    if (forMs < settleMs) return true;
    confirm.tell(sure);
    for (const { text } of sure) told.add(text);
    onCodes(sure);
    return true;
  };
};

/** Watches a video with both engines; what either of them sees goes into one confirmation. */
export const watchWith =
  ({ first, second }: Looks): Watch =>
  (video, { onCodes, onDark, onFailed }, kind = "live") => {
    const tell = createTeller(onCodes);
    const noteLight = watchLight(onDark);
    const { edgeFor, note } = createSteering();
    const { grab, useBitmaps } = createGrabber(video);
    const stopped = new AbortController();
    let failures = 0;
    let quietSince: number | undefined;

    const look = async (attempt: number): Promise<boolean> => {
      const frame = await grab();
      if (frame === undefined) return false;
      const began = performance.now();
      quietSince ??= began;
      const edge = edgeFor(attempt);
      const seen = await first(frame, edge, { kind, attempt });
      note(performance.now() - began, edge);
      if (stopped.signal.aborted) return true;
      failures = seen === undefined ? failures + 1 : 0;
      if (seen === undefined) {
        useBitmaps();
        return false;
      }
      noteLight(seen.dark === true, performance.now());
      if (tell(seen.codes)) quietSince = performance.now();
      return true;
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
      const frame = await grab();
      if (frame === undefined) return true;
      const seen = await second(frame, longestEdge, { kind, attempt: 0 });
      if (seen !== undefined && !stopped.signal.aborted) tell(seen.codes);
      return seen !== undefined;
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
