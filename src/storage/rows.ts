import type { Batch } from "../domain/batch.ts";
import type { OverpayClaim } from "../domain/claim.ts";
import type { Acked, PolicyDocument, StatementImport, Witnessed } from "../domain/books.ts";
import type {
  BatchId,
  CaseId,
  DeviceId,
  Hash,
  PaymentId,
  RecordRef,
  StaffId,
} from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Json, PublicJwk, Recorded } from "../domain/journal-event.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { Refusal } from "../domain/refund/refusal.ts";
import type { MoneyState } from "../domain/refund/money-track.ts";
import type { RefundNumber } from "../domain/refund-number.ts";
import type { Staff } from "../domain/staff.ts";
import type { TaskKind } from "../domain/tasks.ts";
import type { OddRows } from "../domain/overpay/odd-rows.ts";
import type { StatementBlock } from "../domain/statements/statement-block.ts";
import type { IndexPiece } from "../domain/statements/statement-index.ts";
import type { SignedRecord } from "../ledger/record.ts";
import type { ChainHead } from "../ledger/seal.ts";

/** A record as IndexedDB holds it; a refund's number is unique over all devices. */
export type RecordRow = SignedRecord & { readonly refundNo?: RefundNumber };

/** Where a chain stands, and how long its safety copy must be. */
export type HeadRow = ChainHead & {
  readonly device: DeviceId;
  /** Moves with every change of the books, a merge included. */
  readonly revision: number;
  /** Counter inside the last refund number. */
  readonly refundCounter: number;
  readonly copySize: number;
  /** Its key was replaced: nothing but `export` may follow (refundlog.md §4). */
  readonly ended?: true;
};

/** Records that one intent led to, first and last. */
export type IntentRow = {
  readonly intent: string;
  readonly device: DeviceId;
  readonly first: number;
  readonly last: number;
};

/** `schema`, `epoch`, `rebuilding`, `one_copy`. */
export type MetaRow = { readonly name: string; readonly value: number };

export type CounterRow = { readonly name: string; readonly value: number };

/** A damaged record, kept as it was found. */
export type QuarantineRow = { readonly id: string; readonly row: RecordRow };

export type CaseRow = {
  readonly caseId: CaseId;
  readonly createdAt: Instant;
  readonly minor: number;
  readonly money?: MoneyState;
  readonly paymentId?: PaymentId;
  /** `device:seq` of every attempt. */
  readonly refs: readonly string[];
  /** Reversed spellings of every number, so that an index finds them from their end. */
  readonly ends: readonly string[];
  readonly tasks: readonly TaskKind[];
  /** Since when it is late, while it is at the acquirer. */
  readonly due?: Instant;
  readonly refundCase: RefundCase;
};

/** A declined request by `device:seq` of its record. */
export type RefusalRow = {
  readonly ref: string;
  readonly at: Instant;
  readonly paymentId?: PaymentId;
  readonly refusal: Refusal;
};

export type PaymentRow = {
  readonly paymentId: PaymentId;
  /** Paid, or when that is not known, recorded. */
  readonly seenAt: Instant;
  readonly minor: number;
  readonly ends: readonly string[];
  readonly same: readonly PaymentId[];
  readonly payment: Payment;
};

/** Records about a refund that is not here yet, by its `device:seq`. */
export type WaitingRow = { readonly ref: string; readonly records: readonly Recorded[] };

export type BatchRow = Batch & { readonly batchId: BatchId };
export type StaffRow = Staff & { readonly staff: StaffId };
export type PolicyRow = { readonly key: string; readonly policy: PolicyDocument };
export type ImportRow = StatementImport & { readonly file: Hash };

/** `open` is 1 until the claim has come to its end. */
export type ClaimRow = {
  readonly paymentId: PaymentId;
  readonly open: 0 | 1;
  readonly foundAt: Instant;
  readonly claim: OverpayClaim;
};

export type KeyRow = {
  readonly id: DeviceId;
  readonly jwk: PublicJwk;
  readonly privateKey: CryptoKey;
};

/** Bytes that a record names by their SHA-256: evidence, and batch files as they left. */
export type AttachmentRow = { readonly sha256: Hash; readonly bytes: ArrayBuffer };

/** An attachment that was added to a draft and that no record names: it can be taken out again. */
export type UnusedRow = { readonly sha256: Hash; readonly since: Instant };

export type EnvelopeRow = { readonly name: string; readonly content: Json };

/** `device:seq` of the record that says it. */
export type AckRow = Acked & { readonly ref: string };
export type WitnessedRow = Witnessed & { readonly ref: string };

/**
 * A signed text that no record holds: acknowledgement, witness statement, checkpoint, status list, or a slip of this very
 * device that its own journal contradicts.
 */
export type TokenRow = {
  /** SHA-256 of the text. */
  readonly hash: Hash;
  readonly kind: "ack" | "wit" | "cp" | "status" | "slip";
  /** The chain it speaks of; of a status list the key that signed it. */
  readonly device: DeviceId;
  /** The record it speaks of; of a status list the second it was made. */
  readonly seq: number;
  /** The hash that it names there. */
  readonly head?: Hash;
  readonly token: string;
};

/** A statement file on its way into blocks; only a complete one is searched. */
export type StatementImportRow = {
  readonly importId: string;
  readonly name: string;
  readonly acquirer?: string;
  /** SHA-256 of the file. */
  readonly digest?: Hash;
  /** The signed record of the import; undefined while the import is incomplete. */
  readonly record?: RecordRef;
  /** Payments in it that look like a mistake; older versions looked for none. */
  readonly odd?: OddRows;
};

/** Some rows of a statement, packed. */
export type StatementBlockRow = StatementBlock & {
  readonly importId: string;
  readonly index: number;
};

/** What the rows of an import are found by; made again from its blocks where it is missing. */
export type StatementIndexRow = IndexPiece & { readonly importId: string };
