import type { Hash, RecordRef } from "./ids.ts";
import type { MinorUnits } from "./money.ts";

/** A refund that a record counts as made outside its own chain, by the acquirer's number or ours. */
export type OutsideRefund = { readonly number: string; readonly minor: MinorUnits };

/** The record of another device that something was learned from. */
export type Peer = { readonly record: RecordRef; readonly hash: Hash };
