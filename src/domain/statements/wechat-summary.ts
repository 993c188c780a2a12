import { parseDecimal, parseTotal } from "./amount-text.ts";
import { cleanCell, headerWords, splitCells } from "./delimited-text.ts";
import type { StatementTotal } from "./statement-row.ts";

const rowCount = "总交易单数";

/** Which column each sum of the last line adds up; fees are left out, they are rounded one by one. */
const columnOfTotal: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    应结订单总金额: "应结订单金额",
    退款总金额: "退款金额",
    充值券退款总金额: "充值券退款金额",
    订单总金额: "订单金额",
    申请退款总金额: "申请退款金额",
    总交易额: "总金额",
    总退款金额: "退款金额",
    总企业红包退款金额: "企业红包退款金额",
    总代金券或立减优惠退款金额: "代金券或立减优惠退款金额",
  }),
);

type ColumnSum = { readonly column: string; readonly at: number; all: number; revoked: number };

/** The last two lines of a WeChat bill, and the sums of the columns they speak about. */
export const newWechatSummary = (header: readonly string[]) => {
  const columns = new Set(columnOfTotal.values());
  const sums: readonly ColumnSum[] = header
    .map((column, at) => ({ column, at, all: 0, revoked: 0 }))
    .filter(({ column }) => columns.has(column));
  let rows = 0;
  let names: readonly string[] | undefined;
  let values: readonly (number | undefined)[] | undefined;

  /** The layout of REVOKED rows is unverified: sums with and without them are both taken for right. */
  const totalOf = (name: string, declared: number | undefined): StatementTotal | undefined => {
    if (name === rowCount) return { name, declared, read: rows };
    const column = columnOfTotal.get(name);
    if (column === undefined) return undefined;
    const sum = sums.find((candidate) => candidate.column === column) ?? { all: 0, revoked: 0 };
    const without = sum.all - sum.revoked;
    return { name, declared, read: declared === without ? without : sum.all };
  };

  return {
    /** Whether this is the line of names, after which no row may follow. */
    begins: (line: string): boolean => {
      if (names !== undefined || !/^[\s"`]*总交易单数/.test(line)) return false;
      names = headerWords(line);
      return true;
    },
    isOpen: (): boolean => names !== undefined,
    /** Whether this is the line of values. */
    takes: (line: string): boolean => {
      if (names === undefined || values !== undefined) return false;
      const cells = splitCells(line);
      values = names.map((name, index) =>
        parseTotal(cleanCell(cells[index] ?? ""), name === rowCount ? 0 : 2),
      );
      return true;
    },
    count: (cells: readonly string[], revoked: boolean): void => {
      rows++;
      for (const sum of sums) {
        const hundredths = parseDecimal(cleanCell(cells[sum.at] ?? ""), 2) ?? 0;
        sum.all += hundredths;
        if (revoked) sum.revoked += hundredths;
      }
    },
    /** Undefined while a value is missing: no summary, or one that was cut. */
    totals: (): readonly StatementTotal[] | undefined => {
      const totals = (names ?? [])
        .map((name, index) => totalOf(name, values?.[index]))
        .filter((total) => total !== undefined);
      return totals.length > 0 && totals.every((total) => total.declared !== undefined)
        ? totals
        : undefined;
    },
  };
};
