import { findReason, moreReasons, needsNote } from "../../../domain/reasons.ts";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { t } from "../../language.ts";
import { EntryNote } from "./note-field.tsx";
import type { Editor } from "./use-editor.ts";

/** The reasons behind 其他, and words where none of them fits. */
export const ReasonsSheet = ({
  editor,
  onClose,
}: {
  readonly editor: Editor;
  readonly onClose: () => void;
}) => {
  const { reason } = editor.entry.value;
  const picked = findReason(reason);
  const words =
    picked === "other" || (picked !== undefined && needsNote(picked, editor.policy.eligible));
  return (
    <Sheet title={t("refund.more_reasons")} onClose={onClose}>
      <ChipGroup
        legend={t("refund.more_reasons")}
        quiet
        name="more-reason"
        columns={2}
        choices={[
          ...moreReasons.map((value) => ({ value, label: t(`reason.${value}`) })),
          { value: "other", label: t("refund.more_reasons.own") },
        ]}
        value={picked}
        onPick={(value) => editor.pickReason(value)}
      />
      {words && <EntryNote editor={editor} required />}
      <Button kind="primary" onClick={onClose}>
        {t("action.done")}
      </Button>
    </Sheet>
  );
};
