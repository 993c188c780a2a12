import { fail, ok, type Result } from "../domain/result.ts";
import { noCamera, type CameraFault } from "./camera-fault.ts";
import type { CameraAbilities } from "./camera-track.ts";
import { openCamera, type Camera } from "./camera.ts";
import { createDecoder } from "./decoder.ts";
import type { Watched } from "./watch-video.ts";
import { startWorker } from "./workers.ts";

type Opened = { readonly camera: Camera; readonly abilities: CameraAbilities };

type OnFault = (fault: CameraFault) => void;

/** The camera of a visit and what it can do, or why there is none; `onFault` hears what ends it later. */
const openLive = (
  video: HTMLVideoElement,
  onFault: OnFault,
): Promise<Result<Opened, CameraFault>> =>
  new Promise((resolve) => {
    let isOpen = false;
    const camera = openCamera(video, (now) => {
      if (now.state === "live") {
        isOpen = true;
        resolve(ok({ camera, abilities: now.abilities }));
      }
      if (now.state !== "failed") return;
      camera.stop();
      if (isOpen) onFault(now.fault);
      else resolve(fail(now.fault));
    });
  });

const decoder = createDecoder(startWorker("decode"), startWorker("secondEngine"));

/** A camera that shows in the video element and reads; every confirmed code is called back once while it stays in view. */
export type Scanner = Opened & { readonly stop: () => void };

export const openScanner = async (
  video: HTMLVideoElement,
  { onFault, ...watched }: Omit<Watched, "onFailed"> & { readonly onFault: OnFault },
  kind: "live" | "film",
): Promise<Result<Scanner, CameraFault>> => {
  const opened = await openLive(video, onFault);
  if (!opened.ok) return opened;
  const { camera } = opened.value;
  const onFailed = (): void => onFault(noCamera("decoder_failed"));
  const unwatch = decoder.watch(video, { ...watched, onFailed }, kind);
  const stop = (): void => {
    unwatch();
    camera.stop();
  };
  return ok({ ...opened.value, stop });
};

export const { decodePicture } = decoder;
