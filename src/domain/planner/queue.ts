import { blockOf, type BlockReason, type ReadyRefund } from "../batch-choice.ts";
import { dueDates, earliest, type DueDate } from "../due-dates.ts";
import { given } from "../given.ts";
import type { CaseId, DeviceId, PaymentId, RecordRef } from "../ids.ts";
import type { Calendar, Instant } from "../instant.ts";
import type { Money } from "../money.ts";
import type { Attempt } from "../refund/attempt.ts";
import { latestAttempt, type RefundCase } from "../refund/case.ts";
import { standingOf, type MoneyState } from "../refund/money-track.ts";
import type { UnderWay } from "./available.ts";

/** A refund that waits to be handed in, as far as the plan asks. */
export type QueuedRefund = {
  readonly caseId: CaseId;
  readonly refundNo: string;
  readonly amount: Money;
  readonly createdAt: Instant;
  /** It is voided at the terminal and asks no balance. */
  readonly isVoid: boolean;
  readonly paymentId?: PaymentId;
  /** The date that comes first. */
  readonly due?: DueDate;
};

type Moment = {
  readonly home: DeviceId;
  readonly calendar: Calendar;
  readonly now: Instant;
  /** Practice refunds never leave, but their plan is shown like any other. */
  readonly training: boolean;
};

/** What holds a refund back whatever the balance is; a void waits for the terminal, not for a file. */
const heldBy = (ready: ReadyRefund, { training, ...moment }: Moment): BlockReason | undefined => {
  const refundCase = { ...ready.refundCase, training: ready.refundCase.training && !training };
  const reason = blockOf({ ...ready, refundCase }, { ...moment, gradeD: false });
  return reason?.kind === "void_at_terminal" ? undefined : reason;
};

/** The first date that was not over already when the refund was recorded. */
const dueOf = ({ refundCase, payment, profile }: ReadyRefund, calendar: Calendar) =>
  earliest(
    dueDates({ refundCase, payment, profile, calendar }).filter(
      ({ until }) => until >= refundCase.createdAt,
    ),
  );

/** A refund as the plan queues it; undefined where it cannot be handed in now, whatever the balance. */
export const queuedOf = (ready: ReadyRefund, moment: Moment): QueuedRefund | undefined => {
  if (heldBy(ready, moment) !== undefined) return undefined;
  const { refundCase } = ready;
  const { refundNo, amount, mode } = latestAttempt(refundCase);
  return {
    caseId: refundCase.caseId,
    refundNo,
    amount,
    createdAt: refundCase.createdAt,
    isVoid: mode === "void",
    ...given("paymentId", refundCase.paymentId),
    ...given("due", dueOf(ready, moment.calendar)),
  };
};

const onItsWay: ReadonlySet<MoneyState> = new Set(["exported", "needs_action"]);

/** Of each chain, from which record on something counts as since. */
export type Since = ReadonlyMap<DeviceId, number>;

const isSince = ({ device, seq }: RecordRef, since: Since): boolean =>
  seq >= (since.get(device) ?? Number.MAX_SAFE_INTEGER);

/** Told by where the records stand, not by any clock: the last hand-in counts, or the first word of one that nobody told. */
const wasTakenSince = ({ steps }: Attempt, since: Since): boolean => {
  const sent = steps.filter(({ kind, state }) => kind === "command" && state === "submitted");
  const told = sent.at(-1) ?? steps.find(({ kind }) => kind === "result");
  return told !== undefined && isSince(told.ref, since);
};

const isClaim = (attempt: Attempt, { elsewhere }: RefundCase, since: Since): boolean => {
  if (standingOf(attempt.money) === "frees") return false;
  if (attempt.money === "ready") return elsewhere;
  return onItsWay.has(attempt.money) || wasTakenSince(attempt, since);
};

/** What the acquirer has paid out of its balance since, or will be asked to before the queue of this till. */
export const underWayOf = (refundCase: RefundCase, since: Since): readonly UnderWay[] =>
  refundCase.destination === "original"
    ? refundCase.attempts
        .filter((attempt) => isClaim(attempt, refundCase, since))
        .map(({ amount, mode }) => ({ amount, isVoid: mode === "void" }))
    : [];
