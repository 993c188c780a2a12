import { fail, ok, type Result } from "../domain/result.ts";
import type { DecodedCode } from "../workers/decode.ts";
import type { CameraFault } from "./camera-fault.ts";
import type { CameraAbilities } from "./camera-track.ts";
import { openCamera, type Camera } from "./camera.ts";
import { createDecoder } from "./decoder.ts";
import { startWorker } from "./workers.ts";

type Opened = { readonly camera: Camera; readonly abilities: CameraAbilities };

/** The camera of a visit and what it can do, or why there is none. */
const openLive = (video: HTMLVideoElement): Promise<Result<Opened, CameraFault>> =>
  new Promise((resolve) => {
    const camera = openCamera(video, (now) => {
      if (now.state === "live") resolve(ok({ camera, abilities: now.abilities }));
      if (now.state !== "failed") return;
      camera.stop();
      resolve(fail(now.fault));
    });
  });

const decoder = createDecoder(startWorker("decode"), startWorker("secondEngine"));

/** A camera that shows in the video element and reads; every confirmed code is called back once while it stays in view. */
export type Scanner = Opened & { readonly stop: () => void };

export const openScanner = async (
  video: HTMLVideoElement,
  onCodes: (codes: readonly DecodedCode[]) => void,
  { onFailed, kind }: { readonly onFailed: () => void; readonly kind: "live" | "film" },
): Promise<Result<Scanner, CameraFault>> => {
  const opened = await openLive(video);
  if (!opened.ok) return opened;
  const { camera } = opened.value;
  const unwatch = decoder.watch(video, onCodes, onFailed, kind);
  const stop = (): void => {
    unwatch();
    camera.stop();
  };
  return ok({ ...opened.value, stop });
};

export const { decodePicture } = decoder;
