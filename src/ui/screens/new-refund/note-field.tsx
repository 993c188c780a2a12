import { NoteField } from "../../components/field.tsx";
import { t } from "../../language.ts";
import type { Editor } from "./use-editor.ts";

/** The note of the entry, kept with every letter. */
export const EntryNote = ({
  editor,
  required = false,
}: {
  readonly editor: Editor;
  readonly required?: boolean;
}) => (
  <NoteField
    name="note"
    label={t("refund.note")}
    help={t("refund.note.help")}
    defaultValue={editor.entry.value.note}
    maxLength={500}
    required={required}
    onInput={(event) => editor.change({ note: event.currentTarget.value })}
  />
);
