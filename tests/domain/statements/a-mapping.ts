import { headerMark, type StatementMapping } from "../../../src/domain/statements/mapping.ts";

/** The header of an acquirer's statement whose layout nobody knows. */
export const header = [
  "交易日期",
  "交易时间",
  "商户订单号",
  "参考号",
  "交易类型",
  "交易金额(元)",
  "状态",
  "支付方式",
  "备注",
];

/** What its columns are. */
export const columns = {
  day: "交易日期",
  clock: "交易时间",
  order: "商户订单号",
  transaction: "参考号",
  kind: "交易类型",
  amount: "交易金额(元)",
  status: "状态",
  channel: "支付方式",
} as const;

/** How it is read. */
export const mapping: StatementMapping = {
  header: headerMark(header),
  columns,
  unit: "yuan",
  direction: "column",
  words: { payment: ["消费"], refund: ["退货"], revoked: ["撤销"], done: ["成功"] },
};

/** A row of it. */
export const paid = [
  "2026-03-05",
  "10:20:30",
  "A0001",
  "ref000000001",
  "消费",
  "12.50",
  "成功",
  "微信",
  "",
];

/** The same row with another cell. */
export const withCell = (name: string, value: string): readonly string[] =>
  paid.map((cell, at) => (header[at] === name ? value : cell));
