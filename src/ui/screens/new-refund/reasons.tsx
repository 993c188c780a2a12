import { useLayoutEffect, useRef } from "preact/hooks";

import { chipReasons, findReason, needsNote } from "../../../domain/reasons.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import type { AcceptsKey } from "../../components/keypad.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { t } from "../../language.ts";
import type { Editor } from "./use-editor.ts";

const reasonFaults: ReadonlySet<KnownFault["kind"]> = new Set([
  "reason_missing",
  "note_missing",
  "card_number_in_text",
] as const);

/** A fault that has its place under the reasons. */
export const isReasonFault = (fault: KnownFault | undefined): boolean =>
  fault !== undefined && reasonFaults.has(fault.kind);

const inField = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement &&
  event.target.matches("input:not([type=radio]), textarea, select, dialog *");

/** `1`–`9` pick a reason while nothing is being typed; a gun's digits never do. */
export const useReasonKeys = (editor: Editor, accepts: AcceptsKey, typing: boolean): void => {
  const latest = useRef({ editor, accepts, typing });
  latest.current = { editor, accepts, typing };
  useLayoutEffect(() => {
    const pick = async (event: KeyboardEvent): Promise<void> => {
      const now = latest.current;
      const reason = /^[1-9]$/.test(event.key) ? chipReasons[Number(event.key) - 1] : undefined;
      const busy = now.typing && now.editor.entry.peek().amount.kind === "typed";
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
      if (reason === undefined || busy || !plain || inField(event)) return;
      if (now.editor.sheet.peek() === undefined && (await now.accepts(event)))
        now.editor.pickReason(reason);
    };
    const listen = (event: KeyboardEvent): void => void pick(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
};

/** Nine reasons in fixed places, and the note that 其他 needs. */
export const Reasons = ({ editor }: { readonly editor: Editor }) => {
  const { reason, note } = editor.entry.value;
  const picked = findReason(reason);
  const fault = editor.fault.value;
  const required = picked !== undefined && needsNote(picked);
  const openNote = (): void => {
    editor.sheet.value = "note";
  };
  return (
    <div class="u-stack">
      <div class="u-tight">
        <ChipGroup
          legend={t("word.reason")}
          name="reason"
          choices={chipReasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
          value={picked}
          required
          onPick={editor.pickReason}
        />
        {isReasonFault(fault) && <FaultNote fault={fault} />}
      </div>
      <Rows>
        <Row
          icon="pencil"
          title={t("refund.note")}
          facts={note.trim() === "" ? [] : [<bdi key="note">{visibleText(note).text}</bdi>]}
          end={note.trim() === "" ? t(required ? "word.required" : "word.optional") : undefined}
          chevron
          onClick={openNote}
        />
      </Rows>
    </div>
  );
};
