import { exponentOf } from "../../../domain/currency.ts";
import { money } from "../../../domain/money.ts";
import type { StatementSummary, StatementTotal } from "../../../domain/statements/statement-row.ts";
import type { Format } from "../../format.ts";

/** A number of the file's own summary and ours, written out. */
export type WrittenTotal = {
  readonly name: string;
  readonly declared: string;
  readonly read: string;
  readonly same: boolean;
};

/** The files name their counts 笔数 or 单数; everything else is a sum in hundredths. */
const isCount = (name: string): boolean => name.endsWith("数");

const writeSum = (hundredths: number, summary: StatementSummary, format: Format): string => {
  const [only, ...others] = summary.sums;
  return only === undefined || others.length > 0 || exponentOf(only.currency) !== 2
    ? (hundredths / 100).toFixed(2)
    : format.money(money(hundredths, only.currency));
};

/** A sum in the file's only currency is written as money, in a mixed file as it stands there. */
export const writeTotal = (
  { name, declared, read }: StatementTotal,
  summary: StatementSummary,
  format: Format,
): WrittenTotal => {
  const write = (value: number): string =>
    isCount(name) ? format.number(value) : writeSum(value, summary, format);
  return {
    name,
    declared: declared === undefined ? "–" : write(declared),
    read: write(read),
    same: declared === read,
  };
};
