import { findCardNumbers } from "../domain/pan-guard.ts";
import { decideDecline, type DeclineDraft } from "../domain/refund/decide-decline.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { fail, type Result } from "../domain/result.ts";
import { cutText, longestText } from "../domain/typed-text.ts";
import type { Saved } from "../storage/append-record.ts";
import type { FoundPayment } from "../domain/found-payment.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";

export type DeclineFault =
  | RefundFault
  | LockedFault
  | RecordFault
  | { readonly kind: "card_number_in_text" };

/**
 * Records that a request was declined, why, and what was offered instead; a payment that only a statement shows gets
 * its record first. The same case is declined once.
 */
export const declineRequest = async (
  deps: Deps,
  found: FoundPayment | undefined,
  draft: DeclineDraft,
): Promise<Result<Saved, DeclineFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  if (findCardNumbers(draft.note ?? "").length > 0) return fail({ kind: "card_number_in_text" });
  return recordEvents<RefundFault>(
    deps,
    async () => {
      const event = decideDecline(staff.value, draft);
      if (!event.ok) return event;
      const note = cutText(draft.note ?? "", longestText);
      const decline = { event: event.value, ...(note === "" ? {} : { personal: { text: note } }) };
      const version = found?.version;
      return {
        ok: true,
        value: { events: version === undefined ? [decline] : [{ event: version }, decline] },
      };
    },
    draft.caseId,
  );
};
