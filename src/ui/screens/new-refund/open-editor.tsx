import { useSignal, type Signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { writeRef, type CaseId } from "../../../domain/ids.ts";
import { writeAmount } from "../../../domain/money.ts";
import { gate } from "../../../domain/refund/gate.ts";
import { getCase } from "../../../storage/queries.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { dropDraft, findDraft } from "../../../usecases/keep-draft.ts";
import { nextCaseId } from "../../../usecases/reserved-form.ts";
import { Button } from "../../components/button.tsx";
import type { AcceptsKey } from "../../components/keypad.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue } from "../../live.ts";
import { linkTo, type RouteArguments } from "../../routes.ts";
import { useReserved } from "../form/use-reserved.ts";
import { GateView } from "./gate-view.tsx";
import type { OnePayment } from "./load-payment.ts";
import { RefundEditor } from "./refund-editor.tsx";
import { newEntry, parseKeptRefund, type KeptRefund } from "./refund-entry.ts";

type Address = RouteArguments<"new_refund">;

/** The address of a payment as one text. */
export const addressText = (address: Address): string => linkTo("new_refund", address);

/** Whoever proved to be the payer gets back what was too much. */
const excessEntry = ({ overpaid: { claim } }: OnePayment): Partial<KeptRefund> =>
  claim?.state === "verified"
    ? {
        amount: { kind: "typed", text: writeAmount(claim.amount), checked: true },
        reason: "overpaid",
      }
    : {};

/** A transfer has no way back of its own: the money goes back from the wallet, by hand (X22). */
const freshEntry = (
  caseId: CaseId,
  { address, one }: Pick<OpenProps, "address" | "one">,
): KeptRefund => ({
  ...newEntry(caseId),
  ...(one.found.payment.state === "transfer" ? { destination: "other" } : {}),
  ...excessEntry(one),
  address,
});

/** The declined request that the address opens again, with new evidence (R24). */
const reopenedBy = ({ address: { o }, one }: Pick<OpenProps, "address" | "one">) =>
  one.refusals.find(({ ref }) => writeRef(ref) === o)?.ref;

/** What was kept of this payment's refund, unless it was recorded since. */
const keptEntry = async (deps: Deps, address: Address): Promise<KeptRefund | undefined> => {
  const kept = await findDraft(deps, "refund", parseKeptRefund);
  if (kept === undefined || addressText(kept.address) !== addressText(address)) return undefined;
  return (await getCase(deps.journal.db, kept.caseId)) === undefined ? kept : undefined;
};

/** What the form needs besides its payment. */
export type OpenProps = {
  readonly one: OnePayment;
  readonly busy: Signal<boolean>;
  readonly address: Address;
  readonly accepts: AcceptsKey;
  readonly onTouched: (touched: boolean) => void;
};

/** The form with what was kept; its case id is minted once, when it opens, or is that of a paper form. */
const Form = ({ one, address, accepts, onTouched, busy }: OpenProps) => {
  const deps = useDeps();
  const first = useSignal<KeptRefund | undefined>(undefined);
  const restored = useSignal(false);
  const round = useSignal(0);
  const start = (entry: KeptRefund): void => {
    first.value = { ...entry, reopens: reopenedBy({ address, one }) };
  };
  const fresh = async (): Promise<KeptRefund> =>
    freshEntry(await nextCaseId(deps), { address, one });
  const paper = readyValue(useReserved().value);
  useLayoutEffect(() => {
    keptEntry(deps, address).then(
      async (kept) => {
        restored.value = kept !== undefined;
        start(kept ?? (await fresh()));
      },
      async () => start(await fresh()),
    );
  }, []);
  const startOver = async (): Promise<void> => {
    void dropDraft(deps, "refund");
    const entry = await fresh();
    restored.value = false;
    round.value++;
    start(entry);
  };
  if (first.value === undefined) return undefined;
  return (
    <>
      {restored.value && (
        <div class="edit-restored">
          <span class="u-small">{t("refund.restored")}</span>
          <Button kind="text" onClick={() => void startOver()}>
            {t("refund.start_over")}
          </Button>
        </div>
      )}
      {paper?.reserved === first.value.caseId && (
        <p class="u-small">{t("forms.used", { number: first.value.caseId })}</p>
      )}
      <RefundEditor
        key={`${round.value} ${first.value.caseId}`}
        one={one}
        first={first.value}
        accepts={accepts}
        busy={busy}
        onTouched={onTouched}
      />
    </>
  );
};

/** The form, or in its place why this payment cannot be refunded (G1). */
export const OpenEditor = (props: OpenProps) => {
  const open = gate(props.one.found.payment);
  return open.kind === "refund" || open.kind === "transfer" ? (
    <Form {...props} />
  ) : (
    <GateView gate={open} one={props.one} />
  );
};
