import type { PackedReason, StatementFault } from "./statement-row.ts";

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

const magics: readonly (readonly [readonly number[], PackedReason])[] = [
  [[0x50, 0x4b], "unsupported"],
  [[0x1f, 0x8b], "unsupported"],
  [[0xd0, 0xcf, 0x11, 0xe0], "xls"],
];

/** An archive within an archive, and the old spreadsheet, by their first bytes. */
export const recognisePacked = (bytes: Uint8Array): StatementFault | undefined => {
  const found = magics.find(([magic]) => magic.every((byte, at) => bytes[at] === byte));
  return found && { kind: "packed_file", reason: found[1], files: 0 };
};
