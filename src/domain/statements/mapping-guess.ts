import type { StatementTable } from "./mapped-table.ts";
import type { ColumnRole, StatementMapping } from "./mapping.ts";

/** Words of headers, the surest first (payments-cn.md §4.7); a column is guessed once. */
const guesses: readonly (readonly [ColumnRole, RegExp])[] = [
  ["original", /^原(?:交易|订单|商户|支付|流水|参考).*号|^orig/i],
  ["refund", /(?:商户)?退(?:款|货)(?:订)?单号|退款请求号|refund.*(?:no|id)$/i],
  ["amount", /^(?:交易|订单|支付|消费|应收|原)?金额|^(?:trade|order|trans\w*)?[ _]?amount/i],
  ["day", /^(?:交易|支付|付款|完成|创建)(?:日期|日期时间)|^日期|date/i],
  ["clock", /^(?:交易|支付|付款|完成|创建)?时间|time/i],
  ["order", /商户(?:系统)?(?:订)?单号|商家订单号|外部订单|out.?trade|merchant.?order/i],
  [
    "transaction",
    /参考号|流水号|交易(?:单|订单)?号|平台(?:订)?单号|^订单(?:编)?号|trans\w*.?(?:no|id)/i,
  ],
  ["order", /订单(?:编)?号|order/i],
  ["kind", /交易类型|业务类型|交易类别|^类型|type/i],
  ["status", /状态|交易结果|status/i],
  ["channel", /支付(?:方式|渠道|类型|通道)|付款方式|渠道|钱包|channel/i],
  ["merchant", /商户(?:编)?(?:号|代码)|^mid$/i],
  ["terminal", /终端(?:编)?(?:号|代码)|^tid$/i],
  ["name", /商品/],
];

const guessColumns = (words: readonly string[]): StatementMapping["columns"] => {
  const columns: { [role in ColumnRole]?: string } = {};
  for (const [role, pattern] of guesses) {
    const taken = Object.values(columns);
    const word = words.find((one) => pattern.test(one) && !taken.includes(one));
    if (word !== undefined) columns[role] ??= word;
  }
  const { clock, ...others } = columns;
  return others.day === undefined && clock !== undefined ? { ...others, day: clock } : columns;
};

/** The different words of a column in the first rows, at most a dozen. */
const wordsUnder = (table: StatementTable, column: string | undefined): readonly string[] => {
  const at = column === undefined ? -1 : table.words.indexOf(column);
  const words = new Set(table.rows.map((cells) => cells[at] ?? ""));
  words.delete("");
  return [...words].slice(0, 12);
};

const refundWord = /退/;
const voidWord = /撤销|撤|冲正|void|revers/i;
const paymentWord = /消费|支付|收款|付款|交易|完成|sale|pay|purchase/i;
const doneWord =
  /^(?!.*(?:未|不|失败|关闭|中$)).*(?:成功|完成|已支付|已付款|已退款|已收款|success|succ|paid|done|^0{1,6}$)/i;

/** What the words of the kind and the status column seem to say. */
export const guessWords = (
  table: StatementTable,
  { kind, status }: StatementMapping["columns"],
): StatementMapping["words"] => {
  const kinds = wordsUnder(table, kind);
  const voids = kinds.filter((word) => voidWord.test(word));
  const refunds = kinds.filter(
    (word) => (refundWord.test(word) && !voids.includes(word)) || /refund/i.test(word),
  );
  return {
    revoked: voids,
    refund: refunds,
    payment: kinds.filter(
      (word) => paymentWord.test(word) && !voids.includes(word) && !refunds.includes(word),
    ),
    done: wordsUnder(table, status).filter((word) => doneWord.test(word)),
  };
};

/** What the header's words and the first rows suggest; a person corrects it. */
export const guessMapping = (table: StatementTable): Omit<StatementMapping, "header"> => {
  const columns = guessColumns(table.words);
  const at = columns.amount === undefined ? -1 : table.words.indexOf(columns.amount);
  const amounts = table.rows.map((cells) => cells[at] ?? "").filter((cell) => /\d/.test(cell));
  const hasSign = amounts.some((cell) => cell.startsWith("-"));
  return {
    columns,
    unit: /分/.test(columns.amount ?? "") ? "fen" : "yuan",
    direction: columns.kind === undefined ? (hasSign ? "sign" : "payments") : "column",
    words: guessWords(table, columns),
  };
};
