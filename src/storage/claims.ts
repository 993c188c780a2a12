import { isSettled, type OverpayClaim } from "../domain/claim.ts";
import type { Excess } from "../domain/claim-fault.ts";
import { given } from "../domain/given.ts";
import type { Payment } from "../domain/payment.ts";
import { counts } from "../domain/payment-claim.ts";
import type { Database } from "./database.ts";
import { highest, lowest } from "./paging.ts";

/** The over-payment of a payment, under whichever of its ids; an open one before one that ended. */
export const claimOf = async (
  db: Database,
  { paymentId, same }: Pick<Payment, "paymentId" | "same">,
): Promise<OverpayClaim | undefined> => {
  const rows = await db.claims.bulkGet([paymentId, ...same]);
  const claims = rows.flatMap((row) => (row === undefined ? [] : [row.claim]));
  return claims.find((claim) => !isSettled(claim)) ?? claims[0];
};

/** Whether a refund of what was too much counts, whichever device made it. */
export const isExcessRefunded = async (
  db: Database,
  { claims }: Pick<Payment, "claims">,
): Promise<boolean> => {
  const cases = await db.cases.bulkGet(claims.filter(counts).map(({ caseId }) => caseId));
  return cases.some((row) => row?.refundCase.reason === "overpaid");
};

/** What stands of the over-payment of a payment. */
export const readExcess = async (
  db: Database,
  payment: Pick<Payment, "paymentId" | "same" | "claims">,
): Promise<Excess> => ({
  ...given("claim", await claimOf(db, payment)),
  refunded: await isExcessRefunded(db, payment),
});

const claimsAt = (db: Database, open: 0 | 1) =>
  db.claims.where("[open+foundAt]").between([open, lowest], [open, highest]);

/** More over-payments at once than any till has open. */
const mostOpen = 1000;

/** Over-payments that are open, the oldest first. */
export const openClaims = async (db: Database): Promise<readonly OverpayClaim[]> =>
  (await claimsAt(db, 1).limit(mostOpen).toArray()).map(({ claim }) => claim);

/** Over-payments that came to an end, the newest first. */
export const endedClaims = async (db: Database, limit: number): Promise<readonly OverpayClaim[]> =>
  (await claimsAt(db, 0).reverse().limit(limit).toArray()).map(({ claim }) => claim);
