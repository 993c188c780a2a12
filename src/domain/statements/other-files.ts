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

/** Many a portal calls a table of a web page `.xls`. */
const isMarkup = (bytes: Uint8Array): boolean =>
  /^[^\0-~]{0,3}\s*<[!?a-z]/i.test(new TextDecoder("latin1").decode(bytes.subarray(0, 64)));

/** An archive within an archive, an old spreadsheet in one, and a web page, by their first bytes. */
export const recognisePacked = (bytes: Uint8Array): StatementFault | undefined => {
  const found = magics.find(([magic]) => magic.every((byte, at) => bytes[at] === byte));
  const reason = found?.[1] ?? (isMarkup(bytes) ? "xls" : undefined);
  return reason && { kind: "packed_file", reason, files: 0 };
};
