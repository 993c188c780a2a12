import type { Instant } from "../instant.ts";
import type { Hash, RecordRef } from "../ids.ts";
import type { EvidenceSource, MoneyCommand, MoneyResult } from "../journal-event.ts";
import { unreachable } from "../result.ts";

/** States of the money track (refund-model.md §3.1); `draft` lives outside the journal. */
export type MoneyState =
  | "pending_approval"
  | "ready"
  | "exported"
  | "submitted"
  | "processing"
  | "needs_action"
  | "unknown"
  | "abnormal"
  | "conflict"
  | "succeeded"
  | "failed"
  | "closed"
  | "reversed"
  | "withdrawn";

/** What a state does to the balance of the payment. */
export type Standing = "reserves" | "spends" | "frees";

export const standingOf = (state: MoneyState): Standing => {
  switch (state) {
    case "pending_approval":
    case "ready":
    case "exported":
    case "submitted":
    case "processing":
    case "needs_action":
    case "unknown":
    case "abnormal":
    case "conflict":
      return "reserves";
    case "succeeded":
      return "spends";
    case "failed":
    case "closed":
    case "reversed":
    case "withdrawn":
      return "frees";
    default:
      return unreachable(state);
  }
};

/** One thing that happened to the money of an attempt, in the order of its chain. */
export type MoneyStep =
  | {
      readonly kind: "command";
      readonly state: MoneyCommand | "withdrawn" | "pending_approval";
      readonly ref: RecordRef;
      readonly channelRefundNo?: string;
      readonly out?: "prepared" | "shared" | "saved";
    }
  | {
      readonly kind: "result";
      readonly state: MoneyResult;
      readonly ref: RecordRef;
      readonly channelRefundNo?: string;
      /** Time of the evidence, or of the record when the evidence names none. */
      readonly at: Instant;
      readonly hash: Hash;
      readonly by: EvidenceSource;
    };

type ResultStep = Extract<MoneyStep, { kind: "result" }>;

/** Results are joined, not sequenced: a higher class wins over a lower one (refundlog.md §5.3). */
export const resultClass = (state: MoneyResult): 0 | 1 | 2 | 3 => {
  switch (state) {
    case "reversed":
      return 3;
    case "succeeded":
      return 2;
    case "failed":
    case "closed":
      return 1;
    case "processing":
    case "needs_action":
    case "unknown":
    case "abnormal":
      return 0;
    default:
      return unreachable(state);
  }
};

type Fold = { readonly state: MoneyState; readonly joined?: ResultStep };

const outsideOurHands = (state: MoneyState): boolean =>
  !["pending_approval", "ready", "withdrawn"].includes(state);

const isNewer = (step: ResultStep, known: ResultStep): boolean =>
  step.at === known.at ? step.hash > known.hash : step.at > known.at;

const replaces = (fold: Fold, step: ResultStep): boolean => {
  const rank = resultClass(step.state);
  if (!outsideOurHands(fold.state) && rank < 2) return false;
  if (fold.joined === undefined) return true;
  const known = resultClass(fold.joined.state);
  return rank > known || (rank === known && (rank === 0 || isNewer(step, fold.joined)));
};

const foldStep = (fold: Fold, step: MoneyStep): Fold => {
  if (step.kind === "command") {
    const final = fold.joined !== undefined && resultClass(fold.joined.state) > 0;
    return final ? fold : { ...fold, state: step.state };
  }
  return replaces(fold, step) ? { state: step.state, joined: step } : fold;
};

/** State of an attempt's money after all its steps, starting from how it was signed. */
export const moneyState = (
  start: "ready" | "pending_approval",
  steps: readonly MoneyStep[],
): MoneyState => steps.reduce<Fold>(foldStep, { state: start }).state;

/** Whether money arrived after it had counted as free: late successes are taken and looked at (X7, invariant 20). */
export const arrivedLate = (
  start: "ready" | "pending_approval",
  steps: readonly MoneyStep[],
): boolean => {
  let fold: Fold = { state: start };
  let late = false;
  for (const step of steps) {
    const before = standingOf(fold.state);
    fold = foldStep(fold, step);
    late = fold.state === "succeeded" && (late || before === "frees");
  }
  return late;
};

const leaves: Readonly<Record<MoneyCommand | "withdrawn", readonly MoneyState[]>> = {
  exported: ["ready", "exported", "needs_action", "unknown"],
  submitted: ["exported", "needs_action", "unknown"],
  ready: ["exported"],
  withdrawn: ["pending_approval", "ready"],
};

/** Whether a command of ours is allowed in a state (refundlog.md §5.3). */
export const commandAllowed = (state: MoneyState, command: MoneyCommand | "withdrawn"): boolean =>
  leaves[command].includes(state);

const byClass: Readonly<Record<MoneyResult, readonly EvidenceSource[]>> = {
  processing: ["row", "slip", "portal", "support"],
  needs_action: ["row", "slip", "portal", "support"],
  unknown: ["row", "slip", "portal", "support", "staff"],
  abnormal: ["row", "slip", "portal", "support"],
  succeeded: ["row", "slip", "portal", "support", "cust"],
  failed: ["row", "slip", "portal", "support"],
  closed: ["row", "slip", "portal", "support"],
  reversed: ["row", "slip", "portal", "support"],
};

/** Who or what may tell a result; text alone never may (refundlog.md §5.3). */
export const tellers = (result: MoneyResult): readonly EvidenceSource[] => byClass[result];

/** The results a person may record in a state; outside our hands every result may come, and late ones too. */
export const resultsFrom = (state: MoneyState): readonly MoneyResult[] =>
  outsideOurHands(state)
    ? [
        "processing",
        "needs_action",
        "unknown",
        "abnormal",
        "succeeded",
        "failed",
        "closed",
        "reversed",
      ]
    : ["succeeded"];
