import { isRecordable } from "../domain/money.ts";
import type { Payment } from "../domain/payment.ts";
import { ok } from "../domain/result.ts";
import { getPayment, listImports } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import { joinRecorded, rowsNow } from "./find-payment.ts";
import { recordEvents } from "./record-event.ts";

const raiseOne = async (deps: Deps, payment: Payment): Promise<void> => {
  const rows = await rowsNow(deps, { payment, rows: [] });
  if ((await joinRecorded(deps, payment, rows)).version === undefined) return;
  await recordEvents<never>(deps, async () => {
    const known = (await getPayment(deps.journal.db, payment.paymentId)) ?? payment;
    const { version } = await joinRecorded(deps, known, rows);
    const fits = version !== undefined && isRecordable(version.amount);
    return ok({ events: fits ? [{ event: version }] : [] });
  });
};

/** Whether a statement may say more of it than the own chain does: what it said after the newest was said with all of them. */
const isBehind = ({ source, record, home }: Payment, newest: number): boolean =>
  source !== "import" || record.device !== home || record.seq < newest;

/** Writes down what statements say of payments by now: the proof of those written by hand, and refunds elsewhere (X11). */
export const raiseGrades = async (
  deps: Deps,
  payments: readonly (Payment | undefined)[],
): Promise<void> => {
  const imports = await listImports(deps.journal.db, Infinity);
  const newest = Math.max(...imports.map(({ record }) => record.seq));
  const byId = new Map(payments.map((payment) => [payment?.paymentId, payment]));
  for (const payment of byId.values())
    if (payment !== undefined && isBehind(payment, newest)) await raiseOne(deps, payment);
};
