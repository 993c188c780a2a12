import { profileOf } from "../domain/acquirers/index.ts";
import { previewPayment, type FoundPayment } from "../domain/found-payment.ts";
import { findCardNumbers } from "../domain/pan-guard.ts";
import { parsePolicy } from "../domain/policy/shop-policy.ts";
import type { Payment } from "../domain/payment.ts";
import {
  decideRefund,
  type RefundContext,
  type RefundDraft,
  type RefundFault,
} from "../domain/refund/decide.ts";
import { nextRefundNumber } from "../domain/refund-number.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { cleanText } from "../domain/typed-text.ts";
import type { Staff } from "../domain/staff.ts";
import type { Saved } from "../storage/append-record.ts";
import { currentPolicy, getPayment, shopAndDevice } from "../storage/queries.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { joinRecorded, joinRows } from "./find-payment.ts";
import { recordEvents, type Moment, type Plan, type RecordFault } from "./record-event.ts";

export type RecordRefundFault =
  | RefundFault
  | LockedFault
  | RecordFault
  | { readonly kind: "card_number_in_text" };

/** The newest state of what was found: the journal may have moved since the editor opened. */
const refresh = async (deps: Deps, { payment, rows }: FoundPayment): Promise<FoundPayment> => {
  const known = await getPayment(deps.journal.db, payment.paymentId);
  if (known !== undefined) return joinRecorded(deps, known, rows);
  const joined = await joinRows(deps, rows);
  if (joined === undefined) throw new Error("a payment is in the journal or in a statement");
  return joined;
};

/** The payment as it will stand when its new version, if any, has been written as the plan's first event. */
const paymentAt = (
  found: FoundPayment,
  known: Payment | undefined,
  { now, refAt }: Moment,
): Payment =>
  found.version === undefined ? found.payment : previewPayment(known, found.version, now, refAt(0));

const contextOf = async (
  deps: Deps,
  payment: Payment,
  { staff, moment }: { readonly staff: Staff; readonly moment: Moment },
): Promise<RefundContext> => {
  const { db } = deps.journal;
  const policy = await currentPolicy(db, "policy");
  const { device } = await shopAndDevice(db, deps.device);
  return {
    payment,
    profile: profileOf(payment.acquirer),
    policy: { rules: parsePolicy(policy.document), record: policy.record, hash: policy.hash },
    calendar: deps.calendar,
    now: moment.now,
    staff,
    refundNo: nextRefundNumber(device.prefix, moment.head?.refundCounter ?? 0).number,
  };
};

const planRefund = async (
  deps: Deps,
  found: FoundPayment,
  {
    draft,
    staff,
    moment,
  }: { readonly draft: RefundDraft; readonly staff: Staff; readonly moment: Moment },
): Promise<Result<Plan, RefundFault>> => {
  const newest = await refresh(deps, found);
  const known = await getPayment(deps.journal.db, newest.payment.paymentId);
  const payment = paymentAt(newest, known, moment);
  const event = decideRefund(await contextOf(deps, payment, { staff, moment }), draft);
  if (!event.ok) return event;
  const note = cleanText(draft.note ?? "");
  const refund = { event: event.value, ...(note === "" ? {} : { personal: { text: note } }) };
  const events = newest.version === undefined ? [refund] : [{ event: newest.version }, refund];
  return ok({ events });
};

/** Records a refund of a found payment: decided on the newest state, signed, stored twice; the same case only once. */
export const recordRefund = async (
  deps: Deps,
  found: FoundPayment,
  draft: RefundDraft,
): Promise<Result<Saved, RecordRefundFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  if (findCardNumbers(draft.note ?? "").length > 0) return fail({ kind: "card_number_in_text" });
  return recordEvents(
    deps,
    (moment) => planRefund(deps, found, { draft, staff: staff.value, moment }),
    draft.caseId,
  );
};
