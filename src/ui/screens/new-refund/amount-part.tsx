import { half } from "../../../domain/money.ts";
import { AmountHead, TypedAmount } from "../../components/amount.tsx";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Keypad, type AcceptsKey } from "../../components/keypad.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { amountOf, type review } from "./refund-entry.ts";
import type { Editor } from "./use-editor.ts";

const amountFaults: ReadonlySet<KnownFault["kind"]> = new Set([
  "amount_zero",
  "amount_currency",
  "amount_above_format",
  "over_remaining",
  "over_refund",
  "typed_differs",
] as const);

/** A fault that has its place under the amount. */
export const isAmountFault = (fault: KnownFault | undefined): boolean =>
  fault !== undefined && amountFaults.has(fault.kind);

const useHint = (editor: Editor, reviewed: ReturnType<typeof review>): string => {
  const format = useFormat();
  if (editor.again.value) return t("refund.keypad.again");
  return reviewed === undefined
    ? t("word.up_to", { amount: format.money(editor.left) })
    : t("refund.balance", {
        before: format.money(reviewed.before),
        after: format.money(reviewed.after),
      });
};

/** The amount, the largest thing of the screen, with the balance before and after it. */
export const AmountShown = ({
  editor,
  reviewed,
  typing,
}: {
  readonly editor: Editor;
  readonly reviewed: ReturnType<typeof review>;
  /** The keypad is on screen: shows what is typed as it stands. */
  readonly typing: boolean;
}) => {
  const hint = useHint(editor, reviewed);
  const entry = editor.entry.value;
  const fault = editor.fault.value;
  return (
    <div class="edit-amount">
      {typing && entry.amount.kind === "typed" ? (
        <TypedAmount text={editor.typed.value} refusal={editor.refusal.value}>
          {hint}
        </TypedAmount>
      ) : (
        <AmountHead money={amountOf(entry, editor.left)}>{hint}</AmountHead>
      )}
      {isAmountFault(fault) && <FaultNote fault={fault} />}
    </div>
  );
};

/** 全额, 一半, 其他; always in these places. */
export const AmountChips = ({
  editor,
  onType,
}: {
  readonly editor: Editor;
  readonly onType: () => void;
}) => {
  const format = useFormat();
  const { left } = editor;
  const part = half(left);
  return (
    <ChipGroup
      legend={t("refund.amount_choice")}
      quiet
      name="amount"
      choices={[
        { value: "full", label: t("refund.full"), note: format.money(left) },
        {
          value: "half",
          label: t("refund.half"),
          note: format.money(part),
          disabled: part.minor === 0,
        },
        { value: "typed", label: t("refund.typed"), note: t("word.type_it") },
      ]}
      value={editor.entry.value.amount.kind}
      onPick={(kind) => {
        editor.pickAmount(kind);
        if (kind === "typed") onType();
      }}
    />
  );
};

/** The keypad; it answers to the keyboard only while an amount is being typed. */
export const AmountPad = ({
  editor,
  accepts,
}: {
  readonly editor: Editor;
  readonly accepts: AcceptsKey;
}) => (
  <Keypad
    typed={editor.typed}
    limit={editor.left}
    accepts={(event) =>
      editor.entry.peek().amount.kind === "typed" && editor.sheet.peek() !== "note"
        ? accepts(event)
        : false
    }
    onRefused={(sentence) => {
      editor.refusal.value = sentence;
    }}
  />
);

/** Phones: the keypad as a sheet (R2). A large amount stays here until it was typed twice. */
export const KeypadSheet = ({
  editor,
  accepts,
  onClose,
}: {
  readonly editor: Editor;
  readonly accepts: AcceptsKey;
  readonly onClose: () => void;
}) => {
  const format = useFormat();
  const { left, again, fault } = editor;
  const upTo = t("word.up_to", { amount: format.money(left) });
  return (
    <Sheet title={t("refund.keypad.title")} onClose={onClose}>
      <div class="edit-amount">
        <TypedAmount text={editor.typed.value} refusal={editor.refusal.value}>
          {again.value ? t("refund.keypad.again") : upTo}
        </TypedAmount>
        {fault.value?.kind === "typed_differs" && <FaultNote fault={fault.value} />}
      </div>
      <AmountPad editor={editor} accepts={accepts} />
      <div class="u-grid-2">
        <Button onClick={editor.clearTyping}>{t("action.clear")}</Button>
        <Button
          kind="primary"
          onClick={() => {
            if (editor.finishTyping()) onClose();
          }}
        >
          {t("action.done")}
        </Button>
      </div>
    </Sheet>
  );
};
