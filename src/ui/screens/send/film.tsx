import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { Transfer } from "../../../usecases/send-records.ts";
import { Button } from "../../components/button.tsx";
import { Segments } from "../../components/segments.tsx";
import { useAbilities } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { useMedia } from "../../media.ts";
import { drawCode, playFilm, speeds, type Speed } from "./film-player.ts";

const lessMotion = "(prefers-reduced-motion: reduce)";
/** No update comes over it, and the screen stays on. */
const useStage = (): void => {
  const { keepAwake, markDraftOpen } = useAbilities();
  useLayoutEffect(() => {
    const letSleep = keepAwake();
    const release = markDraftOpen();
    return () => {
      letSleep();
      release();
    };
  }, []);
};

const tellEveryMs = 1000;

/** Draws part after part while it plays; what it says of that is told once a second, not with every frame. */
const useFilm = ({ parts }: Transfer) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const calm = useMedia(lessMotion);
  const speed = useSignal<Speed>(calm ? "2" : "10");
  const playing = useSignal(true);
  const shown = useRef(0);
  const told = useSignal(0);
  const next = (): void => {
    if (canvas.current === null) return;
    shown.current += 1;
    drawCode(canvas.current, parts.part(shown.current));
  };
  const tell = (): void => {
    told.value = shown.current;
  };
  useLayoutEffect(() => {
    const timer = setInterval(tell, tellEveryMs);
    return () => clearInterval(timer);
  }, []);
  useLayoutEffect(
    () => (playing.value ? playFilm(next, () => speed.peek()) : undefined),
    [playing.value],
  );
  const step = (): void => {
    next();
    tell();
  };
  return { canvas, speed, playing, told, step };
};

const Controls = ({
  film: { speed, playing, step },
}: {
  readonly film: ReturnType<typeof useFilm>;
}) => (
  <>
    <Segments
      label={t("transfer.film.speed")}
      name="speed"
      choices={speeds.map((value) => ({ value, label: t(`transfer.film.speed.${value}`) }))}
      value={speed.value}
      onPick={(value) => {
        speed.value = value;
      }}
    />
    <div class="u-grid-2">
      <Button
        onClick={() => {
          playing.value = !playing.peek();
        }}
      >
        {t(playing.value ? "transfer.film.pause" : "transfer.film.play")}
      </Button>
      {!playing.value && <Button onClick={step}>{t("transfer.film.next")}</Button>}
    </div>
    <p class="u-small">{t("transfer.film.slower")}</p>
  </>
);

/** The codes one after another on a canvas. */
export const Film = ({ transfer }: { readonly transfer: Transfer }) => {
  const format = useFormat();
  const film = useFilm(transfer);
  const { parts, from, to, bytes } = transfer;
  useStage();
  return (
    <>
      <figure class="film">
        <span class="u-hidden">{t("transfer.film")}</span>
        <canvas ref={film.canvas} aria-hidden="true" />
        <figcaption class="u-strong">{t("transfer.film.shown", { n: film.told.value })}</figcaption>
      </figure>
      <p class="u-small">
        {t("transfer.film.about", {
          from: format.number(from),
          to: format.number(to),
          size: format.number(Math.ceil(bytes / 1000)),
          count: format.number(parts.count),
        })}
      </p>
      <Controls film={film} />
    </>
  );
};
