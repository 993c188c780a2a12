import type { EraseEvent } from "../erase-event.ts";
import { given } from "../given.ts";
import type { BusinessDate, Instant } from "../instant.ts";
import {
  writeRef,
  type CaseId,
  type DeviceId,
  type PaymentId,
  type RecordRef,
  type StaffId,
} from "../ids.ts";
import type {
  ContactEvent,
  Destination,
  EvidenceFile,
  GoodsEvent,
  GoodsLine,
  NoticeEvent,
  Recorded,
  RefundEvent,
  RefundMode,
  RefundType,
} from "../journal-event.ts";
import { isZero, type MinorUnits, type Money } from "../money.ts";
import { readResults } from "../policy/index.ts";
import { unreachable } from "../result.ts";
import {
  isAttemptAt,
  openAttempt,
  takeDecision,
  takeMoney,
  takeWithdrawal,
  type ApprovalState,
  type Attempt,
} from "./attempt.ts";
import { forgetEntry, historyEntry, type CaseEvent, type HistoryEntry } from "./history.ts";
import type { MoneyState } from "./money-track.ts";

export type GoodsState = "none" | "awaiting" | "received" | "waived" | "lost" | "given";
export type NoticeState = "none" | "told_accepted" | "told_result";

/** Why somebody has to allow a refund, and who may at least. */
export type Need = {
  readonly by: "other" | "any";
  readonly why: readonly string[];
  readonly level: "lead" | "owner";
};

/** An invoice of the sale, as far as the shop has told (X42). */
export type InvoiceFacts = { readonly [name: string]: string };

/** A file of a case; one that shows a person goes when what its record says of them is erased. */
export type CaseEvidence = EvidenceFile & { readonly personalTo?: RecordRef };

/** When somebody last erased what was known of the customer, and why. */
export type Erased = { readonly at: Instant; readonly why: EraseEvent["why"] };

/** A refund case: five independent tracks and its numbered attempts (refund-model.md §3). */
export type RefundCase = {
  readonly caseId: CaseId;
  readonly device: DeviceId;
  /** Another device recorded it, under no key that this one had before: only there it goes on. */
  readonly elsewhere: boolean;
  /** Its payment cannot give it beside what other devices recorded: somebody has to decide (refund-model.md §3.5). */
  readonly conflict: boolean;
  readonly paymentId?: PaymentId;
  readonly training: boolean;
  readonly type: RefundType;
  readonly mode: RefundMode;
  readonly destination: Destination;
  readonly amount: Money;
  readonly reason: string;
  readonly lines?: readonly GoodsLine[];
  readonly replacement?: readonly GoodsLine[];
  /** What the customer still pays in an exchange. */
  readonly due?: MinorUnits;
  readonly acquirer: string;
  readonly window?: BusinessDate;
  readonly requestedBy: StaffId;
  readonly createdAt: Instant;
  readonly attempts: readonly Attempt[];
  /** State of the latest attempt; undefined for an even exchange, which moves no money. */
  readonly money?: MoneyState;
  readonly approval: ApprovalState;
  readonly need?: Need;
  readonly rules?: { readonly [rule: string]: string };
  readonly goods: GoodsState;
  readonly goodsAt?: Instant;
  readonly replacementGiven: boolean;
  readonly notice: NoticeState;
  readonly copies: number;
  /** A copy went to the merchant's own mail (R42). */
  readonly merchantTold: boolean;
  readonly evidence: readonly CaseEvidence[];
  /** Kind of the identity paper that was seen; never its number. */
  readonly identity?: string;
  readonly invoice?: InvoiceFacts;
  /** When the customer, or who else was spoken to, is to be spoken to again. */
  readonly nextContact?: Instant;
  readonly note?: string;
  readonly erased?: Erased;
  readonly history: readonly HistoryEntry[];
  readonly clockBack: boolean;
};

/** The attempt that a case stands on. */
export const latestAttempt = (refundCase: RefundCase): Attempt => {
  const latest = refundCase.attempts.at(-1);
  if (latest === undefined) throw new Error("a case has at least one attempt");
  return latest;
};

/** How the customer of a case is reached, as they said last; nobody has to say it. */
export const reachOf = ({ history }: RefundCase): string | undefined =>
  history.reduce<string | undefined>((known, { reach }) => reach ?? known, undefined);

/**
 * What allowed the refund has ended: it leaves no more (refund-model.md §2). An attempt that carries the approval of an
 * earlier one carries its end as well.
 */
export const isApprovalPast = (refundCase: RefundCase, now: Instant): boolean => {
  const { approvedBy } = latestAttempt(refundCase);
  return refundCase.attempts.some(
    (attempt) =>
      approvedBy !== undefined &&
      attempt.approvedBy?.seq === approvedBy.seq &&
      attempt.approvalExpires !== undefined &&
      attempt.approvalExpires < now,
  );
};

/** An even exchange has nothing to export: its money state is only there while somebody must decide or has. */
const moneyOf = (attempt: Attempt): MoneyState | undefined =>
  isZero(attempt.amount) && attempt.money === "ready" ? undefined : attempt.money;

const withAttempts = (refundCase: RefundCase, attempts: readonly Attempt[]): RefundCase => {
  const { money: _, ...rest } = refundCase;
  const latest = attempts.at(-1);
  return {
    ...rest,
    attempts,
    ...given("money", latest && moneyOf(latest)),
    approval: latest?.approval ?? refundCase.approval,
  };
};

const needOf = ({ need, rules = {} }: RefundEvent): Need | undefined => {
  if (need === undefined) return undefined;
  const isOwners = readResults(rules).some(
    ({ rule, outcome }) => outcome === "owner" && need.why.includes(rule),
  );
  const isTold = readResults(rules).some(({ rule }) => need.why.includes(rule));
  return { ...need, level: isOwners || !isTold ? "owner" : "lead" };
};

/** Goods come back before the money leaves: of a return, and of an exchange that names what is returned (G5). */
const expectsGoods = ({ type, lines }: RefundEvent): boolean =>
  type === "return" || (type === "exchange" && lines !== undefined);

/** What a case takes from its newest refund record; the first one opens it. */
const termsOf = (event: RefundEvent) => ({
  type: event.type,
  mode: event.mode,
  destination: event.destination,
  amount: event.amount,
  reason: event.reason,
  ...given("paymentId", event.paymentId),
  ...given("lines", event.lines),
  ...given("replacement", event.replacement),
  ...given("due", event.due),
  ...given("need", needOf(event)),
  ...given("rules", event.rules),
  ...given("window", event.window),
  acquirer: event.acquirer,
});

const newCase = ({ event, ...recorded }: Recorded<RefundEvent>): RefundCase => ({
  caseId: event.caseId,
  device: recorded.ref.device,
  elsewhere: false,
  conflict: false,
  training: recorded.training,
  ...termsOf(event),
  requestedBy: recorded.staff,
  createdAt: recorded.at,
  attempts: [],
  approval: "not_required",
  goods: expectsGoods(event) ? "awaiting" : "none",
  replacementGiven: false,
  notice: "none",
  copies: 0,
  merchantTold: false,
  evidence: [],
  ...given("note", recorded.personal?.text),
  history: [],
  clockBack: recorded.clockBack,
});

const shows =
  (personalTo: RecordRef) =>
  (file: EvidenceFile): CaseEvidence => ({ ...file, personalTo });

/** Personal evidence lies in the removable part; both belong to the case. */
const filesOf = ({
  event,
  personal,
  ref,
}: Recorded<RefundEvent | ContactEvent>): readonly CaseEvidence[] => [
  ...(event.evidence ?? []),
  ...(personal?.evidence ?? []).map(shows(ref)),
];

const openCase = (known: RefundCase | undefined, recorded: Recorded<RefundEvent>): RefundCase => {
  const { need: _, ...base } = known ?? newCase(recorded);
  const opened = { ...base, ...termsOf(recorded.event) };
  return {
    ...withAttempts(opened, [...opened.attempts, openAttempt(recorded)]),
    evidence: [...opened.evidence, ...filesOf(recorded)],
  };
};

const changeAttempts = (
  refundCase: RefundCase,
  refunds: readonly RecordRef[],
  change: (attempt: Attempt) => Attempt,
): RefundCase =>
  withAttempts(
    refundCase,
    refundCase.attempts.map((attempt) =>
      refunds.some((ref) => isAttemptAt(ref)(attempt)) ? change(attempt) : attempt,
    ),
  );

const noticeAfter = (known: NoticeState, event: NoticeEvent): NoticeState => {
  if (event.to !== "customer" || event.state === "reminder") return known;
  if (event.state === "result") return "told_result";
  return known === "told_result" ? known : "told_accepted";
};

/** Whoever speaks with somebody again has kept what was promised. */
const withoutPromise = (refundCase: RefundCase): RefundCase => {
  const { nextContact: _, ...rest } = refundCase;
  return rest;
};

const takeNotice = (refundCase: RefundCase, event: NoticeEvent): RefundCase => ({
  ...(event.to === "customer" ? withoutPromise(refundCase) : refundCase),
  notice: noticeAfter(refundCase.notice, event),
  copies: Math.max(refundCase.copies, event.copy ?? 0),
  merchantTold: refundCase.merchantTold || event.to === "merchant",
});

/** How each signed line came back; how many they are and what they cost was signed and stays. */
const seenLines = (
  signed: RefundCase["lines"],
  told: GoodsEvent["lines"] = [],
): RefundCase["lines"] =>
  signed?.map((line) => {
    const seen = told.find(({ index }) => index === line.index);
    return { ...line, ...given("condition", seen?.condition ?? line.condition) };
  });

const takeGoods = (refundCase: RefundCase, { event, at }: Recorded<GoodsEvent>): RefundCase => ({
  ...refundCase,
  goods: event.state,
  goodsAt: at,
  replacementGiven: refundCase.replacementGiven || event.state === "given",
  ...given("lines", seenLines(refundCase.lines, event.state === "received" ? event.lines : [])),
});

const identityTag = "identity.";

const takeContact = (refundCase: RefundCase, recorded: Recorded<ContactEvent>): RefundCase => {
  const { event } = recorded;
  const identity = event.tags?.find((tag) => tag.startsWith(identityTag));
  return {
    ...(event.tags === undefined ? withoutPromise(refundCase) : refundCase),
    ...given("nextContact", event.next),
    evidence: [...refundCase.evidence, ...filesOf(recorded)],
    ...given("identity", identity?.slice(identityTag.length) ?? refundCase.identity),
    ...given("invoice", event.invoice ?? refundCase.invoice),
  };
};

const isOf = (ref: RecordRef, of: RecordRef | undefined): boolean =>
  of !== undefined && writeRef(ref) === writeRef(of);

/** Forgets what one record said of the customer, and nothing else. */
const takeErasure = (
  { note, ...refundCase }: RefundCase,
  { event, at }: Recorded<EraseEvent>,
): RefundCase => {
  const { record, files = [], why } = event;
  const isFirst = isOf(record, refundCase.attempts[0]?.record);
  return {
    ...refundCase,
    ...given("note", isFirst ? undefined : note),
    evidence: refundCase.evidence.filter(
      ({ personalTo, sha256 }) => !isOf(record, personalTo) && !files.includes(sha256),
    ),
    history: refundCase.history.map((entry) =>
      isOf(record, entry.ref) ? forgetEntry(entry) : entry,
    ),
    erased: { at, why },
  };
};

const changeCase = (refundCase: RefundCase, recorded: Recorded<CaseEvent>): RefundCase => {
  const { event, ref } = recorded;
  switch (event.kind) {
    case "refund":
      return openCase(refundCase, { ...recorded, event });
    case "withdraw":
      return changeAttempts(refundCase, [event.refund], (attempt) => takeWithdrawal(attempt, ref));
    case "decide": {
      const refunds = event.refund === undefined ? [] : [event.refund];
      return changeAttempts(refundCase, refunds, (attempt) =>
        takeDecision(attempt, { ...recorded, event }),
      );
    }
    case "money":
      return changeAttempts(refundCase, event.refunds, (attempt) =>
        takeMoney(attempt, { ...recorded, event }),
      );
    case "goods":
      return takeGoods(refundCase, { ...recorded, event });
    case "contact":
      return takeContact(refundCase, { ...recorded, event });
    case "notice":
      return takeNotice(refundCase, event);
    case "erase":
      return takeErasure(refundCase, { ...recorded, event });
    default:
      return unreachable(event);
  }
};

const firstOf = (recorded: Recorded<CaseEvent>): RefundCase => {
  const { event } = recorded;
  if (event.kind !== "refund")
    throw new Error(`a ${event.kind} record names a refund that is not there`);
  return openCase(undefined, { ...recorded, event });
};

/** Folds one record into its case; it never judges, that happened once, when it was recorded. */
export const evolve = (
  refundCase: RefundCase | undefined,
  recorded: Recorded<CaseEvent>,
): RefundCase => {
  const next = refundCase === undefined ? firstOf(recorded) : changeCase(refundCase, recorded);
  return { ...next, history: [...next.history, historyEntry(recorded)] };
};
