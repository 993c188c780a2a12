import { addDays, type BusinessDate } from "../../../domain/instant.ts";
import type { StatementImport } from "../../../domain/books.ts";
import { resultFormat } from "../../../domain/results/result-format.ts";
import { isFundBill } from "../../../domain/statements/statement-row.ts";

/** Which of some days one acquirer's statements reach over. */
export type CoveredDays = {
  readonly acquirer: string;
  readonly days: readonly { readonly date: BusinessDate; readonly covered: boolean }[];
};

const reaches = ({ event }: StatementImport, date: BusinessDate): boolean =>
  event.period !== undefined && event.period[0] <= date && date <= event.period[1];

/** A fund bill tells of movements, a portal's result file of refunds alone. */
const tellsPayments = (format: string): boolean => !isFundBill(format) && format !== resultFormat;

/** The given number of days up to `last`, per acquirer of which any payments were imported; fund bills hold none. */
export const coveredDays = (
  imports: readonly StatementImport[],
  last: BusinessDate,
  count: number,
): readonly CoveredDays[] => {
  const days = Array.from({ length: count }, (_, index) => addDays(last, index + 1 - count));
  const statements = imports.filter(({ event }) => tellsPayments(event.format));
  const acquirers = [...new Set(statements.map(({ event }) => event.acquirer))].sort();
  return acquirers.map((acquirer) => {
    const own = statements.filter(({ event }) => event.acquirer === acquirer);
    return {
      acquirer,
      days: days.map((date) => ({ date, covered: own.some((one) => reaches(one, date)) })),
    };
  });
};
