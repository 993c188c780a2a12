import type { Destination } from "../../../domain/journal-event.ts";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { t } from "../../language.ts";
import { EntryNote } from "./note-field.tsx";
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
  const { destination } = editor.entry.value;
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
      {destination !== "original" && <EntryNote editor={editor} required />}
      <Button kind="primary" onClick={onClose}>
        {t("action.done")}
      </Button>
    </Sheet>
  );
};
