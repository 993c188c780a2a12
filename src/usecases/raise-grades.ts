import { isRecordable } from "../domain/money.ts";
import type { Payment } from "../domain/payment.ts";
import { ok } from "../domain/result.ts";
import { findInStatements } from "../storage/find-in-statements.ts";
import { getPayment } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import { joinRecorded } from "./find-payment.ts";
import { recordEvents } from "./record-event.ts";

const raiseOne = async (deps: Deps, payment: Payment): Promise<void> => {
  const [number] = Object.values(payment.numbers);
  const rows = number === undefined ? [] : await findInStatements(deps.journal.db, number);
  if (rows.length === 0) return;
  await recordEvents<never>(deps, async () => {
    const known = (await getPayment(deps.journal.db, payment.paymentId)) ?? payment;
    const { version } = await joinRecorded(deps, known, rows);
    const fits = version !== undefined && isRecordable(version.amount);
    return ok({ events: fits ? [{ event: version }] : [] });
  });
};

/** Payments written by hand that a statement shows by now get their proof: grade A with the row as its source. */
export const raiseGrades = async (
  deps: Deps,
  payments: readonly (Payment | undefined)[],
): Promise<void> => {
  const weak = payments.filter((payment) => payment !== undefined && payment.source !== "import");
  const byId = new Map(weak.map((payment) => [payment?.paymentId, payment]));
  for (const payment of byId.values()) if (payment !== undefined) await raiseOne(deps, payment);
};
