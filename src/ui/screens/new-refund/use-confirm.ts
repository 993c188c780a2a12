import { useSignal, type Signal } from "@preact/signals";

import type { FoundPayment } from "../../../domain/found-payment.ts";
import { remaining } from "../../../domain/payment.ts";
import { dropDraft } from "../../../usecases/keep-draft.ts";
import { recordRefund } from "../../../usecases/record-refund.ts";
import { useDeps } from "../../deps.tsx";
import { replaceWith } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { keepCopies } from "../recorded/fresh-records.ts";
import { draftOf } from "./refund-entry.ts";
import type { Editor } from "./use-editor.ts";

/** Records the entry once: a second tap or Enter while it runs, and after it, does nothing (X1). */
export const useConfirm = (
  editor: Editor,
  found: FoundPayment,
  busy: Signal<boolean>,
): (() => Promise<void>) => {
  const deps = useDeps();
  const done = useSignal(false);
  return async () => {
    if (busy.peek() || done.peek()) return;
    busy.value = true;
    editor.fault.value = undefined;
    const entry = editor.entry.peek();
    try {
      const saved = await recordRefund(deps, found, draftOf(entry, remaining(found.payment)));
      if (saved.ok) {
        done.value = true;
        keepCopies(entry.caseId, saved.value.copies);
        replaceWith(linkTo("recorded", { id: entry.caseId }));
        await dropDraft(deps, "refund").catch(reportError); // a recorded case is never offered again
        return;
      }
      editor.fault.value = saved.fault;
    } catch (error) {
      editor.fault.value = { kind: "unexpected" };
      reportError(error);
    }
    busy.value = false;
  };
};
