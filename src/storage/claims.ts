import type { OverpayClaim } from "../domain/claim.ts";
import type { Payment } from "../domain/payment.ts";
import type { Database } from "./database.ts";
import { highest, lowest } from "./paging.ts";

/** The over-payment of a payment, under whichever of its ids. */
export const claimOf = async (
  db: Database,
  { paymentId, same }: Pick<Payment, "paymentId" | "same">,
): Promise<OverpayClaim | undefined> => {
  const rows = await db.claims.bulkGet([paymentId, ...same]);
  return rows.find((row) => row !== undefined)?.claim;
};

/** Over-payments that are open, or that came to an end, the newest first. */
export const listClaims = async (
  db: Database,
  open: boolean,
  limit: number,
): Promise<readonly OverpayClaim[]> => {
  const at = open ? 1 : 0;
  const range = db.claims.where("[open+foundAt]").between([at, lowest], [at, highest]);
  return (await range.reverse().limit(limit).toArray()).map(({ claim }) => claim);
};
