import { given } from "../given.ts";
import type { BusinessDate, Instant } from "../instant.ts";
import type { BatchId, CaseId, DeviceId, Hash, PaymentId, RecordRef, StaffId } from "../ids.ts";
import type {
  Destination,
  GoodsLine,
  MoneyEvent,
  NoticeEvent,
  Recorded,
  RefundEvent,
  RefundMode,
  RefundType,
  WithdrawCause,
  WithdrawEvent,
} from "../journal-event.ts";
import type { Money } from "../money.ts";
import type { RefundNumber } from "../refund-number.ts";
import { moneyState, type MoneyState, type MoneyStep } from "./money-track.ts";

export type ApprovalState = "not_required" | "pending" | "approved" | "rejected";
export type GoodsState = "none" | "awaiting" | "received" | "waived" | "lost" | "given";
export type NoticeState = "none" | "told_accepted" | "told_result";

/** One request to the acquirer; a retry keeps its number, only failed or closed opens the next. */
export type Attempt = {
  readonly number: number;
  readonly record: RecordRef;
  readonly hash: Hash;
  readonly refundNo: RefundNumber;
  readonly amount: Money;
  readonly start: "ready" | "pending_approval";
  readonly steps: readonly MoneyStep[];
  readonly money: MoneyState;
  readonly batchId?: BatchId;
  readonly channelRefundNo?: string;
};

/** One line of the case's timeline: which record, who, when, and what it said. */
export type HistoryEntry = {
  readonly ref: RecordRef;
  readonly at: Instant;
  readonly staff: StaffId;
  readonly told:
    | { readonly kind: "recorded"; readonly attempt: number }
    | { readonly kind: "withdrawn"; readonly why: WithdrawCause }
    | {
        readonly kind: "notice";
        readonly via: NoticeEvent["via"];
        readonly state: NoticeEvent["state"];
        readonly copy?: number;
      }
    | {
        readonly kind: "money";
        readonly state: MoneyEvent["state"];
        readonly by: MoneyEvent["by"];
        readonly at?: Instant;
        readonly reference?: string;
        readonly out?: MoneyEvent["out"];
      };
  readonly text?: string;
};

/** A refund case: five independent tracks and its numbered attempts (refund-model.md §3). */
export type RefundCase = {
  readonly caseId: CaseId;
  readonly device: DeviceId;
  readonly paymentId?: PaymentId;
  readonly training: boolean;
  readonly type: RefundType;
  readonly mode: RefundMode;
  readonly destination: Destination;
  readonly amount: Money;
  readonly reason: string;
  readonly lines?: readonly GoodsLine[];
  readonly acquirer: string;
  readonly window?: BusinessDate;
  readonly requestedBy: StaffId;
  readonly createdAt: Instant;
  readonly attempts: readonly Attempt[];
  /** State of the latest attempt; undefined for a case that moves no money. */
  readonly money?: MoneyState;
  readonly approval: ApprovalState;
  readonly goods: GoodsState;
  readonly notice: NoticeState;
  readonly copies: number;
  readonly note?: string;
  readonly history: readonly HistoryEntry[];
  readonly clockBack: boolean;
};

export type CaseEvent = RefundEvent | WithdrawEvent | MoneyEvent | NoticeEvent;

/** The attempt that a case stands on. */
export const latestAttempt = (refundCase: RefundCase): Attempt => {
  const latest = refundCase.attempts.at(-1);
  if (latest === undefined) throw new Error("a case has at least one attempt");
  return latest;
};

const openCase = (known: RefundCase | undefined, recorded: Recorded<RefundEvent>): RefundCase => {
  const { event } = recorded;
  const start = event.need === undefined ? "ready" : "pending_approval";
  const attempt: Attempt = {
    number: event.attempt,
    record: recorded.ref,
    hash: recorded.hash,
    refundNo: event.refundNo,
    amount: event.amount,
    start,
    steps: [],
    money: start,
  };
  const base = known ?? newCase(recorded);
  return withAttempts({ ...base, approval: approvalAfter(base.approval, event) }, [
    ...base.attempts,
    attempt,
  ]);
};

/** An approval may be carried over from an earlier attempt (refundlog.md §5.1). */
const approvalAfter = (known: ApprovalState, event: RefundEvent): ApprovalState => {
  if (event.need !== undefined) return "pending";
  return event.approval === undefined ? known : "approved";
};

const newCase = ({ event, ...recorded }: Recorded<RefundEvent>): RefundCase => ({
  caseId: event.caseId,
  device: recorded.ref.device,
  ...(event.paymentId === undefined ? {} : { paymentId: event.paymentId }),
  training: recorded.training,
  type: event.type,
  mode: event.mode,
  destination: event.destination,
  amount: event.amount,
  reason: event.reason,
  ...(event.lines === undefined ? {} : { lines: event.lines }),
  acquirer: event.acquirer,
  ...(event.window === undefined ? {} : { window: event.window }),
  requestedBy: recorded.staff,
  createdAt: recorded.at,
  attempts: [],
  approval: "not_required",
  goods: "none",
  notice: "none",
  copies: 0,
  ...(recorded.personal?.text === undefined ? {} : { note: recorded.personal.text }),
  history: [],
  clockBack: recorded.clockBack,
});

const withAttempts = (refundCase: RefundCase, attempts: readonly Attempt[]): RefundCase => {
  const latest = attempts.at(-1);
  return { ...refundCase, attempts, ...(latest === undefined ? {} : { money: latest.money }) };
};

const changeAttempt = (
  refundCase: RefundCase,
  isMeant: (ref: RecordRef) => boolean,
  change: (attempt: Attempt) => Attempt,
): RefundCase =>
  withAttempts(
    refundCase,
    refundCase.attempts.map((attempt) => (isMeant(attempt.record) ? change(attempt) : attempt)),
  );

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

const takeMoney = (attempt: Attempt, { event, ref, hash, at }: Recorded<MoneyEvent>): Attempt => {
  const { state } = event;
  if (state === "retracted") return withoutResult(attempt, event.retracts);
  const facts = { ref, ...given("channelRefundNo", event.channelRefundNo) };
  const step: MoneyStep =
    state === "exported" || state === "submitted" || state === "ready"
      ? { kind: "command", state, ...facts, ...given("out", event.out) }
      : { kind: "result", state, ...facts, at: event.at ?? at, hash, by: event.by };
  return {
    ...withSteps(attempt, [...attempt.steps, step]),
    ...given("batchId", event.batch?.id),
  };
};

const entry = (recorded: Recorded<CaseEvent>, told: HistoryEntry["told"]): HistoryEntry => ({
  ref: recorded.ref,
  at: recorded.at,
  staff: recorded.staff,
  told,
  ...(recorded.personal?.text === undefined ? {} : { text: recorded.personal.text }),
});

const toldMoney = ({ event }: Recorded<MoneyEvent>): HistoryEntry["told"] => {
  const reference = event.channelRefundNo ?? event.ticket ?? event.batch?.id ?? event.raw?.["code"];
  return {
    kind: "money",
    state: event.state,
    by: event.by,
    ...(event.at === undefined ? {} : { at: event.at }),
    ...(reference === undefined ? {} : { reference }),
    ...(event.out === undefined ? {} : { out: event.out }),
  };
};

const noticeAfter = (known: NoticeState, event: NoticeEvent): NoticeState => {
  if (event.to !== "customer" || event.state === "reminder") return known;
  return event.state === "result"
    ? "told_result"
    : known === "told_result"
      ? known
      : "told_accepted";
};

const takeNotice = (refundCase: RefundCase, recorded: Recorded<NoticeEvent>): RefundCase => {
  const { event } = recorded;
  const told: HistoryEntry["told"] = {
    kind: "notice",
    via: event.via,
    state: event.state,
    ...(event.copy === undefined ? {} : { copy: event.copy }),
  };
  return {
    ...refundCase,
    notice: noticeAfter(refundCase.notice, event),
    copies: Math.max(refundCase.copies, event.copy ?? 0),
    history: [...refundCase.history, entry(recorded, told)],
  };
};

/** Folds one record into its case; it never judges, that happened once, when it was recorded. */
export const evolve = (
  refundCase: RefundCase | undefined,
  recorded: Recorded<CaseEvent>,
): RefundCase => {
  const { event } = recorded;
  if (event.kind === "refund") {
    const opened = openCase(refundCase, { ...recorded, event });
    const told = { kind: "recorded", attempt: event.attempt } as const;
    return { ...opened, history: [...opened.history, entry(recorded, told)] };
  }
  if (refundCase === undefined)
    throw new Error(`a ${event.kind} record names a refund that is not there`);
  if (event.kind === "notice") return takeNotice(refundCase, { ...recorded, event });
  if (event.kind === "withdraw") {
    const step: MoneyStep = { kind: "command", state: "withdrawn", ref: recorded.ref };
    const isMeant = (ref: RecordRef): boolean => sameRef(ref, event.refund);
    const changed = changeAttempt(refundCase, isMeant, (attempt) =>
      withSteps(attempt, [...attempt.steps, step]),
    );
    return {
      ...changed,
      history: [...changed.history, entry(recorded, { kind: "withdrawn", why: event.why })],
    };
  }
  const meant = { ...recorded, event };
  const isMeant = (ref: RecordRef): boolean => event.refunds.some((refund) => sameRef(refund, ref));
  const changed = changeAttempt(refundCase, isMeant, (attempt) => takeMoney(attempt, meant));
  return { ...changed, history: [...changed.history, entry(recorded, toldMoney(meant))] };
};
