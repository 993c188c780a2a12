import { fail } from "../domain/result.ts";
import { noCamera, type CameraFault } from "./camera-fault.ts";
import { findObstacle, openLive, willAsk, type LiveCamera } from "./camera-stream.ts";
import { listCameras, setTorch, setZoom, type CameraAbilities } from "./camera-track.ts";
import { holdWakeLock } from "./wake-lock.ts";

/** `asking` while the browser may be showing its permission question. */
export type CameraState =
  | { readonly state: "starting"; readonly asking: boolean }
  | { readonly state: "live"; readonly abilities: CameraAbilities; readonly zoom: number }
  | { readonly state: "paused" }
  | { readonly state: "failed"; readonly fault: CameraFault };

/** The camera of one visit to the scan screen; it rests by itself while the page is hidden. */
export type Camera = {
  /** False when the camera would not. */
  readonly setTorch: (on: boolean) => Promise<boolean>;
  readonly setZoom: (zoom: number) => Promise<boolean>;
  readonly nextCamera: () => Promise<void>;
  readonly pause: () => void;
  /** Also the way on after a fault. */
  readonly resume: () => Promise<void>;
  /** On leaving the screen: no live track, no listener stays behind. */
  readonly stop: () => void;
};

type OnState = (state: CameraState) => void;

const patienceMs = 8000;
const firstZoom = 2;

const inTime = async <T>(work: Promise<T>, ms: number, late: T): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  const first = await Promise.race([work, waited]);
  clearTimeout(timer);
  return first;
};

/** Starts and releases; what an earlier start still brings is discarded by its signal. */
const createSessions = (video: HTMLVideoElement, onState: OnState, zoom: number) => {
  const wakeLock = holdWakeLock();
  let session = new AbortController();
  let live: LiveCamera | undefined;

  const release = (): void => {
    session.abort();
    session = new AbortController();
    live = undefined;
    wakeLock.release();
  };

  const stopWith = (fault: CameraFault): void => {
    release();
    onState({ state: "failed", fault });
  };

  const start = async (deviceId: string | undefined): Promise<void> => {
    release();
    const { signal } = session;
    const isOver = (): boolean => signal.aborted; // by another start, a pause, a stop
    const obstacle = findObstacle();
    if (obstacle !== undefined) return stopWith(obstacle);
    const asking = await willAsk();
    if (isOver()) return;
    onState({ state: "starting", asking });
    const opening = openLive(video, { deviceId, zoom }, signal);
    const opened = await (asking ? opening : inTime(opening, patienceMs, fail(noCamera("hung"))));
    if (isOver()) return;
    if (!opened.ok) return stopWith(opened.fault);
    live = opened.value;
    live.track.addEventListener("ended", () => stopWith(noCamera("aborted")), { signal });
    wakeLock.acquire();
    onState({ state: "live", abilities: live.abilities, zoom: live.zoom });
  };

  return { start, release, track: () => live?.track };
};

const deviceAfter = async (track: MediaStreamTrack | undefined): Promise<string | undefined> => {
  const cameras = await listCameras();
  const current = track?.getSettings().deviceId;
  const index = cameras.findIndex((camera) => camera.deviceId === current);
  return cameras[(index + 1) % cameras.length]?.deviceId;
};

/** Starts at once; `onState` hears of every change until `stop`. `zoom` is the one used last time. */
export const openCamera = (video: HTMLVideoElement, onState: OnState, zoom = firstZoom): Camera => {
  const { start, release, track } = createSessions(video, onState, zoom);
  let deviceId: string | undefined;
  let wanted = true;

  const rest = (): void => {
    release();
    onState({ state: "paused" });
  };
  const onVisibility = (): void => {
    if (document.visibilityState === "hidden") rest();
    else if (wanted) void start(deviceId);
  };
  const withTrack = async (
    change: (live: MediaStreamTrack) => Promise<boolean>,
  ): Promise<boolean> => {
    const live = track();
    return live !== undefined && change(live);
  };

  document.addEventListener("visibilitychange", onVisibility);
  void start(deviceId);

  return {
    setTorch: (on) => withTrack((live) => setTorch(live, on)),
    setZoom: (chosen) => withTrack((live) => setZoom(live, chosen)),
    nextCamera: async () => {
      deviceId = await deviceAfter(track());
      await start(deviceId);
    },
    pause: () => {
      wanted = false;
      rest();
    },
    resume: () => {
      wanted = true;
      return start(deviceId);
    },
    stop: () => {
      document.removeEventListener("visibilitychange", onVisibility);
      release();
    },
  };
};
