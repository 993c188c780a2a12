// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { openCamera, type Camera, type CameraState } from "../../src/platform/camera.ts";

type Capabilities = {
  readonly torch?: boolean;
  readonly zoom?: { readonly min: number; readonly max: number };
  readonly focusMode?: readonly string[];
};

const aTrack = (deviceId: string, capabilities: Capabilities) => {
  const ended: (() => void)[] = [];
  const track = {
    kind: "video",
    readyState: "live",
    applied: [] as unknown[],
    stop: () => (track.readyState = "ended"),
    getCapabilities: () => capabilities,
    getSettings: () => ({ deviceId }),
    applyConstraints: async ({ advanced }: { advanced: unknown[] }) => {
      track.applied.push(...advanced);
    },
    addEventListener: (_kind: string, heard: () => void, { signal }: { signal: AbortSignal }) =>
      ended.push(() => {
        if (!signal.aborted) heard();
      }),
    unplug: () => ended.forEach((heard) => heard()),
  };
  return track;
};

type Track = ReturnType<typeof aTrack>;
type Wish = { readonly video: unknown };

const tracks: Track[] = [];
const wishes: Wish[] = [];
let capabilities: Capabilities = {};
let devices: { kind: string; deviceId: string }[] = [];
let permission = "granted";
let open: (wish: Wish) => Promise<unknown>;

const aStream = () => {
  const track = aTrack(devices[tracks.length % devices.length]?.deviceId ?? "", capabilities);
  tracks.push(track);
  return { getTracks: () => [track], getVideoTracks: () => [track] };
};

/** The stream comes only when `give` is called. */
const openLater = () => {
  const given: ((stream: unknown) => void)[] = [];
  open = () => new Promise((resolve) => given.push(resolve));
  return (stream: unknown): void => given.forEach((resolve) => resolve(stream));
};

const refuse = (name: string) => () => Promise.reject(new DOMException("no", name));
const liveTracks = (): number => tracks.filter(({ readyState }) => readyState === "live").length;

const aVideo = () =>
  ({ srcObject: null, play: async () => undefined, muted: false }) as unknown as HTMLVideoElement;

const setHidden = (hidden: boolean): void => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(hidden ? "hidden" : "visible");
  document.dispatchEvent(new Event("visibilitychange"));
};

let camera: Camera | undefined;

const opened = (zoom?: number) => {
  const states: CameraState[] = [];
  const video = aVideo();
  camera = openCamera(video, (state) => states.push(state), zoom);
  const reaches = (state: CameraState["state"]): Promise<void> =>
    vi.waitFor(() => expect(states.at(-1)?.state).toBe(state));
  return { states, video, camera, reaches };
};

beforeEach(() => {
  tracks.length = 0;
  wishes.length = 0;
  capabilities = {};
  devices = [{ kind: "videoinput", deviceId: "back" }];
  permission = "granted";
  open = async () => aStream();
  vi.stubGlobal("navigator", {
    userAgent: "Chrome",
    permissions: { query: async () => ({ state: permission }) },
    mediaDevices: {
      enumerateDevices: async () => devices,
      getUserMedia: (wish: Wish) => {
        wishes.push(wish);
        return open(wish);
      },
    },
  });
});

afterEach(() => {
  camera?.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("the back camera is asked for at 1280×720, without sound, and shown inline", async () => {
  const { video, reaches } = opened();
  await reaches("live");
  expect(wishes).toEqual([
    {
      audio: false,
      video: {
        facingMode: { ideal: "environment" },
        width: { ideal: 1280 },
        height: { ideal: 720 },
      },
    },
  ]);
  expect(video.srcObject).not.toBeNull();
  expect([video.muted, video.playsInline]).toEqual([true, true]);
});

test("what the camera does not report is not offered", async () => {
  const { states, reaches } = opened();
  await reaches("live");
  const abilities = { torch: false, zooms: [], canSwitch: false };
  expect(states).toEqual([
    { state: "starting", asking: false },
    { state: "live", abilities, zoom: 1 },
  ]);
});

test("torch, zoom and switching are offered when reported, and zoom starts at 2", async () => {
  capabilities = { torch: true, zoom: { min: 1, max: 2.5 }, focusMode: ["manual", "continuous"] };
  devices.push({ kind: "videoinput", deviceId: "wide" });
  const { states, reaches } = opened();
  await reaches("live");
  expect(states.at(-1)).toEqual({
    state: "live",
    abilities: { torch: true, zooms: [1, 2], canSwitch: true },
    zoom: 2,
  });
  expect(tracks[0]?.applied).toEqual([{ focusMode: "continuous" }, { zoom: 2 }]);
  expect(await camera?.setTorch(true)).toBe(true);
  expect(tracks[0]?.applied.at(-1)).toMatchObject({ torch: true });
});

test("switching gives the next camera and puts the first one out", async () => {
  devices.push({ kind: "videoinput", deviceId: "wide" });
  const { reaches } = opened();
  await reaches("live");
  await camera?.nextCamera();
  expect(wishes[1]?.video).toMatchObject({ deviceId: { exact: "wide" } });
  expect(tracks.map(({ readyState }) => readyState)).toEqual(["ended", "live"]);
});

test.each([
  ["NotAllowedError", "not_allowed"],
  ["NotFoundError", "not_found"],
  ["NotReadableError", "in_use"],
  ["AbortError", "aborted"],
  ["SecurityError", "security"],
  ["InvalidStateError", "unknown"],
])("%s is told as %s", async (name, because) => {
  open = refuse(name);
  const { states, reaches } = opened();
  await reaches("failed");
  expect(states.at(-1)).toEqual({ state: "failed", fault: { kind: "no_camera", because } });
});

test("a camera that cannot do what was wished is asked for without wishes", async () => {
  open = ({ video }) =>
    video === true ? Promise.resolve(aStream()) : refuse("OverconstrainedError")();
  const { reaches } = opened();
  await reaches("live");
  expect(wishes[1]).toEqual({ video: true, audio: false });
});

test("WeChat's browser is told apart before the camera is touched", async () => {
  Object.assign(navigator, { userAgent: "Mozilla/5.0 MicroMessenger/8.0" });
  const { states } = opened();
  expect(states).toEqual([
    { state: "failed", fault: { kind: "no_camera", because: "in_app_browser" } },
  ]);
  expect(wishes).toEqual([]);
});

test("a page without mediaDevices is told apart", () => {
  Object.assign(navigator, { mediaDevices: undefined });
  expect(opened().states).toMatchObject([{ fault: { because: "no_media_devices" } }]);
});

test("a camera that hangs is told after 8 s, and its late stream is put out", async () => {
  vi.useFakeTimers();
  const give = openLater();
  const { states, video } = opened();
  await vi.advanceTimersByTimeAsync(7999);
  expect(states).toEqual([{ state: "starting", asking: false }]);
  await vi.advanceTimersByTimeAsync(1);
  expect(states.at(-1)).toEqual({ state: "failed", fault: { kind: "no_camera", because: "hung" } });
  give(aStream());
  await vi.advanceTimersByTimeAsync(10);
  expect(liveTracks()).toBe(0);
  expect(video.srcObject).toBeNull();
  expect(states).toHaveLength(2);
});

test("while the browser asks for permission nothing is called hung", async () => {
  vi.useFakeTimers();
  permission = "prompt";
  open = () => new Promise(() => {});
  const { states } = opened();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(states).toEqual([{ state: "starting", asking: true }]);
});

test("a hidden page has no live track, and the camera comes back with the page", async () => {
  const { states, video, reaches } = opened();
  await reaches("live");
  setHidden(true);
  expect(states.at(-1)).toEqual({ state: "paused" });
  expect(liveTracks()).toBe(0);
  expect(video.srcObject).toBeNull();
  setHidden(false);
  await reaches("live");
  expect(liveTracks()).toBe(1);
});

test("a paused camera stays paused when the page comes back, until it is resumed", async () => {
  const { states, reaches } = opened();
  await reaches("live");
  camera?.pause();
  setHidden(true);
  setHidden(false);
  expect(states.at(-1)).toEqual({ state: "paused" });
  await camera?.resume();
  await reaches("live");
});

test("after leaving nothing is live and nothing is told any more", async () => {
  const { states, video, reaches } = opened();
  await reaches("live");
  camera?.stop();
  const before = states.length;
  setHidden(true);
  setHidden(false);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(liveTracks()).toBe(0);
  expect(video.srcObject).toBeNull();
  expect(states).toHaveLength(before);
});

test("the screen stays on while the camera is live, and no longer", async () => {
  const held = { release: vi.fn(async () => undefined) };
  const request = vi.fn(async () => held);
  Object.assign(navigator, { wakeLock: { request } });
  const { reaches } = opened();
  await reaches("live");
  expect(request.mock.calls).toEqual([["screen"]]);
  expect(held.release).not.toHaveBeenCalled();
  camera?.pause();
  await vi.waitFor(() => expect(held.release).toHaveBeenCalledTimes(1));
});

test("leaving before the stream arrives puts it out", async () => {
  const give = openLater();
  opened();
  await vi.waitFor(() => expect(wishes).toHaveLength(1));
  camera?.stop();
  give(aStream());
  await vi.waitFor(() => expect(tracks[0]?.readyState).toBe("ended"));
});

test("a camera that is pulled out says so, and can be started again", async () => {
  const { states, reaches } = opened();
  await reaches("live");
  tracks[0]?.unplug();
  expect(states.at(-1)).toMatchObject({ state: "failed", fault: { because: "aborted" } });
  await camera?.resume();
  expect(states.at(-1)).toMatchObject({ state: "live" });
});
