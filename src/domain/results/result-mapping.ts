import { fail, ok, type Result } from "../result.ts";
import type { StatementTable } from "../statements/mapped-table.ts";
import { mappingUnits, wordsIn } from "../statements/mapping.ts";
import { findWrongArrival, mappableMeanings, readStatus, type StatusWords } from "./status-word.ts";

/** What a column of a portal's result file may hold. */
export const resultRoles = [
  "refund",
  "channelRefund",
  "order",
  "transaction",
  "amount",
  "at",
  "status",
  "reason",
] as const;

export type ResultRole = (typeof resultRoles)[number];

/** How the result files of one acquirer are read. */
export type ResultMapping = {
  /** Fingerprint of the header line, as statements have it. */
  readonly header: string;
  readonly columns: { readonly [role in ResultRole]?: string };
  readonly unit: (typeof mappingUnits)[number];
  readonly words: StatusWords;
};

/** Words of headers, the surest first; a column is guessed once (upload-files.md §5). */
const guesses: readonly (readonly [ResultRole, RegExp])[] = [
  [
    "reason",
    /失败原因|拒绝原因|错误(?:信息|描述|原因|码)|失败(?:描述|说明)|refund_detail|reason|err/i,
  ],
  ["status", /退款状态|退货状态|退款结果|处理结果|refund_?status|状态|结果|status/i],
  ["refund", /商户退款(?:流水)?(?:单)?号|退款请求号|退款批次号|out_refund_no|out_request_no/i],
  ["channelRefund", /(?:微信|支付宝|银联|平台|渠道)退款(?:单)?号|refund_id/i],
  ["refund", /退款(?:流水|订)?(?:单)?号|退货(?:单)?号|refund.*no/i],
  ["amount", /退款金额|退货金额|refund.*(?:amount|fee)|金额|amount/i],
  [
    "order",
    /商户(?:系统)?(?:订)?单号|商家订单号|external_reference|out_trade|merchant.?order|订单(?:编)?号/i,
  ],
  [
    "transaction",
    /交易(?:单)?号|(?:微信|支付宝)(?:交易|订单)(?:单)?号|流水号|参考号|transaction|trade_no/i,
  ],
  ["at", /退款(?:完成|成功|到账|处理|入账)?时间|完成时间|到账时间|处理时间|success_time/i],
];

/** What the header's words suggest; a person sees it before anything counts. */
export const guessResultMapping = ({ words }: StatementTable): Omit<ResultMapping, "header"> => {
  const columns: { [role in ResultRole]?: string } = {};
  for (const [role, pattern] of guesses) {
    const taken = Object.values(columns);
    const word = words.find((one) => pattern.test(one) && !taken.includes(one));
    if (word !== undefined) columns[role] ??= word;
  }
  return { columns, unit: /分/.test(columns.amount ?? "") ? "fen" : "yuan", words: {} };
};

/** Why no result can be read in this way; undefined when one can. */
export type ResultMappingFault =
  | {
      readonly kind:
        | "no_result_number_column"
        | "no_result_amount_column"
        | "no_status_column"
        | "result_column_twice";
    }
  | { readonly kind: "acceptance_is_no_arrival"; readonly word: string };

export const findResultMappingFault = ({
  columns,
  words,
}: Omit<ResultMapping, "header">): ResultMappingFault | undefined => {
  const { refund, channelRefund, order, transaction, amount, status } = columns;
  if ([refund, channelRefund, order, transaction].every((column) => column === undefined))
    return { kind: "no_result_number_column" };
  if (amount === undefined) return { kind: "no_result_amount_column" };
  if (status === undefined) return { kind: "no_status_column" };
  const names = Object.values(columns);
  if (new Set(names).size !== names.length) return { kind: "result_column_twice" };
  const word = findWrongArrival(words);
  return word === undefined ? undefined : { kind: "acceptance_is_no_arrival", word };
};

/** Words under a status column that nobody has explained. */
export const unknownWords = (
  statuses: readonly string[],
  { columns, words }: Omit<ResultMapping, "header">,
): readonly string[] => {
  const about = { column: columns.status ?? "", words };
  const each = [...new Set(statuses)];
  return each.filter((one) => one !== "" && readStatus(one, about) === undefined);
};

/** Reads the form in which a person says which column is what and what the words mean. */
export const parseTypedResultMapping = (
  header: string,
  text: (name: string) => string,
): Result<ResultMapping, ResultMappingFault> => {
  const columns = Object.fromEntries(
    resultRoles.flatMap((role) => (text(role) === "" ? [] : [[role, text(role)]])),
  );
  const words = Object.fromEntries(
    mappableMeanings.flatMap((meaning) => {
      const typed = wordsIn(text(`${meaning}_words`));
      return typed.length === 0 ? [] : [[meaning, typed]];
    }),
  );
  const unit = mappingUnits.find((one) => one === text("unit")) ?? "yuan";
  const mapping: ResultMapping = { header, columns, unit, words };
  const fault = findResultMappingFault(mapping);
  return fault === undefined ? ok(mapping) : fail(fault);
};
