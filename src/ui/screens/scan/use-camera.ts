import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { CameraFault, OpenCamera, SeenCode } from "../../../usecases/abilities.ts";
import { useAbilities } from "../../deps.tsx";

/** What the camera of this screen is doing. */
export type CameraView =
  | { readonly kind: "off" }
  | { readonly kind: "opening" }
  | { readonly kind: "live"; readonly camera: OpenCamera }
  | { readonly kind: "paused" }
  | { readonly kind: "fault"; readonly fault: CameraFault };

/** Where codes were just read, never what they say, and the size of the picture that their corners are parts of. */
export type Sighting = {
  readonly frames: readonly NonNullable<SeenCode["corners"]>[];
  readonly width: number;
  readonly height: number;
};

/** The camera as the screen steers it. */
export type ScanCamera = {
  readonly view: ReadonlySignal<CameraView>;
  /** Nothing was read for a while. */
  readonly far: ReadonlySignal<boolean>;
  /** For as long as it is to be shown. */
  readonly seen: ReadonlySignal<Sighting | undefined>;
  readonly start: () => Promise<void>;
};

const farMs = 8_000;
const idleMs = 60_000;
const showMs = 1_500;

/** After the first tap of a visit the camera opens by itself. */
let startedOnce = false;

/** Browsers that cannot be asked wait for the tap. */
const mayStart = async (): Promise<boolean> => {
  if (startedOnce) return true;
  try {
    const name = "camera" as PermissionName;
    return (await navigator.permissions.query({ name })).state === "granted";
  } catch {
    return false;
  }
};

type Parts = {
  readonly show: (view: CameraView) => void;
  readonly setFar: (far: boolean) => void;
  readonly setSeen: (seen: Sighting | undefined) => void;
  readonly onTexts: (texts: readonly string[]) => void;
  readonly open: ReturnType<typeof useAbilities>["openScanner"];
  readonly kind: "live" | "film";
};

/** One visit: opens, tells, rests after a minute; what an earlier opening still brings is stopped at once. */
const newSession = (video: () => HTMLVideoElement | null, parts: () => Parts) => {
  let visit = 0;
  let opening = -1;
  let camera: OpenCamera | undefined;
  let farTimer: ReturnType<typeof setTimeout> | undefined;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;
  let seenTimer: ReturnType<typeof setTimeout> | undefined;
  const showSeen = (seen: Sighting | undefined): void => {
    clearTimeout(seenTimer);
    parts().setSeen(seen);
    if (seen !== undefined) seenTimer = setTimeout(() => parts().setSeen(undefined), showMs);
  };
  const stop = (view: CameraView): void => {
    visit++;
    camera?.stop();
    camera = undefined;
    clearTimeout(farTimer);
    clearTimeout(idleTimer);
    showSeen(undefined);
    parts().show(view);
  };
  const keepAwake = (): void => {
    clearTimeout(idleTimer);
    if (camera !== undefined) idleTimer = setTimeout(() => stop({ kind: "paused" }), idleMs);
  };
  const lookFar = (): void => {
    clearTimeout(farTimer);
    parts().setFar(false);
    farTimer = setTimeout(() => parts().setFar(true), farMs);
  };
  const start = async (): Promise<void> => {
    const element = video();
    if (element === null || camera !== undefined || opening === visit) return;
    stop({ kind: "opening" });
    const mine = visit;
    opening = mine;
    const onCodes = (codes: readonly SeenCode[]): void => {
      if (mine !== visit) return;
      keepAwake();
      lookFar();
      const frames = codes.map(({ corners = [] }) => corners);
      if (parts().kind === "live")
        showSeen({ frames, width: element.videoWidth, height: element.videoHeight });
      parts().onTexts(codes.map((code) => code.text));
    };
    const opened = await parts().open(element, onCodes, parts().kind);
    if (mine !== visit) {
      if (opened.ok) opened.value.stop();
      return;
    }
    if (!opened.ok) return stop({ kind: "fault", fault: opened.fault });
    startedOnce = true;
    camera = opened.value;
    parts().show({ kind: "live", camera });
    keepAwake();
    lookFar();
  };
  return { start, stop, keepAwake, isLive: () => camera !== undefined };
};

/** The camera while this screen stands: it rests when the page is hidden and is gone when the screen is left. */
export const useCamera = (
  video: RefObject<HTMLVideoElement | null>,
  onTexts: (texts: readonly string[]) => void,
  kind: Parts["kind"] = "live",
): ScanCamera => {
  const { openScanner } = useAbilities();
  const view = useSignal<CameraView>({ kind: "off" });
  const far = useSignal(false);
  const seen = useSignal<Sighting | undefined>(undefined);
  const parts: Parts = {
    show: (next) => {
      view.value = next;
    },
    setFar: (now) => {
      far.value = now;
    },
    setSeen: (now) => {
      seen.value = now;
    },
    onTexts,
    open: openScanner,
    kind,
  };
  const latest = useRef(parts);
  latest.current = parts;
  const session = useRef<ReturnType<typeof newSession> | undefined>(undefined);
  session.current ??= newSession(
    () => video.current,
    () => latest.current,
  );
  const { start } = session.current;
  useLayoutEffect(() => {
    const now = session.current;
    let resting = false;
    void mayStart().then((may) => (may && !document.hidden ? now?.start() : undefined));
    const onVisibility = (): void => {
      if (document.hidden) {
        resting = now?.isLive() === true;
        if (resting) now?.stop({ kind: "off" });
      } else if (resting) void now?.start();
    };
    const onTouch = (): void => now?.keepAwake();
    document.addEventListener("visibilitychange", onVisibility);
    addEventListener("pointerdown", onTouch);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      removeEventListener("pointerdown", onTouch);
      now?.stop({ kind: "off" });
    };
  }, []);
  return { view, far, seen, start };
};
