import type { AcquirerProfile } from "../acquirers/profile.ts";
import type { Excess } from "../claim-fault.ts";
import type { FreeLine, LineChoice } from "../goods-lines.ts";
import type { CaseId, Hash, RecordRef } from "../ids.ts";
import type { Calendar, Instant } from "../instant.ts";
import type { Destination, EvidenceFile } from "../journal-event.ts";
import type { Money } from "../money.ts";
import type { Payment } from "../payment.ts";
import type { ShopPolicy } from "../policy/shop-policy.ts";
import type { RefundNumber } from "../refund-number.ts";
import type { Staff } from "../staff.ts";

/** What is asked for: money, goods back, other goods, or the payment taken back whole at the acquirer. */
export type DraftType = "refund" | "return" | "exchange" | "void" | "unreferenced";

/** How much: all that is left, a sum, or goods; `none` only for an exchange without money. */
export type AmountDraft =
  | { readonly kind: "full" }
  | { readonly kind: "partial"; readonly amount: Money }
  | { readonly kind: "lines"; readonly lines: readonly LineChoice[] }
  | { readonly kind: "free_lines"; readonly lines: readonly FreeLine[] }
  | { readonly kind: "none" };

/** What the customer gets instead; `due` is what they still pay, `returned` the goods that come back. */
export type ExchangeDraft = {
  readonly returned: readonly LineChoice[];
  readonly replacement: readonly FreeLine[];
  readonly due?: Money;
};

/** An identity paper that was looked at: its kind and last four characters, never more (R33). */
export type SeenIdentity = { readonly paper: string; readonly last4: string };

/** What the editor hands over. */
export type RefundDraft = {
  readonly caseId: CaseId;
  readonly type: DraftType;
  readonly amount: AmountDraft;
  readonly destination: Destination;
  readonly reason: string;
  readonly note?: string;
  readonly evidence: readonly EvidenceFile[];
  readonly exchange?: ExchangeDraft;
  readonly identity?: SeenIdentity;
  /** The declined request that new evidence opens again. */
  readonly reopens?: RecordRef;
  /** The record of the policy that the customer was shown. */
  readonly policyShown?: RecordRef;
};

/** A refund by the original route with nothing attached, unless said otherwise. */
export const newDraft = (
  draft: Pick<RefundDraft, "caseId" | "amount" | "reason"> & Partial<RefundDraft>,
): RefundDraft => ({ type: "refund", destination: "original", evidence: [], ...draft });

/** All that recording a refund rests on besides the draft. */
export type RefundContext = {
  /** Undefined only for a refund without a payment. */
  readonly payment: Payment | undefined;
  /** What stands of its over-payment. */
  readonly excess?: Excess;
  readonly profile: AcquirerProfile;
  /** Hash of the profile where the owner edited it. */
  readonly profileHash?: Hash;
  readonly policy: { readonly rules: ShopPolicy; readonly record: RecordRef; readonly hash: Hash };
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly staff: Staff;
  readonly refundNo: RefundNumber;
  /** Refunds of the same amount on other payments in the last half hour. */
  readonly similar: number;
  /** Another till may have refunded this payment, as far as its code tells. */
  readonly maybeElsewhere: boolean;
  /** The most that this device refunds without a second person, by its certificate. */
  readonly deviceLimit?: Money;
  /** What this device may still give of the payment, where it has a share of it (X10). */
  readonly shareLeft?: Money;
};
