import { fail, ok, type Result } from "../domain/result.ts";
import { cameraFaultOf, isInAppBrowser, noCamera, type CameraFault } from "./camera-fault.ts";
import { focusContinuously, readAbilities, setZoom, type CameraAbilities } from "./camera-track.ts";

/** A camera whose picture is on the video element. */
export type LiveCamera = {
  readonly track: MediaStreamTrack;
  readonly abilities: CameraAbilities;
  readonly zoom: number;
};

export type CameraWish = { readonly deviceId: string | undefined; readonly zoom: number };

const size = { width: { ideal: 1280 }, height: { ideal: 720 } };

const openStream = async (deviceId: string | undefined): Promise<MediaStream> => {
  const facingMode = { ideal: "environment" };
  const which = deviceId === undefined ? { facingMode } : { deviceId: { exact: deviceId } };
  try {
    return await navigator.mediaDevices.getUserMedia({
      video: { ...which, ...size },
      audio: false,
    });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "OverconstrainedError") throw error;
    return navigator.mediaDevices.getUserMedia({ video: true, audio: false });
  }
};

const putOut = (video: HTMLVideoElement, stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
  if (video.srcObject === stream) video.srcObject = null;
};

const play = async (video: HTMLVideoElement, stream: MediaStream): Promise<MediaStreamTrack> => {
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new DOMException("no video track", "NotFoundError");
  video.muted = true;
  video.playsInline = true; // else iOS opens its own player
  video.srcObject = stream;
  await video.play();
  return track;
};

const prepare = async (track: MediaStreamTrack, zoom: number): Promise<LiveCamera> => {
  const abilities = await readAbilities(track);
  await focusContinuously(track);
  const zoomed = abilities.zooms.includes(zoom) && (await setZoom(track, zoom));
  return { track, abilities, zoom: zoomed ? zoom : 1 };
};

/** Why there is no use in asking for a camera here. */
export const findObstacle = (): CameraFault | undefined => {
  if (isInAppBrowser(navigator.userAgent)) return noCamera("in_app_browser");
  const { mediaDevices } = navigator as Partial<Navigator>;
  return mediaDevices === undefined ? noCamera("no_media_devices") : undefined;
};

/** Whether the browser will put its permission question first; then no answer is no fault. */
export const willAsk = async (): Promise<boolean> => {
  const { permissions } = navigator as Partial<Navigator>;
  const camera = { name: "camera" as PermissionName };
  const status = await permissions?.query(camera).catch(() => undefined);
  return status?.state === "prompt";
};

/** Lives until `signal` aborts; a stream that arrives later than that is put out at once. */
export const openLive = async (
  video: HTMLVideoElement,
  { deviceId, zoom }: CameraWish,
  signal: AbortSignal,
): Promise<Result<LiveCamera, CameraFault>> => {
  let stream: MediaStream | undefined;
  try {
    stream = await openStream(deviceId);
    const opened = stream;
    signal.addEventListener("abort", () => putOut(video, opened));
    if (signal.aborted) throw new DOMException("came too late", "AbortError");
    return ok(await prepare(await play(video, opened), zoom));
  } catch (error) {
    if (stream !== undefined) putOut(video, stream);
    return fail(cameraFaultOf(error));
  }
};
