import { useLayoutEffect, useRef } from "preact/hooks";

import type { AcceptsKey } from "../../components/keypad.tsx";
import { Empty } from "../../components/empty.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { t } from "../../language.ts";
import { go, route } from "../../router.ts";
import { linkTo, type RouteName } from "../../routes.ts";
import { useScannerGun, type ScannerGun } from "../../scanner-gun.ts";
import { Questions } from "./questions.tsx";
import { Recent } from "./recent.tsx";
import { SaidNote } from "./said-note.tsx";
import { useCamera } from "./use-camera.ts";
import { useReadings } from "./use-readings.ts";
import { Viewfinder } from "./viewfinder.tsx";
import { Ways } from "./ways.tsx";

/** Screens beside this one that listen to the gun themselves. */
const ownGun: ReadonlySet<RouteName> = new Set([
  "new_refund",
  "type",
  "find",
  "new_payment",
  "approve_phone",
  "answer_approval",
] as const);

const keys: Readonly<Record<string, string>> = {
  n: linkTo("type"),
  N: linkTo("type"),
  "/": linkTo("find"),
};

const isPlain = (event: KeyboardEvent): boolean =>
  !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;

/** `N` types a number, `/` looks for a payment; never while something has the focus that takes text. */
const useScanKeys = (accepts: AcceptsKey, active: boolean): void => {
  useLayoutEffect(() => {
    if (!active) return undefined;
    const open = async (event: KeyboardEvent): Promise<void> => {
      const href = keys[event.key];
      const inField =
        event.target instanceof Element &&
        event.target.matches("input:not(.scan-gun), textarea, select, dialog *");
      if (href === undefined || inField || !isPlain(event)) return;
      if (await accepts(event)) go(href);
    };
    const listen = (event: KeyboardEvent): void => void open(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [active]);
};

const touchScreen = "(pointer: coarse)";

/** Android with a Chinese keyboard gives keys no names; its gun's text is read from this field instead. */
const GunField = ({ takeText }: Pick<ScannerGun, "takeText">) => {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (!matchMedia(touchScreen).matches) return undefined;
    const take = (): void => {
      if (document.activeElement === document.body) field.current?.focus({ preventScroll: true });
    };
    take();
    addEventListener("pointerup", take);
    return () => removeEventListener("pointerup", take);
  }, []);
  return (
    <input
      ref={field}
      class="scan-gun"
      inputMode="none"
      autocomplete="off"
      tabIndex={-1}
      aria-label={t("scan.gun")}
      onKeyDown={(event) => {
        if (event.key.length === 1) event.preventDefault(); // read as a key already
      }}
      onInput={(event) => {
        takeText(event.currentTarget.value, event.timeStamp);
        event.currentTarget.value = "";
      }}
    />
  );
};

/** T1, the home: a live scanner with three other ways, and on tablets the pane beside the editor. */
export const ScanScreen = () => {
  const video = useRef<HTMLVideoElement>(null);
  const readings = useReadings(({ href }) => go(href));
  const camera = useCamera(video, (seen) => void readings.takeSeen(seen));
  const listening = !ownGun.has(route.value.name);
  const { accepts, takeText } = useScannerGun((text) => void readings.take(text), listening);
  useScanKeys(accepts, listening);
  return (
    <div class="scan">
      <Viewfinder camera={camera} video={video} hint={t("scan.hint")}>
        <PageHeader title={t("scan.title")} over="camera" />
      </Viewfinder>
      <div class="scan-sheet">
        <SaidNote said={readings.said.value} />
        <Ways readings={readings} />
        <Recent />
      </div>
      {listening && <GunField takeText={takeText} />}
      <Questions readings={readings} />
    </div>
  );
};

/** Tablets: what fills the right while nothing is open. */
export const ScanAlone = () => <Empty icon="scan-line" text={t("pane.empty.scan")} />;
