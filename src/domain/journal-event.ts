import type { AckEvent, RotateEvent, WitnessEvent } from "./chain-event.ts";
import type { ClaimEvent } from "./claim.ts";
import type { EraseEvent } from "./erase-event.ts";
import type { BusinessDate, Instant, Zone } from "./instant.ts";
import type { BatchId, CaseId, DeviceId, Hash, PaymentId, RecordRef, StaffId } from "./ids.ts";
import type { Currency } from "./currency.ts";
import type { MinorUnits, Money } from "./money.ts";
import type { JsonObject } from "./json.ts";
import type { OutsideRefund, Peer } from "./outside-refund.ts";
import type { RefundNumber } from "./refund-number.ts";
import type { CloseEvent } from "./shift.ts";

export type { AckEvent, RotateEvent, WitnessEvent } from "./chain-event.ts";
export type { ClaimEvent } from "./claim.ts";
export type { Json, JsonObject } from "./json.ts";

/** Public P-256 key as RFC 7517 writes it, these four members only. */
export type PublicJwk = {
  readonly crv: "P-256";
  readonly kty: "EC";
  readonly x: string;
  readonly y: string;
};

export type Shop = { readonly name: string; readonly currency: Currency; readonly zone: Zone };

/** A file that supports a record; its bytes lie elsewhere under their SHA-256. */
export type EvidenceFile = {
  readonly kind:
    | "voucher"
    | "screenshot"
    | "form"
    | "chat"
    | "email"
    | "audio"
    | "photo"
    | "id"
    | "slip"
    | "other";
  readonly sha256: Hash;
  readonly size: number;
  readonly type: string;
};

/** One line of goods; quantity is decimal text, amount the line's money in minor units. */
export type GoodsLine = {
  readonly index: number;
  readonly quantity: string;
  readonly amount?: MinorUnits;
  readonly name?: string;
  readonly sku?: string;
  readonly condition?: "resell" | "damaged" | "disposed" | "not_returned";
};

/** Numbers of the acquirer by name: transaction_id, out_trade_no, ref_no, voucher_no, batch_no. */
export type Numbers = { readonly [name: string]: string };

/** Everything typed by or about a person; the only removable part of a record (refundlog.md §10). */
export type Personal = {
  readonly name?: string;
  readonly phone?: string;
  readonly mail?: string;
  readonly address?: string;
  readonly account?: string;
  readonly payer?: string;
  readonly text?: string;
  readonly evidence?: readonly EvidenceFile[];
};

export type PaymentSource = "manual" | "scan" | "import" | "peer";
export type PaymentState = "paid" | "unknown" | "unpaid" | "closed" | "voided" | "transfer";
export type EvidenceGrade = "A" | "B" | "C" | "D" | "E";
export type RefundType = "full" | "partial" | "exchange" | "return";
export type RefundMode = "referenced" | "unreferenced" | "void";
export type Destination = "original" | "cash" | "store_credit" | "other";
export type WithdrawCause = "customer" | "mistake" | "duplicate" | "conflict" | "policy" | "other";
export type Role = "owner" | "lead" | "clerk" | "auditor";

/** Commands and results of the money track as records name them. */
export type MoneyCommand = "exported" | "submitted" | "ready";
export type MoneyResult =
  | "processing"
  | "needs_action"
  | "unknown"
  | "abnormal"
  | "succeeded"
  | "failed"
  | "closed"
  | "reversed";
export type EvidenceSource = "file" | "row" | "slip" | "portal" | "support" | "cust" | "staff";

export type GenesisEvent = {
  readonly kind: "genesis";
  readonly jwk: PublicJwk;
  readonly label: string;
  readonly prefix: string;
  readonly continues?: { readonly device: DeviceId; readonly seq: number; readonly hash: Hash };
  readonly shop: Shop;
};

export type PaymentEvent = {
  readonly kind: "payment";
  readonly paymentId: PaymentId;
  readonly amount: Money;
  readonly source: PaymentSource;
  readonly state: PaymentState;
  /** Refunded outside this chain (portal, terminal, other devices), minor units. */
  readonly external?: MinorUnits;
  /** The refunds that `external` adds up, as far as they have numbers. */
  readonly outside?: readonly OutsideRefund[];
  /** The earlier version of this payment that this one replaces. */
  readonly replaces?: RecordRef;
  readonly same?: readonly PaymentId[];
  readonly acquirer: string;
  readonly channel: string;
  readonly grade: EvidenceGrade;
  /** The number that paymentId is derived from; undefined when it is random. */
  readonly key?: { readonly name: string; readonly number: string };
  readonly merchantNo?: string;
  readonly terminalNo?: string;
  readonly numbers?: Numbers;
  readonly paidAt?: Instant;
  readonly lines?: readonly GoodsLine[];
  readonly evidence?: readonly EvidenceFile[];
  readonly imported?: { readonly record: RecordRef; readonly row: Hash };
  readonly peer?: Peer;
};

export type ImportEvent = {
  readonly kind: "import";
  readonly file: Hash;
  readonly rows: number;
  readonly acquirer: string;
  readonly format: string;
  readonly encoding?: string;
  /** Per currency: payments and refunds in minor units. */
  readonly sums: { readonly [currency: string]: readonly [paid: number, refunded: number] };
  readonly declared?: { readonly rows: number; readonly sums: ImportEvent["sums"] };
  readonly period?: readonly [from: BusinessDate, to: BusinessDate];
  readonly duplicates?: number;
  /** The import of the same file that this record takes back: its rows count no longer. */
  readonly takesBack?: RecordRef;
};

export type RefundEvent = {
  readonly kind: "refund";
  readonly caseId: CaseId;
  readonly refundNo: RefundNumber;
  /** 1 for the first request of a case. */
  readonly attempt: number;
  readonly type: RefundType;
  readonly mode: RefundMode;
  readonly amount: Money;
  readonly paymentId?: PaymentId;
  /** What could be refunded before and after this record, minor units. */
  readonly remaining?: readonly [before: MinorUnits, after: MinorUnits];
  readonly acquirer: string;
  readonly destination: Destination;
  readonly reason: string;
  readonly evidence: readonly EvidenceFile[];
  readonly policy: { readonly record: RecordRef; readonly hash: Hash };
  /** The payment's latest record. */
  readonly payment?: RecordRef;
  readonly original?: {
    readonly total: MinorUnits;
    readonly merchantNo?: string;
    readonly terminalNo?: string;
    readonly paidAt?: Instant;
    readonly numbers?: Numbers;
  };
  readonly need?: { readonly by: "other" | "any"; readonly why: readonly string[] };
  readonly previous?: RecordRef;
  readonly approval?: RecordRef;
  readonly related?: RecordRef;
  readonly lines?: readonly GoodsLine[];
  readonly due?: MinorUnits;
  readonly fee?: MinorUnits;
  readonly window?: BusinessDate;
  /** Result of every policy rule by name. */
  readonly rules?: { readonly [rule: string]: string };
  /** Goods that the customer gets in exchange. */
  readonly replacement?: readonly GoodsLine[];
  /** The declined request that new evidence opened again. */
  readonly reopens?: RecordRef;
  /** Hash of the acquirer profile that the rules were asked with, where the owner has edited it. */
  readonly profile?: Hash;
  /** The policy that the customer was shown, whichever is in force (R21). */
  readonly policyShown?: RecordRef;
};

export type DecisionAbout = "refund" | "recall" | "conflict" | "reopen" | "request";

/** Somebody approves or rejects; a `request` is declined before there is any refund record. */
export type DecideEvent = {
  readonly kind: "decide";
  readonly about: DecisionAbout;
  readonly result: "approve" | "reject";
  readonly method?: "device" | "passkey" | "pin";
  /** Absent for a request. */
  readonly refund?: RecordRef;
  readonly reason?: string;
  /** `refund-approve+jwt` of the person or phone that decided. */
  readonly proof?: string;
  /** Whose phone decided, where it was not the person at the till. */
  readonly approver?: StaffId;
  /** Until when the approval holds, as its proof says. */
  readonly expires?: Instant;
  /** Of a request: its payment, its case and what was offered in place of money. */
  readonly paymentId?: PaymentId;
  readonly caseId?: CaseId;
  readonly offers?: readonly string[];
};

export type GoodsStep = "awaiting" | "received" | "waived" | "lost" | "given";

export type GoodsEvent = {
  readonly kind: "goods";
  readonly refund: RecordRef;
  /** Hash of the refund when it is another chain's. */
  readonly refundHash?: Hash;
  readonly state: GoodsStep;
  readonly lines?: readonly GoodsLine[];
  /** What was looked at when the goods came back. */
  readonly check?: { readonly unused: boolean; readonly complete: boolean };
};

/** A line of the log: a call, new evidence, an identity that was seen, an invoice. */
export type ContactEvent = {
  readonly kind: "contact";
  readonly with: "customer" | "acquirer" | "support" | "platform" | "other";
  readonly via: "phone" | "chat" | "email" | "counter" | "portal" | "other";
  /** A refund or payment record. */
  readonly about?: RecordRef;
  /** Hash of the refund when it is another chain's. */
  readonly refundHash?: Hash;
  readonly ticket?: string;
  readonly score?: number;
  readonly tags?: readonly string[];
  readonly invoice?: { readonly [name: string]: string };
  readonly evidence?: readonly EvidenceFile[];
  /** When somebody will be spoken to again. */
  readonly next?: Instant;
};

export type WithdrawEvent = {
  readonly kind: "withdraw";
  readonly refund: RecordRef;
  readonly why: WithdrawCause;
};

export type MoneyEvent = {
  readonly kind: "money";
  readonly state: MoneyCommand | MoneyResult | "retracted";
  readonly by: EvidenceSource;
  /** All of one chain, ascending. */
  readonly refunds: readonly RecordRef[];
  /** Hashes of the refunds when they are another device's. */
  readonly refundHashes?: readonly Hash[];
  readonly file?: Hash;
  readonly batch?: {
    readonly id: BatchId;
    readonly format: string;
    readonly rows: number;
    readonly total: Money;
  };
  readonly out?: "prepared" | "shared" | "saved";
  readonly at?: Instant;
  readonly expectedBy?: Instant;
  readonly channelRefundNo?: string;
  /** The acquirer's own words: state, code, message. */
  readonly raw?: { readonly [name: string]: string };
  readonly imported?: { readonly record: RecordRef; readonly row: Hash };
  readonly evidence?: readonly EvidenceFile[];
  readonly ticket?: string;
  readonly customerSigned?: boolean;
  readonly retracts?: RecordRef;
  /** Rules set aside by name when a batch left, such as `grade_d`. */
  readonly overrides?: readonly string[];
};

export type NoticeEvent = {
  readonly kind: "notice";
  readonly refund: RecordRef;
  /** Hash of the refund when it is another chain's. */
  readonly refundHash?: Hash;
  readonly to: "customer" | "merchant" | "acquirer";
  readonly state: "accepted" | "result" | "reminder";
  /** Number of a printed copy, from 1. */
  readonly copy?: number;
  readonly via: "print" | "qr" | "share" | "email" | "sms" | "voice" | "screen" | "call";
  readonly language?: string;
  readonly text?: Hash;
};

export type PolicyEvent = {
  readonly kind: "policy";
  readonly what: "policy" | "profile" | "reasons" | "setting";
  readonly version: number;
  /** SHA-256 of the canonical document. */
  readonly hash: Hash;
  readonly document: JsonObject;
};

export type StaffEvent = {
  readonly kind: "staff";
  readonly staff: StaffId;
  readonly op:
    | "added"
    | "changed"
    | "disabled"
    | "enabled"
    | "pin_set"
    | "passkey_set"
    | "login_ok"
    | "login_failed"
    | "locked";
  readonly jwk?: PublicJwk;
  readonly credential?: string;
  readonly fails?: number;
  readonly role?: Role;
  /** Largest refund without another person, minor units of the shop's currency; none for no limit. */
  readonly limit?: MinorUnits;
  readonly grants?: readonly string[];
};

export type ExportEvent = { readonly kind: "export"; readonly exportId: string };

export type GapEvent = {
  readonly kind: "gap";
  readonly from: Instant;
  readonly why: "storage" | "signer" | "clock" | "other";
  readonly lost?: number;
};

/** Everything this version may record, one union; the tag is the record's kind. */
export type JournalEvent =
  | GenesisEvent
  | PaymentEvent
  | ImportEvent
  | RefundEvent
  | DecideEvent
  | GoodsEvent
  | ContactEvent
  | WithdrawEvent
  | MoneyEvent
  | NoticeEvent
  | PolicyEvent
  | StaffEvent
  | ClaimEvent
  | CloseEvent
  | ExportEvent
  | EraseEvent
  | GapEvent
  | AckEvent
  | RotateEvent
  | WitnessEvent;

/** An event as the journal holds it: where it stands, who did it, when the device's clock said so. */
export type Recorded<E extends JournalEvent = JournalEvent> = {
  readonly ref: RecordRef;
  readonly hash: Hash;
  readonly at: Instant;
  readonly staff: StaffId;
  readonly zone: Zone;
  readonly training: boolean;
  /** The device's clock stood before that of the record before. */
  readonly clockBack: boolean;
  readonly event: E;
  readonly personal?: Personal;
};
