import { useSignal } from "@preact/signals";

import type { PreparedPhoto } from "../../../domain/evidence.ts";
import { findCardNumbers } from "../../../domain/pan-guard.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { useFaultText } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { textIn } from "../../form-text.ts";
import { t } from "../../language.ts";
import { Picture } from "./picture.tsx";
import type { Adding } from "./use-adding.ts";

const warnings = ["blurred", "dark", "bright", "small"] as const;

const noteFault = (note: string): KnownFault | undefined => {
  if (note === "") return { kind: "photo_note_missing" };
  return findCardNumbers(note).length > 0 ? { kind: "card_number_in_text" } : undefined;
};

/** A photo in which something is hard to see: taken again, or used with a word about why (R39). */
export const FlaggedPhoto = ({
  photo,
  adding,
}: {
  readonly photo: PreparedPhoto;
  readonly adding: Adding;
}) => {
  const fault = useSignal<KnownFault | undefined>(undefined);
  const faultText = useFaultText();
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const note = textIn(new FormData(event.currentTarget), "why").trim();
    fault.value = noteFault(note);
    if (fault.value === undefined) void adding.accept(photo, note);
  };
  const retake = (files: readonly File[]): void => {
    adding.discard(photo);
    void adding.add(files, "photo");
  };
  return (
    <section class="u-tight" aria-label={t("evidence.look_again")}>
      <Picture whole bytes={photo.bytes} label={t("evidence.look_again")} />
      <Banner tone="warn" icon="triangle-alert" title={t("evidence.look_again")}>
        {warnings.map(
          (warning) => photo.quality[warning] && <p key={warning}>{t(`evidence.${warning}`)}</p>,
        )}
      </Banner>
      <FileButton
        kind="primary"
        icon="camera"
        label={t("evidence.retake")}
        accept="image/*"
        camera
        onFiles={retake}
      />
      <form class="u-tight" onSubmit={submit}>
        <TextField
          name="why"
          label={t("evidence.why")}
          help={t("evidence.why.help")}
          maxLength={120}
          fault={fault.value && faultText(fault.value)}
        />
        <Button type="submit">{t("evidence.use")}</Button>
      </form>
      <Button kind="text" onClick={() => adding.discard(photo)}>
        {t("evidence.discard")}
      </Button>
    </section>
  );
};
