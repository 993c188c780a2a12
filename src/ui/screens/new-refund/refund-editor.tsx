import { useComputed, useSignalEffect, type Signal } from "@preact/signals";

import { openLines } from "../../../domain/goods-lines.ts";
import { instantFromMs } from "../../../domain/instant.ts";
import { remaining } from "../../../domain/payment.ts";
import { leftHere } from "../../../domain/refund/own-share.ts";
import { keepDraft } from "../../../usecases/keep-draft.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Segments } from "../../components/segments.tsx";
import type { AcceptsKey } from "../../components/keypad.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import {
  AmountChips,
  AmountPad,
  AmountShown,
  amountShown,
  isAmountFault,
  SideChips,
} from "./amount-part.tsx";
import { DeclinePart, DeclinePreview } from "./decline-part.tsx";
import { EditorLayout, useWide } from "./editor-layout.tsx";
import { EditorRows } from "./editor-rows.tsx";
import { EditorSheets } from "./editor-sheets.tsx";
import { allOf } from "./line-steppers.tsx";
import type { OnePayment } from "./load-payment.ts";
import { Order } from "./order.tsx";
import { OverpaidPart } from "./overpaid-part.tsx";
import { policyLine } from "./policy-line.ts";
import { isReasonFault, Reasons, useReasonKeys } from "./reasons.tsx";
import {
  draftOf,
  entryTypes,
  isTouched,
  type KeptRefund,
  type RefundEntry,
} from "./refund-entry.ts";
import { reviewOf } from "./review.ts";
import { ReviewPart, useSimilar } from "./review-part.tsx";
import { TermsPart, TransferPart } from "./terms-part.tsx";
import { useConfirm } from "./use-confirm.ts";
import { useEditor, type Editor } from "./use-editor.ts";
import { SettlementPart, VoidPart } from "./void-part.tsx";

type EditorProps = {
  readonly one: OnePayment;
  readonly first: KeptRefund;
  readonly accepts: AcceptsKey;
  readonly busy: Signal<boolean>;
  /** Told after each change: whether there is anything to lose. */
  readonly onTouched: (touched: boolean) => void;
};

const useKeeping = (editor: Editor, { first, onTouched }: EditorProps): void => {
  const deps = useDeps();
  useSignalEffect(() => {
    const entry = editor.entry.value;
    onTouched(isTouched(entry));
    if (entry !== first && (isTouched(entry) || isTouched(first)))
      keepDraft(deps, "refund", { ...entry, address: first.address }).catch(reportError);
  });
};

/** No update comes over a refund that is being filled in. */
const useDraftMark = (editor: Editor): void => {
  const { markDraftOpen } = useAbilities();
  const touched = useComputed(() => isTouched(editor.entry.value));
  useSignalEffect(() => (touched.value ? markDraftOpen() : undefined));
};

const useReview = (editor: Editor, { one }: EditorProps) => {
  const deps = useDeps();
  const draft = draftOf(editor.entry.value, editor.left);
  const staff = deps.staff() ?? one.context.staff;
  const now = instantFromMs(deps.now());
  const asked = { ...one.context, staff, now };
  const first = reviewOf(asked, draft);
  const similar = useSimilar(one, first.ok ? first.value.amount.minor : 0);
  return similar === 0 ? first : reviewOf({ ...asked, similar }, draft);
};

type Reviewed = ReturnType<typeof useReview>;

const useLine = (editor: Editor, one: OnePayment, reviewed: Reviewed) => {
  const { type, destination } = editor.entry.value;
  if (!reviewed.ok || type === "decline") return undefined;
  const { policy, profile } = one.context;
  const { verdict, open } = reviewed.value;
  const byAcquirer = destination === "original" && reviewed.value.amount.minor > 0;
  return policyLine(verdict, { policy: policy.rules, profile, open, byAcquirer });
};

/** Verb and amount of the one filled button. */
const confirmText = (editor: Editor, reviewed: Reviewed, format: Format): string => {
  const { type, exchange } = editor.entry.value;
  const amount = format.money(amountShown(editor, reviewed));
  if (type !== "decline" && reviewed.ok && reviewed.value.open.length > 0)
    return t("refund.confirm_ask", { amount });
  switch (type) {
    case "refund":
      return t("refund.confirm", { amount });
    case "return":
      return t("refund.confirm_return", { amount });
    case "void":
      return t("refund.confirm_void", { amount });
    case "unreferenced":
      return t("refund.free.confirm", { amount });
    case "decline":
      return t("refund.confirm_decline");
    case "exchange":
      if (exchange.side === "even") return t("refund.confirm_even");
      return t(
        exchange.side === "refund" ? "refund.confirm_refund_difference" : "refund.confirm_collect",
        { amount },
      );
  }
};

const Types = ({ editor }: { readonly editor: Editor }) => {
  const { type } = editor.entry.value;
  const picked = entryTypes.find((value) => value === type);
  if (picked === undefined) return undefined;
  return (
    <div class="u-tight">
      <Segments
        label={t("refund.type")}
        name="type"
        choices={entryTypes.map((value) => ({ value, label: t(`refund.type.${value}`) }))}
        value={picked}
        onPick={editor.pickType}
      />
      {(type === "return" || type === "exchange") && (
        <p class="u-small u-center">{t(`refund.type_note.${type}`)}</p>
      )}
    </div>
  );
};

const AmountPart = ({
  editor,
  reviewed,
  wide,
  onType,
}: {
  readonly editor: Editor;
  readonly reviewed: Reviewed;
  readonly wide: boolean;
  readonly onType: () => void;
}) => {
  const { type } = editor.entry.value;
  if (type === "decline") return wide ? <DeclinePreview editor={editor} /> : undefined;
  return (
    <div class="u-stack">
      <AmountShown editor={editor} reviewed={reviewed} typing={wide} />
      {type === "exchange" && <SideChips editor={editor} onType={onType} />}
      {(type === "refund" || type === "return") && <AmountChips editor={editor} onType={onType} />}
    </div>
  );
};

/** The payment, and everything that must be said of it before an amount is typed. */
const OrderPart = ({ editor, one }: { readonly editor: Editor; readonly one: OnePayment }) => (
  <div class="u-stack">
    <Order one={one} />
    <TransferPart one={one} />
    <OverpaidPart editor={editor} one={one} />
    <SettlementPart one={one} />
    <VoidPart editor={editor} one={one} />
  </div>
);

/** A decline, a void and an even exchange ask for no amount. */
const takesAmount = ({ type, exchange }: RefundEntry): boolean =>
  type === "exchange" ? exchange.side !== "even" : type === "refund" || type === "return";

/** One editor makes a refund: type, amount, reason, confirm (R1). It only asks the domain; a fault never empties it. */
export const RefundEditor = (props: EditorProps) => {
  const { one, first, accepts, busy } = props;
  const { payment } = one.found;
  const format = useFormat();
  const wide = useWide();
  const editor = useEditor(first, {
    left: leftHere(remaining(payment), one.context.shareLeft),
    policy: one.context.policy.rules,
    goods: allOf(openLines(payment)),
  });
  const reviewed = useReview(editor, props);
  const line = useLine(editor, one, reviewed);
  const { record, sheet } = useConfirm(editor, one.found, busy);
  useKeeping(editor, props);
  useDraftMark(editor);
  useReasonKeys(editor, accepts, wide);
  const openPad = (): void => {
    if (!wide) editor.sheet.value = "keypad";
  };
  const confirm = (): void => {
    if (editor.finishTyping()) void record();
    else openPad();
  };
  const { type } = editor.entry.value;
  const fault = editor.fault.value;
  const elsewhere = isAmountFault(fault) || isReasonFault(fault) ? undefined : fault;
  const amount = amountShown(editor, reviewed);
  return (
    <>
      <EditorLayout
        wide={wide}
        order={<OrderPart editor={editor} one={one} />}
        types={<Types editor={editor} />}
        reasons={
          <div class="u-stack">
            {type === "decline" ? <DeclinePart editor={editor} /> : <Reasons editor={editor} />}
            {type === "decline" && !wide && <DeclinePreview editor={editor} />}
            <EditorRows editor={editor} context={one.context} amount={amount} />
            <TermsPart editor={editor} context={one.context} />
            {reviewed.ok && type !== "decline" && <ReviewPart review={reviewed.value} one={one} />}
          </div>
        }
        amount={<AmountPart editor={editor} reviewed={reviewed} wide={wide} onType={openPad} />}
        pad={takesAmount(editor.entry.value) && <AmountPad editor={editor} accepts={accepts} />}
        bar={
          <BottomBar flat={wide} policy={line?.text} policyIcon={line?.icon ?? "info"}>
            <FaultNote fault={elsewhere} />
            <Button kind="primary" busy={busy.value} onClick={confirm}>
              {confirmText(editor, reviewed, format)}
            </Button>
          </BottomBar>
        }
      />
      <EditorSheets editor={editor} context={one.context} amount={amount} accepts={accepts} />
      {sheet}
    </>
  );
};
