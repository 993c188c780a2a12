import { useSignal, type Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import type { FoundPayment } from "../../../domain/found-payment.ts";
import { writeRef } from "../../../domain/ids.ts";
import type { Money } from "../../../domain/money.ts";
import { ok, type Result } from "../../../domain/result.ts";
import { declineRequest } from "../../../usecases/decline-request.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { dropDraft } from "../../../usecases/keep-draft.ts";
import { recordRefund } from "../../../usecases/record-refund.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { getCase } from "../../../storage/queries.ts";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { replaceWith } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { keepCopies } from "../recorded/fresh-records.ts";
import { draftOf, type RefundEntry } from "./refund-entry.ts";
import type { Editor } from "./use-editor.ts";

/** Where a recorded entry leads: to whoever has to approve it, to the terminal, or to what was recorded. */
const placeOf = async (deps: Deps, { caseId, type }: RefundEntry): Promise<string> => {
  const refundCase = await getCase(deps.journal.db, caseId);
  if (refundCase?.money === "pending_approval") return linkTo("approval", { id: caseId });
  return type === "void" ? linkTo("terminal", { id: caseId }) : linkTo("recorded", { id: caseId });
};

const declineEntry = async (
  deps: Deps,
  found: FoundPayment,
  { caseId, refusal: reason, note, offers }: RefundEntry,
): Promise<Result<string, KnownFault>> => {
  const { paymentId } = found.payment;
  const saved = await declineRequest(deps, found, { caseId, paymentId, reason, note, offers });
  if (!saved.ok) return saved;
  const record = saved.value.records.at(-1);
  return ok(linkTo("refusal", { ref: record === undefined ? "" : writeRef(record) }));
};

const recordEntry = async (
  deps: Deps,
  { found, entry, left }: { found: FoundPayment | undefined; entry: RefundEntry; left: Money },
): Promise<Result<string, KnownFault>> => {
  if (entry.type === "decline" && found !== undefined) return declineEntry(deps, found, entry);
  const saved = await recordRefund(deps, found, draftOf(entry, left));
  if (!saved.ok) return saved;
  keepCopies(entry.caseId, saved.value.copies);
  return ok(await placeOf(deps, entry));
};

/**
 * Records the entry once: a second tap or Enter while it runs, and after it, does nothing (X1). Whoever may not is
 * answered by the sheet that asks somebody who may.
 */
export const useConfirm = (
  editor: Editor,
  found: FoundPayment | undefined,
  busy: Signal<boolean>,
): { readonly record: () => Promise<void>; readonly sheet: ComponentChildren } => {
  const deps = useDeps();
  const { run, sheet } = useEntitled();
  const done = useSignal(false);
  const record = async (): Promise<void> => {
    if (busy.peek() || done.peek()) return;
    busy.value = true;
    editor.fault.value = undefined;
    const entry = editor.entry.peek();
    try {
      const place = await run((acting) => recordEntry(acting, { found, entry, left: editor.left }));
      if (place.ok) {
        done.value = true;
        replaceWith(place.value);
        await dropDraft(deps, "refund").catch(reportError); // a recorded case is never offered again
        return;
      }
      editor.fault.value = place.fault;
      if (place.fault.kind === "note_missing") editor.sheet.value = "note";
    } catch (error) {
      editor.fault.value = { kind: "unexpected" };
      reportError(error);
    }
    busy.value = false;
  };
  return { record, sheet };
};
