import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import type { SeenCodes } from "../../../usecases/abilities.ts";
import { Button } from "../../components/button.tsx";
import { NoteField } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { textIn } from "../../form-text.ts";
import { t } from "../../language.ts";
import { useScannerGun } from "../../scanner-gun.ts";
import { useCamera } from "./use-camera.ts";
import { Viewfinder } from "./viewfinder.tsx";
import { FromPicture } from "./ways.tsx";

const sameCodeMs = 3_000;

/** A camera sees the same code again and again; it is told once in three seconds. */
const useOnce = (onText: (text: string) => void): ((text: string) => void) => {
  const last = useRef({ text: "", at: -Infinity });
  return (text) => {
    const at = performance.now();
    const repeated = last.current.text === text && at - last.current.at < sameCodeMs;
    last.current = { text, at };
    if (!repeated) onText(text);
  };
};

const Pasted = ({ onText }: { readonly onText: (text: string) => void }) => (
  <Fold title={t("phone.paste")}>
    <form
      class="u-stack"
      onSubmit={(event) => {
        event.preventDefault();
        const text = textIn(new FormData(event.currentTarget), "code").trim();
        if (text !== "") onText(text);
      }}
    >
      <NoteField name="code" label={t("phone.paste.label")} spellcheck={false} />
      <Button type="submit">{t("phone.paste.take")}</Button>
    </form>
  </Fold>
);

/**
 * Reads one code inside another screen: by the camera after a tap, a picture, a scanner gun, or as pasted text. Of several
 * in view none is taken.
 */
export const CodeReader = ({
  hint,
  onText,
}: {
  /** What to hold before the camera. */
  readonly hint: string;
  readonly onText: (text: string) => void;
}) => {
  const video = useRef<HTMLVideoElement>(null);
  const seen = useOnce(onText);
  const crowded = useSignal(false);
  const take = ({ codes }: SeenCodes): void => {
    const [only, ...more] = codes;
    crowded.value = more.length > 0;
    if (only !== undefined && more.length === 0) seen(only.text);
  };
  const camera = useCamera(video, take);
  useScannerGun(seen, true);
  return (
    <div class="u-stack">
      <Viewfinder camera={camera} video={video} hint={hint} square />
      <output>{crowded.value && t("scan.several.one")}</output>
      <FromPicture onSeen={take} />
      <Pasted onText={onText} />
    </div>
  );
};
