import { given } from "../domain/given.ts";
import { isZero, type AmountFault, type Money } from "../domain/money.ts";
import { findCardNumbers } from "../domain/pan-guard.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, type Result } from "../domain/result.ts";
import { cashDifference, cashOf, parseCashCount, type TypedCash } from "../domain/shift.ts";
import { cleanText } from "../domain/typed-text.ts";
import { shopAndDevice } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { makeCheckpoint, type Checkpoint, type CheckpointFault } from "./make-checkpoint.ts";
import { readShift } from "./read-shift.ts";
import { planOf, recordEvents, type Plan, type RecordFault } from "./record-event.ts";

/** What a person tells at the end of a shift; all of it empty where there is no drawer. */
export type CloseEntry = TypedCash & { readonly reason: string };

export const noCash: CloseEntry = { open: "", takings: "", counted: "", reason: "" };

export type CloseFault =
  | LockedFault
  | NotEntitled
  | RecordFault
  | CheckpointFault
  | AmountFault
  | { readonly kind: "card_number_in_text" }
  /** The drawer does not hold what it should, and nobody says why. */
  | { readonly kind: "cash_differs"; readonly difference: Money };

const planClose = async (
  deps: Deps,
  entry: CloseEntry,
): Promise<Result<Plan, Extract<CloseFault, AmountFault | { kind: "cash_differs" }>>> => {
  const { shop } = await shopAndDevice(deps.journal.db, deps.device);
  const count = parseCashCount(entry, shop.currency);
  if (!count.ok) return count;
  const { day, refunds, channels, paidOut } = await readShift(deps);
  const counted = count.value;
  const difference = counted && cashDifference(counted, paidOut);
  const reason = cleanText(entry.reason);
  if (difference !== undefined && !isZero(difference) && reason === "")
    return fail({ kind: "cash_differs", difference });
  const cash = counted && cashOf(counted, paidOut);
  const event = {
    kind: "close",
    day,
    refunds,
    ...given("channels", channels),
    ...given("cash", cash),
  } as const;
  return planOf(event, reason === "" ? undefined : { text: reason });
};

/**
 * Ends the shift in the journal, with the drawer where one was counted; the checkpoint behind it is what another till
 * witnesses (refundlog.md §6, X38).
 */
export const closeShift = async (
  deps: Deps,
  entry: CloseEntry = noCash,
): Promise<Result<Checkpoint, CloseFault>> => {
  const staff = whoMay(deps, "close_day");
  if (!staff.ok) return staff;
  if (findCardNumbers(entry.reason).length > 0) return fail({ kind: "card_number_in_text" });
  const closed = await recordEvents(deps, () => planClose(deps, entry));
  return closed.ok ? makeCheckpoint(deps) : closed;
};
