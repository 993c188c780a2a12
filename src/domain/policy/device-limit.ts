import type { Rule } from "./facts.ts";

/** Above what its certificate lets a device refund alone, somebody else decides, whoever asks (refundlog.md §8). */
export const deviceLimit: Rule = ({ amount, deviceLimit: limit }) =>
  limit !== undefined && limit.currency === amount.currency && amount.minor > limit.minor
    ? "other"
    : "pass";
