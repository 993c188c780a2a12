import type { AcquirerProfile } from "../acquirers/profile.ts";
import { addDays, businessDate, startOfDay, type Calendar, type Instant } from "../instant.ts";
import { compare, type Money } from "../money.ts";
import { countedClaims, type Payment } from "../payment.ts";

const minutesOfDay = 1440;

/** The moment at which the batch that a payment lies in is closed: the first second of the acquirer's next batch. */
export const batchEnd = (
  paidAt: Instant,
  { voidCutoffMinutes: cutoff = 0 }: Pick<AcquirerProfile, "voidCutoffMinutes">,
  { zone }: Calendar,
): Instant => {
  const batches: Calendar = { zone, cutoffMinutes: cutoff % minutesOfDay };
  return startOfDay(addDays(businessDate(paidAt, batches), 1), batches);
};

type About = {
  readonly payment: Payment;
  readonly profile: AcquirerProfile;
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly shareLeft?: Money;
};

/** Nothing went back of it yet, and all of it may go back here. */
const isWhole = ({ payment, shareLeft = payment.amount }: About): boolean =>
  countedClaims(payment).length === 0 &&
  payment.external === 0 &&
  compare(shareLeft, payment.amount) >= 0;

/**
 * Before which moment the payment itself can be voided at the acquirer, or undefined when only a refund is possible: whole,
 * untouched, in the batch of its day, not settled at once (refund-model.md §4), and with more than a screenshot to show
 * for it: that alone releases no money, and a void is typed without any batch that would hold it back. A device that has
 * but a share of the payment voids none.
 */
export const voidUntil = (about: About): Instant | undefined => {
  const { payment, profile, calendar, now } = about;
  const { paidAt } = payment;
  const blocked = profile.settlement === "D0" && profile.d0Refund === "blocked";
  if (profile.voids !== "yes" || blocked || !isWhole(about)) return undefined;
  if (payment.grade === "E") return undefined;
  if (payment.state !== "paid" || paidAt === undefined || paidAt > now) return undefined;
  const until = batchEnd(paidAt, profile, calendar);
  return now < until ? until : undefined;
};
