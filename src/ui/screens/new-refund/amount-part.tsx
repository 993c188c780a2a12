import { maxRecordMinor, money, half, type Money } from "../../../domain/money.ts";
import type { Result } from "../../../domain/result.ts";
import type { RefundFault } from "../../../domain/refund/faults.ts";
import { AmountHead, TypedAmount } from "../../components/amount.tsx";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Keypad, type AcceptsKey } from "../../components/keypad.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { sides, typedOf, type RefundEntry } from "./refund-entry.ts";
import type { Review } from "./review.ts";
import type { Editor } from "./use-editor.ts";

const amountFaults: ReadonlySet<KnownFault["kind"]> = new Set([
  "amount_zero",
  "amount_currency",
  "amount_above_format",
  "over_remaining",
  "over_share",
  "over_refund",
  "typed_differs",
  "difference_wrong",
  "line_over",
  "line_unknown",
  "lines_empty",
  "line_amount_too_large",
] as const);

/** A fault that has its place under the amount. */
export const isAmountFault = (fault: KnownFault | undefined): boolean =>
  fault !== undefined && amountFaults.has(fault.kind);

type Reviewed = Result<Review, RefundFault>;

/** A difference that the customer pays is bounded by the format alone. */
const limitOf = ({ type, exchange }: RefundEntry, left: Money): Money =>
  type === "exchange" && exchange.side === "collect" ? money(maxRecordMinor, left.currency) : left;

const useHint = (editor: Editor, reviewed: Reviewed): string => {
  const format = useFormat();
  const entry = editor.entry.value;
  if (editor.again.value) return t("refund.keypad.again");
  if (entry.type === "exchange" && entry.exchange.side === "collect")
    return t("refund.exchange.collect_note");
  if (entry.type === "unreferenced") return t("refund.free.hint");
  return reviewed.ok
    ? t("refund.balance", {
        before: format.money(reviewed.value.before),
        after: format.money(reviewed.value.after),
      })
    : t("word.up_to", { amount: format.money(editor.left) });
};

/** What stands large: the amount that goes back, or what the customer pays in an exchange. */
export const amountShown = (editor: Editor, reviewed: Reviewed): Money => {
  const { type, exchange, amount } = editor.entry.value;
  if (reviewed.ok) {
    const { amount: back, due } = reviewed.value;
    return type === "exchange" && exchange.side === "collect" ? due : back;
  }
  if (amount.kind === "full" && type !== "exchange") return editor.left;
  return typedOf(editor.entry.value, editor.left);
};

/** The amount, the largest thing of the screen, with the balance before and after it. */
export const AmountShown = ({
  editor,
  reviewed,
  typing,
}: {
  readonly editor: Editor;
  readonly reviewed: Reviewed;
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
        <AmountHead money={amountShown(editor, reviewed)}>{hint}</AmountHead>
      )}
      {isAmountFault(fault) && <FaultNote fault={fault} />}
    </div>
  );
};

/** 全额, 一半, 按件, 其他; always in these places. */
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
      columns={4}
      choices={[
        { value: "full", label: t("refund.full"), note: format.money(left) },
        {
          value: "half",
          label: t("refund.half"),
          note: format.money(part),
          disabled: part.minor === 0,
        },
        { value: "lines", label: t("refund.lines"), note: t("word.pick_it") },
        { value: "typed", label: t("refund.typed"), note: t("word.type_it") },
      ]}
      value={editor.entry.value.amount.kind}
      onPick={(kind) => {
        editor.pickAmount(kind);
        if (kind === "typed") onType();
        if (kind === "lines") editor.sheet.value = "lines";
      }}
    />
  );
};

/** 等价, 退差价, 补差价 of an exchange. */
export const SideChips = ({
  editor,
  onType,
}: {
  readonly editor: Editor;
  readonly onType: () => void;
}) => (
  <ChipGroup
    legend={t("refund.exchange.sides")}
    quiet
    name="side"
    choices={sides.map((side) => ({ value: side, label: t(`refund.exchange.${side}`) }))}
    value={editor.entry.value.exchange.side}
    onPick={(side) => {
      editor.pickSide(side);
      if (side !== "even") onType();
    }}
  />
);

/** Whether the keypad means anything for what is being entered. */
const isTyped = ({ type, amount, exchange }: RefundEntry): boolean =>
  amount.kind === "typed" &&
  type !== "decline" &&
  type !== "void" &&
  (type !== "exchange" || exchange.side !== "even");

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
    limit={limitOf(editor.entry.value, editor.left)}
    accepts={(event) => {
      const open = editor.sheet.peek();
      const free = open === undefined || open === "keypad";
      return isTyped(editor.entry.peek()) && free ? accepts(event) : false;
    }}
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
  const { left, again, fault, entry } = editor;
  const upTo = t("word.up_to", { amount: format.money(limitOf(entry.value, left)) });
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
