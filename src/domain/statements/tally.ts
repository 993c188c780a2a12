import type { Currency } from "../currency.ts";
import type { BusinessDate } from "../instant.ts";
import type { CurrencySums, ReadRow, StatementRowKind } from "./statement-row.ts";

type Counting = { count: number; minor: number };
type CountingSums = { readonly [kind in StatementRowKind]: Counting };

const noSums = (): CountingSums => ({
  payment: { count: 0, minor: 0 },
  refund: { count: 0, minor: 0 },
  revoked: { count: 0, minor: 0 },
  income: { count: 0, minor: 0 },
  expense: { count: 0, minor: 0 },
});

const mostFirstRows = 20;

/** Counts and sums of rows per currency, the days they span, and the first of them. */
export const newTally = () => {
  const byCurrency = new Map<Currency, CountingSums>();
  const firstRows: ReadRow[] = [];
  let rows = 0;
  let firstDay: string | undefined;
  let lastDay: string | undefined;
  return {
    add: (row: ReadRow, day: string): void => {
      const sums = byCurrency.get(row.currency) ?? noSums();
      byCurrency.set(row.currency, sums);
      const sum = sums[row.kind];
      sum.count++;
      sum.minor += row.minor;
      rows++;
      if (rows <= mostFirstRows) firstRows.push(row);
      if (firstDay === undefined || day < firstDay) firstDay = day;
      if (lastDay === undefined || day > lastDay) lastDay = day;
    },
    rows: (): number => rows,
    firstRows: (): readonly ReadRow[] => firstRows,
    sums: (): readonly CurrencySums[] =>
      Array.from(byCurrency, ([currency, { payment, refund, ...others }]) => ({
        currency,
        payments: { ...payment },
        refunds: { ...refund },
        ...others,
      })),
    /** Days as the channel writes them, of rows whose time was read. */
    firstDay: () => firstDay as BusinessDate | undefined,
    lastDay: () => lastDay as BusinessDate | undefined,
  };
};
