import type { Destination } from "../../../domain/journal-event.ts";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { NoteField } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { t } from "../../language.ts";
import type { Editor } from "./use-editor.ts";

/** R11: the original route is the default, anything else an exception with its reason (R30). */
export const DestinationSheet = ({
  editor,
  destinations,
  onClose,
}: {
  readonly editor: Editor;
  readonly destinations: readonly Destination[];
  readonly onClose: () => void;
}) => {
  const { destination, note } = editor.entry.value;
  return (
    <Sheet title={t("refund.destination")} onClose={onClose}>
      <p>{t("refund.destination.text")}</p>
      <ChipGroup
        legend={t("refund.destination")}
        quiet
        name="destination"
        columns={2}
        choices={destinations.map((value) => ({ value, label: t(`refund.destination.${value}`) }))}
        value={destination}
        onPick={(picked) => editor.change({ destination: picked })}
      />
      {destination !== "original" && (
        <NoteField
          name="note"
          label={t("refund.note")}
          help={t("refund.note.help")}
          defaultValue={note}
          maxLength={500}
          required
          onInput={(event) => editor.change({ note: event.currentTarget.value })}
        />
      )}
      <Button kind="primary" onClick={onClose}>
        {t("action.done")}
      </Button>
    </Sheet>
  );
};
