import type { BrowserContext, Page } from "@playwright/test";

type CameraNotes = {
  /** When the page asked for the camera, and when it drew a frame around what it had read. */
  asked: number | undefined;
  told: number | undefined;
  /** Frames that went to each engine. */
  readonly looks: Map<Worker, number>;
  readonly tracks: MediaStreamTrack[];
};

declare global {
  var cameraNotes: CameraNotes | undefined;
}

/** Notes from inside the page what it does with the camera; nothing of the app is changed. */
export const watchCamera = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const notes: CameraNotes = { asked: undefined, told: undefined, looks: new Map(), tracks: [] };
    globalThis.cameraNotes = notes;
    if (!("mediaDevices" in navigator)) return; // the empty page before the app
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wish) => {
      notes.asked ??= performance.now();
      const stream = await open(wish);
      notes.tracks.push(...stream.getTracks());
      return stream;
    };
    const post = Reflect.get(Worker.prototype, "postMessage") as () => undefined;
    Worker.prototype.postMessage = function note(this: Worker, ...parts: unknown[]) {
      const [, moved] = parts;
      if (Array.isArray(moved) && moved[0] instanceof VideoFrame)
        notes.looks.set(this, 1 + (notes.looks.get(this) ?? 0));
      return Reflect.apply(post, this, parts);
    };
    new MutationObserver(() => {
      if (document.querySelector(".scan-seen") !== null) notes.told ??= performance.now();
    }).observe(document, { subtree: true, childList: true });
  });

/** Forgets the last visit. */
export const forgetCamera = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.assign(globalThis.cameraNotes ?? {}, { asked: undefined, told: undefined });
  });

/** Milliseconds from asking for the camera to the frame around the code; undefined while it is not there. */
export const toldAfter = (page: Page): Promise<number | undefined> =>
  page.evaluate(() => {
    const { asked, told } = globalThis.cameraNotes ?? {};
    return asked === undefined || told === undefined ? undefined : told - asked;
  });

type Pace = { readonly looks: string; readonly frames: number };

/** Looks of the engines, the first one first, and frames of the page, each for a second. */
export const paceOf = (page: Page, seconds: number): Promise<Pace> =>
  page.evaluate(async (length) => {
    const notes = globalThis.cameraNotes;
    let frames = 0;
    let running = true;
    const tick = (): void => {
      frames += 1;
      if (running) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    notes?.looks.clear();
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, length * 1000));
    running = false;
    const took = (performance.now() - began) / 1000;
    const looks = [...(notes?.looks.values() ?? [])].map((count) => (count / took).toFixed(1));
    return { looks: looks.join(" + "), frames: frames / took };
  }, seconds);

/** Tracks that were opened and not stopped, of all visits. */
export const liveTracks = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      globalThis.cameraNotes?.tracks.filter(({ readyState }) => readyState === "live").length ?? -1,
  );
