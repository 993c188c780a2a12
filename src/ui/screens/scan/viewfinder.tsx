import { useSignal } from "@preact/signals";
import type { ComponentChildren, Ref } from "preact";

import type { OpenCamera } from "../../../usecases/abilities.ts";
import { Button, IconButton } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { classNames } from "../../components/class-names.ts";
import { t } from "../../language.ts";
import type { ScanCamera, Sighting } from "./use-camera.ts";

const Torch = ({ torch }: { readonly torch: NonNullable<OpenCamera["torch"]> }) => {
  const on = useSignal(false);
  return (
    <IconButton
      round
      icon="flashlight"
      label={t("scan.torch")}
      pressed={on.value}
      onClick={() => {
        on.value = !on.peek();
        void torch(on.value);
      }}
    />
  );
};

/** Each tap takes the next factor that the camera reports. */
const Zoom = ({
  zooms,
  zoom,
}: {
  readonly zooms: readonly number[];
  readonly zoom: NonNullable<OpenCamera["zoom"]>;
}) => {
  const at = useSignal(0);
  const factor = zooms[at.value] ?? 1;
  const text = `${factor}×`;
  return (
    <IconButton
      round
      icon="search"
      text={text}
      label={t("scan.zoom", { factor: text })}
      onClick={() => {
        at.value = (at.peek() + 1) % zooms.length;
        void zoom(zooms[at.value] ?? 1);
      }}
    />
  );
};

/** Only what the camera reports is offered. */
const Controls = ({ camera }: { readonly camera: OpenCamera }) => {
  const { torch, zoom, zooms = [], switchCamera } = camera;
  return (
    <div class="scan-controls">
      {torch !== undefined && <Torch torch={torch} />}
      {zoom !== undefined && zooms.length > 1 && <Zoom zooms={zooms} zoom={zoom} />}
      {switchCamera !== undefined && (
        <IconButton
          round
          icon="switch-camera"
          label={t("scan.camera")}
          onClick={() => void switchCamera()}
        />
      )}
    </div>
  );
};

const Over = ({
  camera: { view, trouble, start },
  hint,
}: {
  readonly camera: ScanCamera;
  readonly hint: string;
}) => {
  const now = view.value;
  const begin = (): void => void start();
  switch (now.kind) {
    case "live":
      return (
        <>
          <p class="scan-hint">
            {trouble.value === undefined ? hint : t(`scan.hint_${trouble.value}`)}
          </p>
          <Controls camera={now.camera} />
        </>
      );
    case "opening":
      return <p class="scan-hint">{t("scan.opening")}</p>;
    case "paused":
      return <Button onClick={begin}>{t("scan.paused")}</Button>;
    case "fault":
      return (
        <>
          <div class="scan-fault">
            <FaultNote fault={now.fault} />
          </div>
          <Button icon="refresh-cw" onClick={begin}>
            {t("scan.retry")}
          </Button>
        </>
      );
    case "off":
      return (
        <>
          <Button icon="camera" onClick={begin}>
            {t("scan.start")}
          </Button>
          <p class="scan-help">{t("scan.start_help")}</p>
        </>
      );
  }
};

/** A frame around each code that was just read; the picture is cut to its place as the video is. */
const Seen = ({ frames, width, height }: Sighting) => (
  <svg
    class="scan-seen"
    viewBox={`0 0 ${width} ${height}`}
    preserveAspectRatio="xMidYMid slice"
    aria-hidden="true"
  >
    {frames
      .map((corners) => corners.map(({ x, y }) => `${x * width},${y * height}`).join(" "))
      .map((points) => (
        <polygon key={points} points={points} />
      ))}
  </svg>
);

/** The camera with its cut-out; what is over it says what to do next. */
export const Viewfinder = ({
  camera,
  video,
  hint,
  square = false,
  children,
}: {
  readonly camera: ScanCamera;
  readonly video: Ref<HTMLVideoElement>;
  /** What to hold before it. */
  readonly hint: string;
  /** For the square code of another phone. */
  readonly square?: boolean;
  readonly children?: ComponentChildren;
}) => {
  const live = camera.view.value.kind === "live";
  const seen = camera.seen.value;
  return (
    <div class={classNames("scan-cam", live && "scan-live", square && "scan-square")}>
      <video ref={video} muted playsInline aria-label={t("scan.video")} />
      {live && <div class="scan-frame" />}
      {seen !== undefined && <Seen {...seen} />}
      {children}
      <div class="scan-over">
        <Over camera={camera} hint={hint} />
      </div>
    </div>
  );
};
