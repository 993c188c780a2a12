import type { StatementFault } from "./statement-row.ts";

/** Files that merchants pick by mistake or that this version cannot read yet, told apart by words of theirs. */
const marks: readonly (readonly [RegExp, StatementFault])[] = [
  [/^No Bill Exist|"code":"NO_STATEMENT_EXIST"/, { kind: "no_bill_that_day" }],
  [
    /微信支付账单明细|交易时间,交易类型,交易对方|交易分类,交易对方|导出交易类型/,
    { kind: "payer_bill" },
  ],
];

/** What a line before any known header gives away about its file. */
export const recogniseOtherFile = (line: string): StatementFault | undefined =>
  marks.find(([pattern]) => pattern.test(line))?.[1];

/** Zip and gzip by their first bytes; an xlsx is a zip. */
export const recognisePacked = (bytes: Uint8Array): StatementFault | undefined => {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { kind: "packed_file", format: "zip" };
  return bytes[0] === 0x1f && bytes[1] === 0x8b
    ? { kind: "packed_file", format: "gzip" }
    : undefined;
};
