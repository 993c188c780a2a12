import type { InsightCase } from "../domain/insights.ts";
import type { BusinessDate, Instant } from "../domain/instant.ts";
import type { Database } from "./database.ts";
import { lowest } from "./paging.ts";
import { importsHere } from "./reconcile-facts.ts";

/** Every case that was recorded in a time, from its first instant to before its last, with the channel of its payment. */
export const casesBetween = async (
  db: Database,
  [from, before]: readonly [from: Instant, before: Instant],
): Promise<readonly InsightCase[]> => {
  const rows = await db.cases
    .where("[createdAt+caseId]")
    .between([from, lowest], [before, lowest])
    .toArray();
  const ids = [...new Set(rows.flatMap(({ paymentId }) => paymentId ?? []))];
  const payments = await db.payments.bulkGet(ids);
  const channels = new Map(payments.map((row) => [row?.paymentId, row?.payment.channel]));
  return rows.map(({ refundCase, paymentId }) => {
    const channel = channels.get(paymentId);
    return channel === undefined ? { refundCase } : { refundCase, channel };
  });
};

/** What the statements that lie wholly in these days say was paid and refunded, in minor units. */
export const statementSums = async (
  db: Database,
  currency: string,
  [from, to]: readonly [from: BusinessDate, to: BusinessDate],
): Promise<{ readonly files: number; readonly paid: number; readonly refunded: number }> => {
  const inTime = (await importsHere(db)).filter(
    ({ event: { period } }) => period !== undefined && period[0] >= from && period[1] <= to,
  );
  const sums = inTime.map(({ event }) => event.sums[currency] ?? [0, 0]);
  return {
    files: inTime.length,
    paid: sums.reduce((total, [paid]) => total + paid, 0),
    refunded: sums.reduce((total, [, refunded]) => total + refunded, 0),
  };
};
