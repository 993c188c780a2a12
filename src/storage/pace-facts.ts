import type { Batch } from "../domain/batch.ts";
import type { PaymentId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { Database } from "./database.ts";
import { highest, lowest } from "./paging.ts";

/** Every case of some payments. */
export const casesOfPayments = async (
  db: Database,
  payments: readonly PaymentId[],
): Promise<readonly RefundCase[]> => {
  if (payments.length === 0) return [];
  const rows = await db.cases.where("paymentId").anyOf(payments).toArray();
  return rows.map((row) => row.refundCase);
};

/** The upload files that were made since a moment. */
export const batchesSince = async (db: Database, since: Instant): Promise<readonly Batch[]> =>
  db.batches.where("[createdAt+batchId]").between([since, lowest], [highest, highest]).toArray();
