import { useSignal, useSignalEffect, type Signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import type { CaseId } from "../../../domain/ids.ts";
import { instantFromMs } from "../../../domain/instant.ts";
import { maxRecordMinor, money } from "../../../domain/money.ts";
import type { RefundContext } from "../../../domain/refund/draft.ts";
import { getCase } from "../../../storage/queries.ts";
import { whoActs, type Deps } from "../../../usecases/deps.ts";
import { findDraft, keepDraft } from "../../../usecases/keep-draft.ts";
import { refundContext } from "../../../usecases/record-refund.ts";
import { nextCaseId } from "../../../usecases/reserved-form.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import type { AcceptsKey } from "../../components/keypad.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { useShell } from "../../shell-context.tsx";
import { AmountPad, AmountShown, amountShown, isAmountFault } from "./amount-part.tsx";
import { EditorLayout, useWide } from "./editor-layout.tsx";
import { EditorRows } from "./editor-rows.tsx";
import { EditorSheets } from "./editor-sheets.tsx";
import { policyLine, type PolicyLine } from "./policy-line.ts";
import { isReasonFault, Reasons } from "./reasons.tsx";
import { draftOf, isTouched, newEntry, parseKeptRefund, type KeptRefund } from "./refund-entry.ts";
import { reviewOf } from "./review.ts";
import { useConfirm } from "./use-confirm.ts";
import { useEditor, type Editor } from "./use-editor.ts";

const address = { u: "1" } as const;

/** There is no way back to a wallet without a payment (X31). */
const destinations = ["cash", "store_credit"] as const;

type Props = {
  readonly accepts: AcceptsKey;
  readonly busy: Signal<boolean>;
  readonly onTouched: (touched: boolean) => void;
};

const freshEntry = (caseId: CaseId): KeptRefund => ({
  ...newEntry(caseId),
  type: "unreferenced",
  amount: { kind: "typed", text: "", checked: false },
  destination: "cash",
  address,
});

const keptEntry = async (deps: Deps): Promise<KeptRefund | undefined> => {
  const kept = await findDraft(deps, "refund", parseKeptRefund);
  if (kept?.type !== "unreferenced") return undefined;
  return (await getCase(deps.journal.db, kept.caseId)) === undefined ? kept : undefined;
};

const loadContext = async (deps: Deps): Promise<RefundContext | undefined> => {
  const staff = whoActs(deps);
  const now = instantFromMs(deps.now());
  return staff.ok
    ? refundContext(deps, undefined, { staff: staff.value, moment: { now, head: undefined } })
    : undefined;
};

const Destinations = ({ editor }: { readonly editor: Editor }) => (
  <ChipGroup
    legend={t("refund.destination")}
    name="destination"
    columns={2}
    choices={destinations.map((value) => ({ value, label: t(`refund.destination.${value}`) }))}
    value={destinations.find((one) => one === editor.entry.value.destination)}
    onPick={(destination) => editor.change({ destination })}
  />
);

const useFreeLine = (
  { policy, profile }: RefundContext,
  reviewed: ReturnType<typeof reviewOf>,
): PolicyLine | undefined => {
  if (!reviewed.ok) return undefined;
  const { verdict, open } = reviewed.value;
  return policyLine(verdict, { policy: policy.rules, profile, open, byAcquirer: false });
};

type OpenProps = Props & { readonly first: KeptRefund; readonly context: RefundContext };

/** The entry, judged as it stands and kept after every change. */
const useFreeEntry = ({ first, context, onTouched }: OpenProps) => {
  const deps = useDeps();
  const { shop } = useShell();
  const editor = useEditor(first, {
    left: money(maxRecordMinor, shop.currency),
    policy: context.policy.rules,
    goods: {},
  });
  const now = instantFromMs(deps.now());
  const reviewed = reviewOf({ ...context, now }, draftOf(editor.entry.value, editor.left));
  useSignalEffect(() => {
    const changed = editor.entry.value;
    onTouched(isTouched(changed));
    if (changed !== first) keepDraft(deps, "refund", { ...changed, address }).catch(reportError);
  });
  return { editor, reviewed, amount: amountShown(editor, reviewed) };
};

const FreeEditor = (props: OpenProps) => {
  const { context, accepts, busy } = props;
  const format = useFormat();
  const wide = useWide();
  const { editor, reviewed, amount } = useFreeEntry(props);
  const { record, sheet } = useConfirm(editor, undefined, busy);
  const line = useFreeLine(context, reviewed);
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
      <EditorLayout
        wide={wide}
        order={<p>{t("refund.free.text")}</p>}
        types={<Destinations editor={editor} />}
        amount={
          <div class="u-stack">
            <AmountShown editor={editor} reviewed={reviewed} typing />
            {!wide && (
              <Button icon="keyboard" onClick={openPad}>
                {t("refund.keypad.title")}
              </Button>
            )}
          </div>
        }
        pad={<AmountPad editor={editor} accepts={accepts} />}
        reasons={
          <div class="u-stack">
            <Reasons editor={editor} />
            <EditorRows editor={editor} context={context} amount={amount} />
          </div>
        }
        bar={
          <BottomBar flat={wide} policy={line?.text} policyIcon={line?.icon ?? "info"}>
            <FaultNote fault={elsewhere} />
            <Button kind="primary" busy={busy.value} onClick={confirm}>
              {t("refund.free.confirm", { amount: format.money(amount) })}
            </Button>
          </BottomBar>
        }
      />
      <EditorSheets editor={editor} context={context} amount={amount} accepts={accepts} />
      {sheet}
    </>
  );
};

/** R1 without a payment: only in cash or credit, only with the owner's consent, words and evidence (X31). */
export const FreeRefund = (props: Omit<Props, "busy">) => {
  const deps = useDeps();
  const busy = useSignal(false);
  const first = useSignal<KeptRefund | undefined>(undefined);
  const context = readyValue(
    useLive(
      () => undefined,
      () => loadContext(deps),
    ).value,
  );
  useLayoutEffect(() => {
    const fresh = async (): Promise<KeptRefund> => freshEntry(await nextCaseId(deps));
    keptEntry(deps).then(
      async (kept) => {
        first.value = kept ?? (await fresh());
      },
      async () => {
        first.value = await fresh();
      },
    );
  }, []);
  if (first.value === undefined || context === undefined) return undefined;
  return <FreeEditor {...props} busy={busy} first={first.value} context={context} />;
};
