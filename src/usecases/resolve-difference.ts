import type { FoundPayment, ImportedRow } from "../domain/found-payment.ts";
import type { CaseId } from "../domain/ids.ts";
import type { ContactEvent } from "../domain/journal-event.ts";
import { isRecordable } from "../domain/money.ts";
import { resolvedTag, type ReconMatch } from "../domain/reconcile/difference.ts";
import { rowResult } from "../domain/reconcile/row-result.ts";
import type { TheirRefund } from "../domain/reconcile/their-refund.ts";
import { mayBeLinked } from "../domain/reconcile/ways.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { cutText, longestText } from "../domain/typed-text.ts";
import type { Saved } from "../storage/append-record.ts";
import { getCase } from "../storage/queries.ts";
import { findInStatements } from "../storage/find-in-statements.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { joinRows } from "./find-payment.ts";
import type { ReconLine } from "./read-reconciliation.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

export type ResolveFault =
  | LockedFault
  | NotEntitled
  | RecordFault
  | { readonly kind: "note_missing" }
  /** The row tells nothing new of this refund, or speaks of another. */
  | { readonly kind: "not_linked" }
  /** No statement and no record here shows the payment that a refund is of. */
  | { readonly kind: "payment_not_here" };

/** Writes down why a difference is none, or what was done about it; it stays until the refund differs in another way. */
export const resolveDifference = async (
  deps: Deps,
  match: ReconMatch & { readonly ours: { readonly caseId: CaseId } },
  text: string,
): Promise<Result<Saved, ResolveFault>> => {
  const staff = whoMay(deps, "reconcile");
  if (!staff.ok) return staff;
  const note = cutText(text, longestText);
  if (note === "") return fail({ kind: "note_missing" });
  const event: ContactEvent = {
    kind: "contact",
    with: "acquirer",
    via: "other",
    about: match.ours.record,
    tags: [resolvedTag(match)],
  };
  return recordEvents<never>(deps, async () => planOf(event, { text: note }));
};

/**
 * Records by hand which refund a row of a statement belongs to, with the row as its proof: what nothing but a person can
 * tell, as where one payment was refunded twice by the same amount.
 */
export const linkDifference = async (
  deps: Deps,
  { ours, refundCase }: ReconLine,
  theirs: TheirRefund,
): Promise<Result<Saved, ResolveFault>> => {
  const staff = whoMay(deps, "reconcile");
  if (!staff.ok) return staff;
  return recordEvents<ResolveFault>(deps, async () => {
    const now = refundCase && (await getCase(deps.journal.db, refundCase.caseId));
    const fits = ours !== undefined && mayBeLinked(ours, theirs);
    const event =
      now === undefined || !fits
        ? undefined
        : rowResult(now, { class: "matched", ours, theirs: [theirs] }, deps.device);
    return event === undefined ? fail({ kind: "not_linked" }) : planOf(event);
  });
};

const isOfPayment = (theirs: TheirRefund, { row }: ImportedRow): boolean =>
  row.acquirer === theirs.acquirer &&
  (theirs.transactionId === "" || row.transactionId === theirs.transactionId);

const paymentOf = async (deps: Deps, theirs: TheirRefund): Promise<FoundPayment | undefined> => {
  const number = theirs.transactionId === "" ? theirs.outTradeNo : theirs.transactionId;
  const rows = await findInStatements(deps.journal.db, number);
  return joinRows(
    deps,
    rows.filter((one) => isOfPayment(theirs, one)),
  );
};

/** Lowers the balance of a payment by a refund that nobody recorded here, and says so in the journal (X11). */
export const recordOutside = async (
  deps: Deps,
  theirs: TheirRefund,
): Promise<Result<Saved, ResolveFault>> => {
  const staff = whoMay(deps, "reconcile");
  if (!staff.ok) return staff;
  return recordEvents<ResolveFault>(deps, async () => {
    const found = await paymentOf(deps, theirs);
    if (found === undefined) return fail({ kind: "payment_not_here" });
    const { version } = found;
    if (version === undefined || !isRecordable(version.amount)) return ok({ events: [] });
    return planOf(version);
  });
};
