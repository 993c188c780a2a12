import { Button } from "../../components/button.tsx";
import { NoteField } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { t } from "../../language.ts";

/** A note for the shop; kept with every letter. */
export const NoteSheet = ({
  note,
  onNote,
  onClose,
}: {
  readonly note: string;
  readonly onNote: (note: string) => void;
  readonly onClose: () => void;
}) => (
  <Sheet title={t("refund.note")} onClose={onClose}>
    <NoteField
      name="note"
      label={t("refund.note")}
      help={t("refund.note.help")}
      defaultValue={note}
      maxLength={500}
      onInput={(event) => onNote(event.currentTarget.value)}
    />
    <Button kind="primary" onClick={onClose}>
      {t("action.done")}
    </Button>
  </Sheet>
);
