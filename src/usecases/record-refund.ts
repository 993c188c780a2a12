import { previewPayment, type FoundPayment } from "../domain/found-payment.ts";
import { given } from "../domain/given.ts";
import { writeRef } from "../domain/ids.ts";
import { addSeconds, type Instant } from "../domain/instant.ts";
import type { ContactEvent, PaymentEvent, Personal, RefundEvent } from "../domain/journal-event.ts";
import { isZero, type Money } from "../domain/money.ts";
import { findCardNumbers } from "../domain/pan-guard.ts";
import { parsePolicy } from "../domain/policy/shop-policy.ts";
import type { Payment } from "../domain/payment.ts";
import { decideRefund, personalEvidence } from "../domain/refund/decide-refund.ts";
import type { RefundContext, RefundDraft } from "../domain/refund/draft.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { nextRefundNumber } from "../domain/refund-number.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { cleanText } from "../domain/typed-text.ts";
import type { Staff } from "../domain/staff.ts";
import { limitOfCertificate } from "../ledger/enrol.ts";
import type { Saved } from "../storage/append-record.ts";
import { readExcess } from "../storage/claims.ts";
import { findProfile } from "../storage/profiles.ts";
import {
  casesOfAmountSince,
  currentPolicy,
  getPayment,
  getRefusal,
  shopAndDevice,
} from "../storage/queries.ts";
import { endOfClaim } from "./end-claim.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { joinRecorded, joinRows, rowsNow } from "./find-payment.ts";
import { versionLacking } from "./own-payment.ts";
import { ownShareLeft } from "./own-share.ts";
import { readPolicyAt } from "./read-policy.ts";
import { recordEvents, type Moment, type Plan, type RecordFault } from "./record-event.ts";
import { maybeRefundedElsewhere } from "./sale-filters.ts";

export type RecordRefundFault =
  | RefundFault
  | LockedFault
  | RecordFault
  | NotHere
  | { readonly kind: "card_number_in_text" };

/** The statement that showed the payment was taken back while the refund was asked for. */
type NotHere = { readonly kind: "payment_not_here" };

/** The newest state of what was found: journal and statements may have moved since the editor opened. */
const refresh = async (
  deps: Deps,
  { payment, rows: seen }: FoundPayment,
): Promise<FoundPayment | undefined> => {
  const known = await getPayment(deps.journal.db, payment.paymentId);
  const rows = await rowsNow(deps, { payment: known ?? payment, rows: seen });
  return known === undefined ? joinRows(deps, rows) : joinRecorded(deps, known, rows);
};

/** The payment as it will stand when its new version, if any, has been written as the plan's first event. */
const paymentAt = (
  found: FoundPayment,
  known: Payment | undefined,
  { now, refAt }: Moment,
): Payment =>
  found.version === undefined
    ? found.payment
    : previewPayment(known, { version: found.version, others: found.others }, now, refAt(0));

const lookBackSeconds = 1800;

/** Refunds of the same amount on other payments in the last half hour: the same customer twice, or a code mixed up. */
export const countSimilar = async (
  deps: Deps,
  amount: Money,
  { payment, now }: { readonly payment: Payment | undefined; readonly now: Instant },
): Promise<number> => {
  if (isZero(amount)) return 0; // two even exchanges have no amount in common
  const since = addSeconds(now, -lookBackSeconds);
  const cases = await casesOfAmountSince(deps.journal.db, amount.minor, since);
  return cases.filter(
    (one) =>
      one.paymentId !== payment?.paymentId &&
      one.amount.currency === amount.currency &&
      one.money !== "withdrawn",
  ).length;
};

/** The acquirer that a refund without a payment is booked under: it never goes to one. */
const noAcquirer = "custom";

/** All that a refund of this payment is judged by at this moment, but for its similar ones. */
export const refundContext = async (
  deps: Deps,
  payment: Payment | undefined,
  { staff, moment }: { readonly staff: Staff; readonly moment: Pick<Moment, "now" | "head"> },
): Promise<RefundContext> => {
  const { db } = deps.journal;
  const policy = await currentPolicy(db, "policy");
  const { device } = await shopAndDevice(db, deps.device);
  const { profile, hash } = await findProfile(db, payment?.acquirer ?? noAcquirer);
  return {
    payment,
    ...given("excess", payment && (await readExcess(db, payment))),
    profile,
    ...given("profileHash", hash),
    policy: { rules: parsePolicy(policy.document), record: policy.record, hash: policy.hash },
    calendar: deps.calendar,
    now: moment.now,
    staff,
    refundNo: nextRefundNumber(device.prefix, moment.head?.refundCounter ?? 0).number,
    similar: 0,
    ...given("shareLeft", await ownShareLeft(deps, payment)),
    ...given("deviceLimit", limitOfCertificate(deps.certificate)),
    maybeElsewhere:
      payment !== undefined && (await maybeRefundedElsewhere(deps, payment, moment.now)),
  };
};

/** An identity paper that was seen: its kind, and its last characters where they can be erased (R33). */
const identityOf = ({ identity }: RefundDraft, about: ContactEvent["about"]): Plan["events"] =>
  identity === undefined
    ? []
    : [
        {
          event: {
            kind: "contact",
            with: "customer",
            via: "counter",
            tags: ["identity_seen", `identity.${identity.paper}`],
            ...given("about", about),
          },
          personal: { text: identity.last4 },
        },
      ];

const personalOf = (draft: RefundDraft): Personal | undefined => {
  const note = cleanText(draft.note ?? "");
  const evidence = personalEvidence(draft);
  if (note === "" && evidence.length === 0) return undefined;
  return {
    ...given("text", note === "" ? undefined : note),
    ...given("evidence", evidence.length === 0 ? undefined : evidence),
  };
};

const refundPart = (event: RefundEvent, draft: RefundDraft): Plan["events"][number] => ({
  event,
  ...given("personal", personalOf(draft)),
});

type Asked = { readonly draft: RefundDraft; readonly staff: Staff; readonly moment: Moment };

const withSimilar = async (
  deps: Deps,
  context: RefundContext,
  draft: RefundDraft,
): Promise<RefundContext> => {
  const decided = decideRefund(context, draft);
  if (!decided.ok) return context;
  const { payment, now } = context;
  return { ...context, similar: await countSimilar(deps, decided.value.amount, { payment, now }) };
};

/** A request that was declined is opened again once (R24). */
const reopenFault = async (
  deps: Deps,
  { reopens }: RefundDraft,
): Promise<RefundFault | undefined> => {
  const refusal = reopens && (await getRefusal(deps.journal.db, writeRef(reopens)));
  return refusal?.reopenedAs === undefined ? undefined : { kind: "reopened_before" };
};

type Versions = {
  readonly payment: Payment | undefined;
  readonly versions: readonly PaymentEvent[];
};

/** A payment with the versions that this device's chain still has to say of it, as it will stand after them. */
export const withVersions = async (
  deps: Deps,
  payment: Payment,
  { told, moment }: { readonly told: readonly PaymentEvent[]; readonly moment: Moment },
): Promise<Versions> => {
  const lacking = await versionLacking(deps, payment);
  if (lacking === undefined) return { payment, versions: told };
  const ref = moment.refAt(told.length);
  const after = previewPayment(payment, { version: lacking, others: [] }, moment.now, ref);
  return { payment: after, versions: [...told, lacking] };
};

/** What must be written of a found payment before anything else is recorded of it; undefined where nothing shows it any more. */
export const versionsFirst = async (
  deps: Deps,
  found: FoundPayment | undefined,
  moment: Moment,
): Promise<Versions | undefined> => {
  if (found === undefined) return { payment: undefined, versions: [] };
  const newest = await refresh(deps, found);
  if (newest === undefined) return undefined;
  const known = await getPayment(deps.journal.db, newest.payment.paymentId);
  const told = newest.version === undefined ? [] : [newest.version];
  return withVersions(deps, paymentAt(newest, known, moment), { told, moment });
};

/** What the customer was shown counts only where it is a policy of this journal. */
const withPolicyShown = async (deps: Deps, draft: RefundDraft): Promise<RefundDraft> => {
  const { policyShown, ...others } = draft;
  const isPolicy = policyShown && (await readPolicyAt(deps, policyShown)) !== undefined;
  return isPolicy === true ? draft : others;
};

const planRefund = async (
  deps: Deps,
  found: FoundPayment | undefined,
  { draft: asked, staff, moment }: Asked,
): Promise<Result<Plan, RefundFault | NotHere>> => {
  const draft = await withPolicyShown(deps, asked);
  const reopened = await reopenFault(deps, draft);
  if (reopened !== undefined) return fail(reopened);
  const first = await versionsFirst(deps, found, moment);
  if (first === undefined) return fail({ kind: "payment_not_here" });
  const { payment, versions } = first;
  const basis = await refundContext(deps, payment, { staff, moment });
  const event = decideRefund(await withSimilar(deps, basis, draft), draft);
  if (!event.ok) return event;
  const before = versions.map((version) => ({ event: version }));
  const at = moment.refAt(before.length);
  const own = [...before, refundPart(event.value, draft), ...identityOf(draft, at)];
  const about = { claim: basis.excess?.claim, refund: event.value, at };
  const ended = endOfClaim(deps, about, moment.refAt(own.length));
  return ok({ events: [...own, ...ended] });
};

/** All that a person typed into the draft; names of the payment's own lines are not theirs. */
const typedIn = ({ note = "", identity, amount, exchange }: RefundDraft): readonly string[] => {
  const free = amount.kind === "free_lines" ? amount.lines : [];
  const names = [...free, ...(exchange?.replacement ?? [])].map(({ name }) => name);
  return [note, identity?.last4 ?? "", ...names];
};

/**
 * Records a refund of a found payment, or of none: decided on the newest state, signed, stored twice; the same case
 * only once. What somebody else has to allow is recorded as waiting for it.
 */
export const recordRefund = async (
  deps: Deps,
  found: FoundPayment | undefined,
  draft: RefundDraft,
): Promise<Result<Saved, RecordRefundFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  if (typedIn(draft).some((text) => findCardNumbers(text).length > 0))
    return fail({ kind: "card_number_in_text" });
  return recordEvents(
    deps,
    (moment) => planRefund(deps, found, { draft, staff: staff.value, moment }),
    draft.caseId,
  );
};
