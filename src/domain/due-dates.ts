import type { AcquirerProfile } from "./acquirers/profile.ts";
import { endOfDate } from "./expected-by.ts";
import {
  addDays,
  addSeconds,
  dateIn,
  startOfDay,
  type BusinessDate,
  type Calendar,
  type Instant,
} from "./instant.ts";
import type { Payment } from "./payment.ts";
import { channelDeadline } from "./policy/channel-window.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";
import type { MoneyState } from "./refund/money-track.ts";
import { batchEnd } from "./refund/void-rule.ts";

/** By when something about a refund is due: until the end of a day, or until a moment; both are included. */
export type DueDate =
  | {
      readonly kind: "shop_window" | "legal_return" | "legal_handling";
      readonly date: BusinessDate;
      readonly until: Instant;
    }
  | {
      readonly kind: "channel_window" | "void_cutoff" | "acquirer";
      readonly until: Instant;
    };

export type DueKind = DueDate["kind"];

/** What the dates of a case rest on. */
export type DueFacts = {
  readonly refundCase: RefundCase;
  readonly payment: Payment | undefined;
  readonly profile: AcquirerProfile;
  readonly calendar: Calendar;
};

/** Money is back within so many days after the goods are (消费者权益保护法 Art. 25). */
const legalReturnDays = 7;

/** Whoever leaves a justified claim for longer than that delays on purpose (侵害消费者权益行为处罚办法 Art. 8–10). */
const legalHandlingDays = 15;

/** The law counts days of the calendar, the day itself not included. */
const legalDate = (
  kind: "legal_return" | "legal_handling",
  from: Instant,
  { days, calendar }: { readonly days: number; readonly calendar: Calendar },
): DueDate => {
  const date = addDays(dateIn(from, calendar), days);
  return { kind, date, until: endOfDate(date, calendar) };
};

const legalDates = ({ refundCase, calendar }: DueFacts): readonly DueDate[] => {
  const { type, goods, goodsAt, createdAt } = refundCase;
  const days = legalHandlingDays;
  const handling = legalDate("legal_handling", createdAt, { days, calendar });
  if (type !== "return" || goods !== "received" || goodsAt === undefined) return [handling];
  return [legalDate("legal_return", goodsAt, { days: legalReturnDays, calendar }), handling];
};

const shopDates = ({ refundCase: { window }, calendar }: DueFacts): readonly DueDate[] =>
  window === undefined
    ? []
    : [
        {
          kind: "shop_window",
          date: window,
          until: addSeconds(startOfDay(addDays(window, 1), calendar), -1),
        },
      ];

/** A void ends before the batch is closed; a refund by the original route with the acquirer's window. */
const channelDates = ({ refundCase, payment, profile, calendar }: DueFacts): readonly DueDate[] => {
  const paidAt = payment?.paidAt;
  if (paidAt === undefined || refundCase.destination !== "original") return [];
  if (latestAttempt(refundCase).mode === "void")
    return [{ kind: "void_cutoff", until: addSeconds(batchEnd(paidAt, profile, calendar), -1) }];
  const { refundWindowDays: days } = profile;
  return days === undefined
    ? []
    : [{ kind: "channel_window", until: channelDeadline(paidAt, days, calendar) }];
};

const acquirerDates = ({ refundCase }: DueFacts): readonly DueDate[] => {
  const { expectedBy } = latestAttempt(refundCase);
  return expectedBy === undefined ? [] : [{ kind: "acquirer", until: expectedBy }];
};

type Place = "here" | "acquirer" | "over";

/** Who has the next step, as far as its dates go: an answer that sends it back makes it ours again. */
const places: Readonly<Record<MoneyState, Place>> = {
  pending_approval: "here",
  ready: "here",
  exported: "here",
  needs_action: "here",
  conflict: "here",
  failed: "here",
  closed: "here",
  reversed: "here",
  submitted: "acquirer",
  processing: "acquirer",
  unknown: "acquirer",
  abnormal: "acquirer",
  succeeded: "over",
  withdrawn: "over",
};

/** Every date that a case still has, none once its money arrived, was withdrawn, or never moves. */
export const dueDates = (facts: DueFacts): readonly DueDate[] => {
  const { money } = facts.refundCase;
  switch (money === undefined ? "over" : places[money]) {
    case "over":
      return [];
    case "acquirer":
      return [...acquirerDates(facts), ...legalDates(facts)];
    case "here":
      return [...shopDates(facts), ...channelDates(facts), ...legalDates(facts)];
  }
};

/** The first of some dates, which is the one that counts for the law (X43). */
export const earliest = (dates: readonly DueDate[]): DueDate | undefined =>
  dates.reduce<DueDate | undefined>(
    (first, date) => (first === undefined || date.until < first.until ? date : first),
    undefined,
  );
