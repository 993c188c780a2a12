import type { Channel } from "./channels.ts";
import type { ClaimChecks, OverpayClaim } from "./claim.ts";
import { given } from "./given.ts";
import { businessDate, wallClock, type Calendar, type Instant } from "./instant.ts";
import type { Payment } from "./payment.ts";
import { fail, ok, type Result } from "./result.ts";
import { cleanText } from "./typed-text.ts";

/** What only the payer can see in the own bill; a claimant answers two of them at least. */
export type ClaimAnswers = {
  /** The end of an order number. */
  readonly tail?: string;
  /** `HH:MM` at the stall. */
  readonly minute?: string;
  readonly channel?: Channel;
};

export type AnswerFault =
  | { readonly kind: "claim_answers_few" }
  | { readonly kind: "claim_tail_short" }
  | { readonly kind: "claim_tries_used"; readonly tries: number };

const answersNeeded = 2;
const tailLength = 4;
const minutesOff = 1;
const minutesADay = 1440;

/** Wrong answers that one day takes. */
const triesADay = 3;

const endOf = (number: string): string => number.toUpperCase().slice(-tailLength);

const isTail = (tail: string, { numbers }: Payment): boolean =>
  Object.values(numbers).some((number) => endOf(number) === endOf(tail));

/** The clocks of phone and acquirer may differ by a minute, also about midnight. */
const isMinute = (minute: string, { paidAt }: Payment, { zone }: Calendar): boolean => {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(minute) ?? [];
  if (paidAt === undefined || hours === undefined) return false;
  const paid = wallClock(paidAt, zone);
  const apart = Math.abs(Number(hours) * 60 + Number(minutes) - paid.hour * 60 - paid.minute);
  return Math.min(apart, minutesADay - apart) <= minutesOff;
};

const word = (right: boolean | undefined) =>
  right === undefined ? undefined : right ? ("pass" as const) : ("fail" as const);

/** What of the answers is right; only that is ever kept of them. */
export const checkAnswers = (
  payment: Payment,
  { tail = "", minute = "", channel }: ClaimAnswers,
  calendar: Calendar,
): Result<ClaimChecks, AnswerFault> => {
  const typed = cleanText(tail);
  if (typed !== "" && typed.length < tailLength) return fail({ kind: "claim_tail_short" });
  const checks = {
    ...given("tail", word(typed === "" ? undefined : isTail(typed, payment))),
    ...given("minute", word(minute === "" ? undefined : isMinute(minute, payment, calendar))),
    ...given("channel", word(channel && channel === payment.channel)),
  };
  return Object.keys(checks).length < answersNeeded
    ? fail({ kind: "claim_answers_few" })
    : ok(checks);
};

/** Whoever guesses is stopped for the day; the payer comes again, and the claim stays open. */
export const triesFault = (
  { failedAt }: Pick<OverpayClaim, "failedAt">,
  now: Instant,
  calendar: Calendar,
): AnswerFault | undefined => {
  const today = businessDate(now, calendar);
  const failed = failedAt.filter((at) => businessDate(at, calendar) === today).length;
  return failed < triesADay ? undefined : { kind: "claim_tries_used", tries: triesADay };
};
