import type { CaseId, RecordRef } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { Numbers, RefundMode } from "../journal-event.ts";
import type { Money } from "../money.ts";
import type { MoneyState } from "../refund/money-track.ts";

/** One attempt of a refund recorded here or merged, as far as the acquirer's files could show it. */
export type OurAttempt = {
  readonly caseId: CaseId;
  readonly number: number;
  readonly record: RecordRef;
  readonly refundNo: string;
  /** Characters that the acquirer has in front of our numbers; empty where it takes them as they are. */
  readonly prefix: string;
  readonly channelRefundNo?: string;
  readonly amount: Money;
  readonly mode: RefundMode;
  readonly acquirer: string;
  readonly merchantNo?: string;
  readonly money: MoneyState;
  /** Numbers of its payment. */
  readonly numbers: Numbers;
  readonly recordedAt: Instant;
  /** By when the acquirer has done it, or said no. */
  readonly until: Instant;
  /** It left in a file that tells the acquirer its refund number, so its row bears that number. */
  readonly numbered: boolean;
  /** The fee that its acquirer gives back with it, where that is known. */
  readonly feeBack?: number;
};

const outside: ReadonlySet<MoneyState> = new Set([
  "exported",
  "submitted",
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
  "succeeded",
]);

/** It left our hands, and nobody has said that it failed. */
export const isOut = ({ money }: Pick<OurAttempt, "money">): boolean => outside.has(money);

/** Somebody said that the acquirer has it, so that its files have to show it some day. */
export const mustAppear = (attempt: Pick<OurAttempt, "money" | "mode">): boolean =>
  attempt.mode !== "void" &&
  isOut(attempt) &&
  attempt.money !== "exported" &&
  attempt.money !== "needs_action";
