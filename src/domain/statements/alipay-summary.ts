import { parseTotal } from "./amount-text.ts";
import type { StatementTotal } from "./statement-row.ts";

type Declared = { readonly count: number; readonly received: number };

const readTotal = (line: string, word: string): Declared | undefined => {
  if (!line.startsWith(`#${word}合计`)) return undefined;
  const match = /合计[:：](\d{1,9})笔[,，]商家实收(?:退款)?共(-?[\d.,]{1,20})元/.exec(line);
  const received = parseTotal(match?.[2] ?? "");
  return match === null || received === undefined
    ? undefined
    : { count: Number(match[1]), received: Math.abs(received) };
};

/** The `#…合计` lines after the rows, and what the rows add up to; refunds count without their sign. */
export const newAlipaySummary = () => {
  const payments = { count: 0, received: 0 };
  const refunds = { count: 0, received: 0 };
  let open = false;
  let declaredPayments: Declared | undefined;
  let declaredRefunds: Declared | undefined;
  return {
    /** Whether the end of the rows was seen. */
    isOpen: (): boolean => open,
    take: (line: string): void => {
      declaredPayments ??= readTotal(line, "交易");
      declaredRefunds ??= readTotal(line, "退款");
      open ||= line.includes("业务明细列表结束") || declaredPayments !== undefined;
    },
    count: (isRefund: boolean, received: number): void => {
      const sum = isRefund ? refunds : payments;
      sum.count++;
      sum.received += isRefund ? Math.abs(received) : received;
    },
    /** Undefined while a line is missing that the rows call for. */
    totals: (): readonly StatementTotal[] | undefined => {
      if (declaredPayments === undefined) return undefined;
      const traded = [
        { name: "交易笔数", declared: declaredPayments.count, read: payments.count },
        { name: "交易实收", declared: declaredPayments.received, read: payments.received },
      ];
      const differs = traded.some(({ declared, read }) => declared !== read);
      if (declaredRefunds === undefined) return differs || refunds.count === 0 ? traded : undefined;
      return [
        ...traded,
        { name: "退款笔数", declared: declaredRefunds.count, read: refunds.count },
        { name: "退款实收", declared: declaredRefunds.received, read: refunds.received },
      ];
    },
  };
};

export type AlipaySummary = ReturnType<typeof newAlipaySummary>;
