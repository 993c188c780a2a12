import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { CameraFault, OpenCamera, SeenCode, SeenCodes } from "../../../usecases/abilities.ts";
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

export type Trouble = "far" | "dark";

/** The camera as the screen steers it. */
export type ScanCamera = {
  readonly view: ReadonlySignal<CameraView>;
  /** Nothing was read for a while, or the picture is black. */
  readonly trouble: ReadonlySignal<Trouble | undefined>;
  /** For as long as it is to be shown. */
  readonly seen: ReadonlySignal<Sighting | undefined>;
  readonly start: () => Promise<void>;
};

const farMs = 8_000;
const idleMs = 60_000;
const showMs = 1_500;
const snapshotWidth = 640;

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
  readonly setTrouble: (trouble: Trouble | undefined) => void;
  readonly setSeen: (seen: Sighting | undefined) => void;
  readonly onSeen: (seen: SeenCodes) => void;
  readonly open: ReturnType<typeof useAbilities>["openScanner"];
  readonly kind: "live" | "film";
};

/** The present picture of a video, for a person to look at while the camera goes on. */
const snapshot = (video: HTMLVideoElement): HTMLCanvasElement => {
  const canvas = document.createElement("canvas");
  canvas.width = snapshotWidth;
  canvas.height = Math.round((snapshotWidth * video.videoHeight) / video.videoWidth);
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
};

/** One thing to be done later; setting it anew or stopping it forgets the one before. */
const newTimer = () => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  const set = (act: () => void, ms: number): void => {
    stop();
    timer = setTimeout(act, ms);
  };
  return { set, stop };
};

/** One visit: opens, tells, rests after a minute; what an earlier opening still brings is stopped at once. */
const newSession = (video: () => HTMLVideoElement | null, parts: () => Parts) => {
  let visit = 0;
  let opening = -1;
  let camera: OpenCamera | undefined;
  const [far, idle, shown] = [newTimer(), newTimer(), newTimer()];
  const showSeen = (seen: Sighting): void => {
    parts().setSeen(seen);
    shown.set(() => parts().setSeen(undefined), showMs);
  };
  const stop = (view: CameraView): void => {
    visit++;
    camera?.stop();
    camera = undefined;
    for (const timer of [far, idle, shown]) timer.stop();
    parts().setSeen(undefined);
    parts().show(view);
  };
  const keepAwake = (): void => {
    if (camera !== undefined) idle.set(() => stop({ kind: "paused" }), idleMs);
  };
  const lookFar = (): void => {
    parts().setTrouble(undefined);
    far.set(() => parts().setTrouble("far"), farMs);
  };
  const lookDark = (): void => {
    far.stop();
    parts().setTrouble("dark");
  };
  const start = async (): Promise<void> => {
    const element = video();
    if (element === null || camera !== undefined || opening === visit) return;
    stop({ kind: "opening" });
    const mine = visit;
    opening = mine;
    const hear = <T>(act: (told: T) => void) => {
      return (told: T): void => (mine === visit ? act(told) : undefined);
    };
    const onCodes = hear((codes: readonly SeenCode[]) => {
      keepAwake();
      lookFar();
      if (parts().kind === "film") return parts().onSeen({ codes });
      const frames = codes.map(({ corners = [] }) => corners);
      showSeen({ frames, width: element.videoWidth, height: element.videoHeight });
      parts().onSeen(codes.length > 1 ? { codes, picture: snapshot(element) } : { codes });
    });
    const onDark = hear((dark: boolean) => (dark ? lookDark() : lookFar()));
    const onFault = hear((fault: CameraFault) => stop({ kind: "fault", fault }));
    const opened = await parts().open(element, { onCodes, onDark, onFault }, parts().kind);
    if (mine !== visit) return opened.ok ? opened.value.stop() : undefined;
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
  onSeen: (seen: SeenCodes) => void,
  kind: Parts["kind"] = "live",
): ScanCamera => {
  const { openScanner } = useAbilities();
  const view = useSignal<CameraView>({ kind: "off" });
  const trouble = useSignal<Trouble | undefined>(undefined);
  const seen = useSignal<Sighting | undefined>(undefined);
  const parts: Parts = {
    show: (next) => {
      view.value = next;
    },
    setTrouble: (now) => {
      trouble.value = now;
    },
    setSeen: (now) => {
      seen.value = now;
    },
    onSeen,
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
  return { view, trouble, seen, start };
};
