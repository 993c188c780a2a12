import { ownVersion, peerOf } from "../domain/own-version.ts";
import type { PaymentEvent } from "../domain/journal-event.ts";
import type { Payment } from "../domain/payment.ts";
import { findRecord } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";

/**
 * The version that this device's chain still lacks of a payment that other devices speak of; undefined when it says as much
 * as all of them (refundlog.md §16).
 */
export const versionLacking = async (
  { journal }: Deps,
  payment: Payment,
): Promise<PaymentEvent | undefined> => {
  const record = peerOf(payment);
  const peer = record && (await findRecord(journal.db, record));
  return ownVersion(payment, record && peer && { record, hash: peer.hash });
};
