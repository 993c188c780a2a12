import { given } from "../given.ts";
import type { BatchId, Hash, RecordRef, StaffId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { DecideEvent, MoneyEvent, Recorded, RefundEvent } from "../journal-event.ts";
import type { Money } from "../money.ts";
import type { RefundNumber } from "../refund-number.ts";
import { commandAllowed, moneyState, type MoneyState, type MoneyStep } from "./money-track.ts";

/** Whether somebody had to allow a refund, and did; `closed` was withdrawn before anybody decided. */
export type ApprovalState = "not_required" | "pending" | "approved" | "rejected" | "closed";

/** One request to the acquirer; a retry keeps its number, only failed or closed opens the next. */
export type Attempt = {
  readonly number: number;
  readonly record: RecordRef;
  readonly hash: Hash;
  readonly refundNo: RefundNumber;
  readonly amount: Money;
  readonly mode: RefundEvent["mode"];
  readonly start: "ready" | "pending_approval";
  readonly steps: readonly MoneyStep[];
  readonly money: MoneyState;
  readonly approval: ApprovalState;
  /** The decision that allowed it. */
  readonly approvedBy?: RecordRef;
  /** Until when what allowed it holds; past it nothing leaves (refund-model.md §2). */
  readonly approvalExpires?: Instant;
  /** Decisions about it so far: the next one signs this number, so that none serves twice (refundlog.md §9). */
  readonly decisions: number;
  /** Opened once more after it was rejected. */
  readonly reopened: boolean;
  readonly recallApproved: boolean;
  /** A person decided that it goes on although its payment cannot give all that several devices recorded (M23). */
  readonly kept: boolean;
  readonly batchId?: BatchId;
  /** Who put it into its batch: the one who may not allow its recall. */
  readonly exportedBy?: StaffId;
  readonly submittedAt?: Instant;
  readonly expectedBy?: Instant;
  readonly channelRefundNo?: string;
  /** The acquirer's last word, as it wrote it. */
  readonly answer?: string;
};

const approvalAtStart = (event: RefundEvent): ApprovalState => {
  if (event.need !== undefined) return "pending";
  return event.approval === undefined ? "not_required" : "approved";
};

/** The attempt that a refund record opens. */
export const openAttempt = ({ event, ref, hash }: Recorded<RefundEvent>): Attempt => {
  const start = event.need === undefined ? "ready" : "pending_approval";
  return {
    number: event.attempt,
    record: ref,
    hash,
    refundNo: event.refundNo,
    amount: event.amount,
    mode: event.mode,
    start,
    steps: [],
    money: start,
    approval: approvalAtStart(event),
    ...given("approvedBy", event.approval),
    decisions: 0,
    reopened: false,
    recallApproved: false,
    kept: false,
  };
};

/** The acquirer's number for the refund, as the last step that named one. */
const channelNumberOf = (steps: readonly MoneyStep[]): string | undefined =>
  steps.reduce<string | undefined>((known, step) => step.channelRefundNo ?? known, undefined);

const withSteps = (attempt: Attempt, steps: readonly MoneyStep[]): Attempt => {
  const { channelRefundNo: _, ...rest } = attempt;
  const money = moneyState(attempt.start, steps);
  return { ...rest, steps, money, ...given("channelRefundNo", channelNumberOf(steps)) };
};

const sameRef = (a: RecordRef, b: RecordRef): boolean => a.device === b.device && a.seq === b.seq;

/** Only results can be taken back: what we did ourselves has happened. */
const withoutResult = (attempt: Attempt, retracted: RecordRef | undefined): Attempt =>
  withSteps(
    attempt,
    attempt.steps.filter(
      (step) => step.kind === "command" || retracted === undefined || !sameRef(step.ref, retracted),
    ),
  );

const stepOf = (
  state: Exclude<MoneyEvent["state"], "retracted">,
  { event, ref, hash, at }: Recorded<MoneyEvent>,
): MoneyStep => {
  const facts = { ref, ...given("channelRefundNo", event.channelRefundNo) };
  return state === "exported" || state === "submitted" || state === "ready"
    ? { kind: "command", state, ...facts, ...given("out", event.out) }
    : { kind: "result", state, ...facts, at: event.at ?? at, hash, by: event.by };
};

const answerOf = ({ raw }: MoneyEvent): string | undefined => raw?.["code"] ?? raw?.["msg"];

/** What a command of ours leaves behind besides the state. */
const marksOf = ({ event, at, staff }: Recorded<MoneyEvent>): Partial<Attempt> => {
  if (event.state === "exported") return { exportedBy: staff };
  if (event.state === "submitted") return { submittedAt: event.at ?? at };
  return event.state === "ready" ? { recallApproved: false } : {};
};

/** Another device speaks of this very record, and does to it only what it may: it calls nothing back. */
const isHeard = (
  { record, hash, money }: Attempt,
  { event, ref }: Recorded<MoneyEvent>,
): boolean => {
  if (ref.device === record.device) return true;
  if (event.refundHashes?.includes(hash) !== true || event.state === "ready") return false;
  const ours = event.state === "exported" || event.state === "submitted";
  return !ours || commandAllowed(money, event.state);
};

/** The attempt after a command or a result of the money track. */
export const takeMoney = (attempt: Attempt, recorded: Recorded<MoneyEvent>): Attempt => {
  const { event } = recorded;
  if (!isHeard(attempt, recorded)) return attempt;
  if (event.state === "retracted") return withoutResult(attempt, event.retracts);
  return {
    ...withSteps(attempt, [...attempt.steps, stepOf(event.state, recorded)]),
    ...marksOf(recorded),
    ...given("batchId", event.batch?.id),
    ...given("expectedBy", event.expectedBy),
    ...given("answer", answerOf(event)),
  };
};

/** The attempt after its own record was taken back. */
export const takeWithdrawal = (attempt: Attempt, ref: RecordRef): Attempt => ({
  ...withSteps(attempt, [...attempt.steps, { kind: "command", state: "withdrawn", ref }]),
  approval: attempt.approval === "pending" ? "closed" : attempt.approval,
});

/** Money that is further already stays where it is: a late approval does not call it back. */
const moved = (
  attempt: Attempt,
  from: MoneyState,
  step: Extract<MoneyStep, { kind: "command" }>,
): Attempt => (attempt.money === from ? withSteps(attempt, [...attempt.steps, step]) : attempt);

const decided = (attempt: Attempt, { event, ref }: Recorded<DecideEvent>): Attempt => {
  const approves = event.result === "approve";
  const state = approves ? "ready" : "withdrawn";
  return {
    ...moved(attempt, "pending_approval", { kind: "command", state, ref }),
    approval: approves ? "approved" : "rejected",
    ...given("approvedBy", approves ? ref : undefined),
    ...given("approvalExpires", approves ? event.expires : undefined),
  };
};

const reopened = (attempt: Attempt, { event, ref }: Recorded<DecideEvent>): Attempt =>
  event.result === "reject"
    ? attempt
    : {
        ...moved(attempt, "withdrawn", { kind: "command", state: "pending_approval", ref }),
        approval: "pending",
        reopened: true,
      };

/** The attempt after somebody decided about it. */
export const takeDecision = (attempt: Attempt, recorded: Recorded<DecideEvent>): Attempt => {
  const next = { ...attempt, decisions: attempt.decisions + 1 };
  switch (recorded.event.about) {
    case "refund":
      return decided(next, recorded);
    case "reopen":
      return reopened(next, recorded);
    case "recall":
      return { ...next, recallApproved: recorded.event.result === "approve" };
    case "conflict":
      return { ...next, kept: recorded.event.result === "approve" };
    case "request":
      return next;
  }
};

/** Whether a record is this attempt's own. */
export const isAttemptAt =
  (ref: RecordRef) =>
  ({ record }: Pick<Attempt, "record">): boolean =>
    sameRef(record, ref);
