import { handValues, writeHandSheet } from "../domain/batches/hand-sheet.ts";
import type { CaseId } from "../domain/ids.ts";
import { latestAttempt } from "../domain/refund/case.ts";
import { decideVoidFailed } from "../domain/refund/decide-void.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { hashBytes } from "../ledger/base64url.ts";
import type { Saved } from "../storage/append-record.ts";
import { findProfile } from "../storage/profiles.ts";
import { getCase, getPayment } from "../storage/queries.ts";
import { saveAttachment } from "../storage/save-attachment.ts";
import { whoActs, type Deps } from "./deps.ts";
import { newBatchId } from "./new-batch-id.ts";
import { recordEvents } from "./record-event.ts";
import type { FollowUpFault } from "./record-result.ts";
import { retryRefund } from "./retry-refund.ts";

const sheetOf = async (deps: Deps, caseId: CaseId) => {
  const { db } = deps.journal;
  const refundCase = await getCase(db, caseId);
  if (refundCase === undefined) return undefined;
  const { paymentId, acquirer } = refundCase;
  const payment = paymentId === undefined ? undefined : await getPayment(db, paymentId);
  const { profile } = await findProfile(db, acquirer);
  const { zone } = deps.calendar;
  const text = writeHandSheet(handValues(profile, { refundCase, payment, zone }));
  return { refundCase, bytes: new TextEncoder().encode(text) };
};

/** Records that the terminal refused a void, in its words, and asks for a refund in its place (M21). */
export const refundInstead = async (
  deps: Deps,
  caseId: CaseId,
  answer: string,
): Promise<Result<Saved, FollowUpFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  const failed = await recordEvents<FollowUpFault>(deps, async ({ now }) => {
    const sheet = await sheetOf(deps, caseId);
    if (sheet === undefined) return fail({ kind: "case_unknown" } as const);
    const file = hashBytes(sheet.bytes);
    const batchId = await newBatchId(deps, "H");
    const told = { batchId, file, answer };
    const events = decideVoidFailed({ staff: staff.value, now }, sheet.refundCase, told);
    if (!events.ok) return events;
    await saveAttachment(deps.journal.db, file, sheet.bytes);
    return ok({ events: events.value.map((event) => ({ event })) });
  });
  if (!failed.ok) return failed;
  const refundCase = await getCase(deps.journal.db, caseId);
  return refundCase === undefined
    ? fail({ kind: "case_unknown" })
    : retryRefund(deps, caseId, latestAttempt(refundCase).number);
};
