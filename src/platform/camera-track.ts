import { BrowserCodeReader } from "@zxing/browser";

/** What this camera reports that it can do; nothing else is offered. */
export type CameraAbilities = {
  readonly torch: boolean;
  /** The steps of 1, 2 and 3 times that the camera has; empty when it cannot zoom. */
  readonly zooms: readonly number[];
  readonly canSwitch: boolean;
};

type Range = { readonly min: number; readonly max: number };
type Capabilities = {
  readonly torch?: boolean;
  readonly zoom?: Range;
  readonly focusMode?: readonly string[];
};
type Setting = { readonly zoom?: number; readonly focusMode?: string };

const capabilitiesOf = (track: MediaStreamTrack): Capabilities =>
  (track as { readonly getCapabilities?: () => Capabilities }).getCapabilities?.() ?? {};

/** False when the camera would not; it goes on as before. */
const apply = async (track: MediaStreamTrack, setting: Setting): Promise<boolean> => {
  try {
    await track.applyConstraints({ advanced: [setting as MediaTrackConstraintSet] });
    return true;
  } catch {
    return false;
  }
};

/** In the order of the browser, without names before the permission is given. */
export const listCameras = (): Promise<readonly MediaDeviceInfo[]> =>
  BrowserCodeReader.listVideoInputDevices().catch(() => []);

export const readAbilities = async (track: MediaStreamTrack): Promise<CameraAbilities> => {
  const { zoom, torch } = capabilitiesOf(track);
  const hasTorch = torch === true && BrowserCodeReader.mediaStreamIsTorchCompatibleTrack(track);
  const steps = zoom === undefined ? [] : [1, 2, 3].filter((x) => x >= zoom.min && x <= zoom.max);
  const cameras = await listCameras();
  return {
    torch: hasTorch,
    zooms: steps.length > 1 ? steps : [],
    canSwitch: cameras.length > 1,
  };
};

export const setTorch = (track: MediaStreamTrack, on: boolean): Promise<boolean> =>
  BrowserCodeReader.mediaStreamSetTorch(track, on).then(
    () => true,
    () => false,
  );

export const setZoom = (track: MediaStreamTrack, zoom: number): Promise<boolean> =>
  apply(track, { zoom });

/** Sharp by itself where the camera can; some phones start with a fixed focus. */
export const focusContinuously = async (track: MediaStreamTrack): Promise<void> => {
  const { focusMode = [] } = capabilitiesOf(track);
  if (focusMode.includes("continuous")) await apply(track, { focusMode: "continuous" });
};
