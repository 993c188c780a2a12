import type { StatementImport } from "../books.ts";
import { writeRef, type Hash, type PaymentId, type RecordRef } from "../ids.ts";
import type { MoneyEvent, PaymentEvent, Recorded } from "../journal-event.ts";

const overlaps = ({ event: one }: StatementImport, { event: other }: StatementImport): boolean => {
  if (one.acquirer !== other.acquirer) return false;
  if (one.period === undefined || other.period === undefined) return true;
  return one.period[0] <= other.period[1] && other.period[0] <= one.period[1];
};

/** Imports that came later, found some of their rows here, and would lack them without this one. */
export const importsResting = (
  taken: StatementImport,
  imports: readonly StatementImport[],
): readonly StatementImport[] =>
  imports.filter(
    (other) =>
      other.takenBack === undefined &&
      other.record.seq > taken.record.seq &&
      (other.event.duplicates ?? 0) > 0 &&
      overlaps(taken, other),
  );

/**
 * Gathers what rests on the import of a file, from the records of this device's chains, each chain in its order: payments
 * whose record is a row of it, and refunds whose result a row of it proves.
 */
export const newResting = (file: Hash) => {
  const its = new Set<string>();
  const payments = new Set<PaymentId>();
  const counted: { readonly paymentId: PaymentId; readonly number: string }[] = [];
  const results = new Map<string, readonly RecordRef[]>();
  const retracted = new Set<string>();
  const isIts = (imported: { readonly record: RecordRef } | undefined): boolean =>
    imported !== undefined && its.has(writeRef(imported.record));
  const takePayment = ({ paymentId, imported, outside = [] }: PaymentEvent): void => {
    if (isIts(imported)) payments.add(paymentId);
    counted.push(...outside.map(({ number }) => ({ paymentId, number })));
  };
  const takeMoney = ({ imported, refunds, retracts }: MoneyEvent, place: string): void => {
    if (retracts !== undefined) retracted.add(writeRef(retracts));
    if (isIts(imported)) results.set(place, refunds);
  };
  return {
    take: ({ event, ref }: Recorded): void => {
      if (event.kind === "import" && event.file === file) its.add(writeRef(ref));
      if (event.kind === "payment") takePayment(event);
      if (event.kind === "money") takeMoney(event, writeRef(ref));
    },
    payments: (): readonly PaymentId[] => [...payments],
    refunds: (): readonly RecordRef[] =>
      [...results].flatMap(([place, refunds]) => (retracted.has(place) ? [] : refunds)),
    /** Refunds elsewhere that payments count by their numbers: some may be shown by rows of the import alone. */
    counted: () => counted,
  };
};
