import type { StatementTotal } from "./statement-row.ts";

const newSide = () => ({ count: 0, sum: 0 });

/** What the rows of a fund bill move in and out in hundredths, to compare with its own last lines. */
export const newFundSums = () => {
  const income = newSide();
  const expense = newSide();
  const read = (name: string): number => {
    if (name === "收入笔数") return income.count;
    if (name === "收入金额") return income.sum;
    if (name === "支出笔数") return expense.count;
    return name === "支出金额" ? expense.sum : income.count + expense.count;
  };
  return {
    count: (direction: "income" | "expense", hundredths: number): void => {
      const side = direction === "income" ? income : expense;
      side.count++;
      side.sum += hundredths;
    },
    /** Undefined while a number is missing: no last lines, or some that were cut. */
    totals: (
      declared: readonly (readonly [name: string, value: number | undefined])[],
    ): readonly StatementTotal[] | undefined =>
      declared.length > 0 && declared.every(([, value]) => value !== undefined)
        ? declared.map(([name, value]) => ({ name, declared: value, read: read(name) }))
        : undefined,
  };
};
