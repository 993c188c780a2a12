import { Button } from "../../components/button.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { t } from "../../language.ts";
import { EntryNote } from "./note-field.tsx";
import type { Editor } from "./use-editor.ts";

/** A note for the shop. */
export const NoteSheet = ({
  editor,
  onClose,
}: {
  readonly editor: Editor;
  readonly onClose: () => void;
}) => (
  <Sheet title={t("refund.note")} onClose={onClose}>
    <EntryNote editor={editor} />
    <Button kind="primary" onClick={onClose}>
      {t("action.done")}
    </Button>
  </Sheet>
);
