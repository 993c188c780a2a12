import type { StatementImport } from "../books.ts";
import { resultClass, type MoneyState } from "../refund/money-track.ts";
import { channelDay } from "../statements/channel-clock.ts";
import { isCovered } from "./coverage.ts";
import { matchRefunds } from "./match.ts";
import { isOut, mustAppear, type OurAttempt } from "./our-attempt.ts";
import type { TheirRefund } from "./their-refund.ts";

/** How an attempt or a refund of the files ends (refund-model.md §12, 19); `waiting` is carried to the next day's pool. */
export const matchClasses = [
  "duplicate",
  "amount",
  "status",
  "missing_there",
  "missing_here",
  "fee",
  "waiting",
  "matched",
] as const;

export type MatchClass = (typeof matchClasses)[number];

/** One line of the reconciliation: what we recorded, what the acquirer's files show, or both. */
export type ReconMatch = {
  readonly class: MatchClass;
  readonly ours?: OurAttempt;
  readonly theirs: readonly TheirRefund[];
};

/** One line, and whether a person or the journal has settled it already. */
export type ComparedLine = ReconMatch & { readonly settled: boolean };

/** Under which a person says that this difference of an attempt is settled; another one is asked about again. */
export const resolvedTag = ({ class: kind, ours }: ReconMatch): string =>
  `recon.${kind}.${ours?.number ?? 0}`;

/** What the statements here can say. */
export type StatementFacts = {
  readonly imports: readonly StatementImport[];
  readonly theirs: readonly TheirRefund[];
  /** Merchant numbers that the rows of each acquirer name. */
  readonly merchants: ReadonlyMap<string, ReadonlySet<string>>;
};

const isFinal = (state: MoneyState): boolean =>
  ["succeeded", "failed", "closed", "reversed"].includes(state);

/** Our word against theirs; a row is never written again, so only an end that it tells is held against ours. */
const stateClass = (
  { money }: OurAttempt,
  { said }: TheirRefund,
): "status" | "waiting" | "matched" => {
  if (said === undefined || resultClass(said) === 0) {
    if (isFinal(money)) return "matched";
    return isOut({ money }) ? "waiting" : "status";
  }
  if (said === money) return "matched";
  return said === "succeeded" && money === "reversed" ? "matched" : "status";
};

/** Both round to the smallest unit. */
const feeDiffers = ({ feeBack }: OurAttempt, { fee }: TheirRefund): boolean =>
  feeBack !== undefined && fee !== undefined && Math.abs(fee - feeBack) > 1;

const classOfPair = (
  ours: OurAttempt,
  [theirs, ...repeated]: readonly [TheirRefund, ...TheirRefund[]],
): MatchClass => {
  if (repeated.length > 0) return "duplicate";
  const { amount } = theirs;
  if (amount.minor !== ours.amount.minor || amount.currency !== ours.amount.currency)
    return "amount";
  const state = stateClass(ours, theirs);
  return state === "matched" && feeDiffers(ours, theirs) ? "fee" : state;
};

/** A statement of another merchant number says nothing of this refund. */
const isOfMerchant = ({ merchantNo }: OurAttempt, named: ReadonlySet<string>): boolean =>
  named.size === 1 && (merchantNo === undefined || named.has(merchantNo));

const classOfMissing = (ours: OurAttempt, facts: StatementFacts): MatchClass => {
  const { acquirer, recordedAt, until } = ours;
  const named = facts.merchants.get(acquirer) ?? new Set();
  const days = [channelDay(recordedAt), channelDay(until)] as const;
  return mustAppear(ours) && isOfMerchant(ours, named) && isCovered(facts.imports, acquirer, days)
    ? "missing_there"
    : "waiting";
};

/**
 * Puts every attempt that left our hands, or that the files show, into exactly one class, and every refund of the files
 * that nobody recorded beside them (X24). The order of imports and how files were cut make no difference.
 */
export const reconcileRefunds = (
  attempts: readonly OurAttempt[],
  facts: StatementFacts,
): readonly ReconMatch[] => {
  const { byAttempt, unmatched } = matchRefunds(attempts, facts.theirs);
  const found = attempts.flatMap((ours): readonly ReconMatch[] => {
    const [first, ...rest] = byAttempt.get(ours) ?? [];
    if (first !== undefined)
      return [{ class: classOfPair(ours, [first, ...rest]), ours, theirs: [first, ...rest] }];
    return isOut(ours) && ours.mode !== "void"
      ? [{ class: classOfMissing(ours, facts), ours, theirs: [] }]
      : [];
  });
  const outside = unmatched
    .filter(({ kind }) => kind === "refund")
    .map((theirs): ReconMatch => ({ class: "missing_here", theirs: [theirs] }));
  return [...found, ...outside];
};
