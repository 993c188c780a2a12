import type { EraseEvent } from "../domain/erase-event.ts";
import type { CaseId, RecordRef } from "../domain/ids.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { findRecord, getCase, getPayment } from "../storage/queries.ts";
import { tellingOf, tellingsOf } from "./customer-tellings.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { dropDraft, findDraft, type DraftName } from "./keep-draft.ts";
import { planErasure, toldIn, type ToErase } from "./plan-erasure.ts";
import { recordEvents, type Plan, type RecordFault } from "./record-event.ts";
import type { UnknownCaseFault } from "./withdraw-refund.ts";

/** Whose data: of one refund, and whether who paid is forgotten too. */
export type EraseWish = {
  readonly caseId: CaseId;
  readonly payer: boolean;
  readonly why: EraseEvent["why"];
};

/** Nothing personal is left here. */
export type NothingToErase = { readonly kind: "nothing_to_erase" };

export type EraseFault =
  | LockedFault
  | NotEntitled
  | UnknownCaseFault
  | NothingToErase
  | RecordFault;

const planOfWish = async (
  deps: Deps,
  { caseId, payer, why }: EraseWish,
): Promise<Result<Plan, UnknownCaseFault | NothingToErase>> => {
  const refundCase = await getCase(deps.journal.db, caseId);
  if (refundCase === undefined) return fail({ kind: "case_unknown" });
  const tellings = await tellingsOf(deps, refundCase, payer);
  if (tellings.length === 0) return fail({ kind: "nothing_to_erase" });
  const all: ToErase[] = [];
  for (const telling of tellings)
    all.push({ telling, told: { why, ...(await toldIn(deps, telling, caseId)) } });
  return ok(await planErasure(deps, all));
};

const drafts = ["refund", "payment"] as const satisfies readonly DraftName[];

/** A half-made entry about the same payment may hold what is to be forgotten. */
const forgetDrafts = async (deps: Deps, caseId: CaseId): Promise<void> => {
  const { db } = deps.journal;
  const paymentId = (await getCase(db, caseId))?.paymentId;
  const payment = paymentId === undefined ? undefined : await getPayment(db, paymentId);
  const names = [caseId, paymentId, ...Object.values(payment?.numbers ?? {})];
  for (const draft of drafts) {
    const kept = await findDraft(deps, draft, (value) => JSON.stringify(value));
    if (names.some((name) => name !== undefined && kept?.includes(name) === true))
      await dropDraft(deps, draft);
  }
};

/**
 * Erases what a refund's records say of its customer (X41), those of other devices that lie here too: the erase records and
 * the missing disclosures are written in one transaction, the safety copies follow. Amounts, numbers, signatures and chains
 * stay as they are.
 */
export const eraseCustomer = async (
  deps: Deps,
  wish: EraseWish,
): Promise<Result<Saved, EraseFault>> => {
  const staff = whoMay(deps, "erase");
  if (!staff.ok) return staff;
  // where drafts cannot be read none is kept, and the records matter more
  await forgetDrafts(deps, wish.caseId).catch(() => undefined);
  return recordEvents<UnknownCaseFault | NothingToErase>(deps, () => planOfWish(deps, wish));
};

/** Erases what was said of a customer whose request was declined, where no refund came of it. */
export const eraseRefusal = async (
  deps: Deps,
  ref: RecordRef,
  why: EraseEvent["why"],
): Promise<Result<Saved, EraseFault>> => {
  const staff = whoMay(deps, "erase");
  if (!staff.ok) return staff;
  return recordEvents<NothingToErase>(deps, async () => {
    const record = await findRecord(deps.journal.db, ref);
    const [telling] = record === undefined ? [] : tellingOf(record);
    if (telling === undefined) return fail({ kind: "nothing_to_erase" } as const);
    return ok(await planErasure(deps, [{ telling, told: { why } }]));
  });
};
