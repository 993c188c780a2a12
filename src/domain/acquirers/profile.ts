import type { Channel } from "../channels.ts";

/** What an acquirer allows and expects; a fact nobody confirmed is listed in `unverified` and marked so on screen. */
export type AcquirerProfile = {
  readonly id: string;
  readonly channel: Channel;
  /** Days after the payment within which the acquirer takes a refund; absent when no document says. */
  readonly refundWindowDays?: number;
  /** Most partial refunds of one payment. */
  readonly partialLimit?: number;
  /** Seconds between two refunds of one payment. */
  readonly minIntervalSeconds?: number;
  /** Upload format that this acquirer's portal takes; the others get the list to type from. */
  readonly batchFormat: "wechat-batch-txt" | "refund-list-csv";
  readonly unverified: readonly string[];
};
