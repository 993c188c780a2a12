import type { CaseId, Hash, PaymentId, RecordRef } from "./ids.ts";

/** What was personal about an earlier record is gone; the fold forgets it too (refundlog.md §10). */
export type EraseEvent = {
  readonly kind: "erase";
  readonly record: RecordRef;
  /** Of the record, where it stands in another chain: its number alone names none there. */
  readonly hash?: Hash;
  readonly why: "request" | "retention" | "mistake";
  /** Digests of the disclosure and of the attachments that only it named. */
  readonly disclosures?: readonly Hash[];
  readonly files?: readonly Hash[];
  /** Where the books told of that record. */
  readonly cases?: readonly CaseId[];
  readonly payments?: readonly PaymentId[];
};
