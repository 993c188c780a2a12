import type { ComponentChildren } from "preact";
import { useComputed, useSignalEffect, type Signal } from "@preact/signals";

import { profileOf } from "../../../domain/acquirers/index.ts";
import { instantFromMs } from "../../../domain/instant.ts";
import { remaining } from "../../../domain/payment.ts";
import { keepDraft } from "../../../usecases/keep-draft.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import type { AcceptsKey } from "../../components/keypad.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { useMedia } from "../../media.ts";
import { AmountChips, AmountPad, AmountShown, isAmountFault, KeypadSheet } from "./amount-part.tsx";
import type { OnePayment } from "./load-payment.ts";
import { NoteSheet } from "./note-sheet.tsx";
import { Order } from "./order.tsx";
import { policyLine } from "./policy-line.ts";
import { isReasonFault, Reasons, useReasonKeys } from "./reasons.tsx";
import { amountOf, draftOf, isTouched, review, type KeptRefund } from "./refund-entry.ts";
import { useConfirm } from "./use-confirm.ts";
import { useEditor, type Editor } from "./use-editor.ts";

/** Facts and reasons at the left, amount and keypad at the right: the detail pane is 44rem wide or more. */
const twoColumns = "(min-width: 71.5rem)";

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
      void keepDraft(deps, "refund", { ...entry, address: first.address });
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
  const { payment } = one.found;
  const profile = profileOf(payment.acquirer);
  const reviewed = review(payment, draftOf(editor.entry.value, editor.left), {
    policy: one.policy,
    profile,
    calendar: deps.calendar,
    now: instantFromMs(deps.now()),
  });
  const about = { policy: one.policy, profile, owner: deps.staff()?.role === "owner" };
  return { reviewed, line: reviewed && policyLine(reviewed.verdict, about) };
};

const Sheets = ({ editor, accepts }: { readonly editor: Editor; readonly accepts: AcceptsKey }) => {
  const close = (): void => {
    editor.sheet.value = undefined;
  };
  if (editor.sheet.value === "note")
    return <NoteSheet note={editor.entry.peek().note} onNote={editor.writeNote} onClose={close} />;
  return editor.sheet.value === "keypad" ? (
    <KeypadSheet
      editor={editor}
      accepts={accepts}
      onClose={() => {
        editor.stopTyping();
        close();
      }}
    />
  ) : undefined;
};

type LayoutParts = Readonly<
  Record<"order" | "reasons" | "amount" | "pad" | "bar", ComponentChildren>
>;

const Layout = ({ wide, ...parts }: LayoutParts & { readonly wide: boolean }) =>
  wide ? (
    <div class="edit-two">
      <div class="u-stack">
        {parts.order}
        {parts.reasons}
      </div>
      <div class="u-stack">
        {parts.amount}
        {parts.pad}
        {parts.bar}
      </div>
    </div>
  ) : (
    <>
      {parts.order}
      {parts.amount}
      {parts.reasons}
      {parts.bar}
    </>
  );

/** One editor makes a refund: amount, reason, confirm (R1). It only asks the domain; a fault never empties it. */
export const RefundEditor = (props: EditorProps) => {
  const { one, first, accepts, busy } = props;
  const format = useFormat();
  const wide = useMedia(twoColumns);
  const editor = useEditor(first, remaining(one.found.payment), one.policy);
  const { reviewed, line } = useReview(editor, props);
  const record = useConfirm(editor, one.found, busy);
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
  const fault = editor.fault.value;
  const elsewhere = isAmountFault(fault) || isReasonFault(fault) ? undefined : fault;
  return (
    <>
      <Layout
        wide={wide}
        order={<Order one={one} />}
        reasons={<Reasons editor={editor} />}
        amount={
          <div class="u-stack">
            <AmountShown editor={editor} reviewed={reviewed} typing={wide} />
            <AmountChips editor={editor} onType={openPad} />
          </div>
        }
        pad={<AmountPad editor={editor} accepts={accepts} />}
        bar={
          <BottomBar flat={wide} policy={line?.text} policyIcon={line?.icon ?? "info"}>
            <FaultNote fault={elsewhere} />
            <Button kind="primary" busy={busy.value} onClick={confirm}>
              {t("refund.confirm", {
                amount: format.money(amountOf(editor.entry.value, editor.left)),
              })}
            </Button>
          </BottomBar>
        }
      />
      <Sheets editor={editor} accepts={accepts} />
    </>
  );
};
