import { base32, type PaymentId } from "../domain/ids.ts";
import type { PaymentEvent } from "../domain/journal-event.ts";
import { canonicalize } from "./canonical.ts";
import { sha256 } from "./sha256.ts";

/** `sale`: 80 bits of SHA-256 over ["sale", acquirer, name, number] in Crockford base32 (refundlog.md §4.1). */
export const saleOf = (acquirer: string, key: NonNullable<PaymentEvent["key"]>): PaymentId => {
  const text = canonicalize(["sale", acquirer, key.name, key.number]);
  return base32(sha256(new TextEncoder().encode(text)).slice(0, 10)) as PaymentId;
};
