import { useLayoutEffect, useRef } from "preact/hooks";

import {
  chipReasons,
  findReason,
  moreReasons,
  needsNote,
  refusalReasons,
  type ReasonCode,
} from "../../../domain/reasons.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import type { AcceptsKey } from "../../components/keypad.tsx";
import { t } from "../../language.ts";
import type { Editor } from "./use-editor.ts";

const reasonFaults: ReadonlySet<KnownFault["kind"]> = new Set([
  "reason_missing",
  "note_missing",
  "note_too_long",
  "card_number_in_text",
] as const);

/** A fault that has its place under the reasons. */
export const isReasonFault = (fault: KnownFault | undefined): boolean =>
  fault !== undefined && reasonFaults.has(fault.kind);

/** The digit of a plain key press outside of a field; 0 for any other. */
const digitOf = (event: KeyboardEvent): number => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
  return plain && /^[1-9]$/.test(event.key) && !inField(event) ? Number(event.key) : 0;
};

const inField = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement &&
  event.target.matches("input:not([type=radio]), textarea, select, dialog *");

/** Picks a chip; 其他 opens the further reasons and the note that it needs. */
const pickChip = (editor: Editor, reason: (typeof chipReasons)[number]): void => {
  const known = findReason(editor.entry.peek().reason);
  if (reason !== "other" || !isBehindOther(known)) editor.pickReason(reason);
  if (reason === "other") editor.sheet.value = "reasons";
};

const isBehindOther = (reason: ReasonCode | undefined): boolean =>
  moreReasons.some((one) => one === reason);

/** `1`–`9` pick a reason while nothing is being typed; a gun's digits never do. */
export const useReasonKeys = (editor: Editor, accepts: AcceptsKey, typing: boolean): void => {
  const latest = useRef({ editor, accepts, typing });
  latest.current = { editor, accepts, typing };
  useLayoutEffect(() => {
    const pick = async (event: KeyboardEvent): Promise<void> => {
      const now = latest.current;
      const reason = chipReasons[digitOf(event) - 1];
      const { amount, type } = now.editor.entry.peek();
      const busy = (now.typing && amount.kind === "typed") || type === "decline";
      if (reason === undefined || busy) return;
      if (now.editor.sheet.peek() === undefined && (await now.accepts(event)))
        pickChip(now.editor, reason);
    };
    const listen = (event: KeyboardEvent): void => void pick(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
};

/** Nine reasons in fixed places; one from behind 其他 stands on its chip. */
export const Reasons = ({ editor }: { readonly editor: Editor }) => {
  const picked = findReason(editor.entry.value.reason);
  const behind = isBehindOther(picked);
  const fault = editor.fault.value;
  return (
    <div class="u-tight">
      <ChipGroup
        legend={t("word.reason")}
        name="reason"
        choices={chipReasons.map((value) => ({
          value,
          label: t(`reason.${value}`),
          note:
            value === "other" && behind && picked !== undefined ? t(`reason.${picked}`) : undefined,
        }))}
        value={behind ? "other" : chipReasons.find((one) => one === picked)}
        required
        onPick={(reason) => pickChip(editor, reason)}
      />
      {isReasonFault(fault) && <FaultNote fault={fault} />}
    </div>
  );
};

/** Why a request is declined. */
export const RefusalChips = ({ editor }: { readonly editor: Editor }) => {
  const { refusal } = editor.entry.value;
  const fault = editor.fault.value;
  return (
    <div class="u-tight">
      <ChipGroup
        legend={t("refund.decline.why")}
        name="refusal"
        choices={refusalReasons.map((value) => ({ value, label: t(`refusal.${value}`) }))}
        value={refusalReasons.find((one) => one === refusal)}
        required
        onPick={(picked) => {
          editor.change({ refusal: picked });
          if (picked === "other" && editor.entry.peek().note.trim() === "")
            editor.sheet.value = "note";
        }}
      />
      {isReasonFault(fault) && <FaultNote fault={fault} />}
    </div>
  );
};

/** Whether a note must be written before this can be recorded. */
export const wantsNote = ({ entry, policy }: Editor): boolean => {
  const { type, reason, refusal, destination } = entry.value;
  if (type === "decline") return refusal === "other";
  const picked = findReason(reason);
  return destination !== "original" || (picked !== undefined && needsNote(picked, policy.eligible));
};
