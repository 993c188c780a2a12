import type { LayoutName } from "./statement-row.ts";

/** Places of the columns by every name they had (payments-cn.md §4.2); -1 where a bill has none. */
export const columnsOf = (header: readonly string[]) => {
  const at = (...names: readonly string[]): number =>
    header.findIndex((word) => names.includes(word));
  const asked = at("申请退款金额");
  return {
    time: at("交易时间"),
    applied: at("退款申请时间"),
    merchant: at("商户号"),
    subMerchant: at("特约商户号", "子商户号"),
    device: at("设备号"),
    transaction: at("微信订单号"),
    order: at("商户订单号"),
    state: at("交易状态"),
    currency: at("货币种类"),
    amount: at("订单金额", "总金额"),
    coupon: at("代金券金额", "企业红包金额", "代金券或立减优惠金额"),
    channelRefund: at("微信退款单号"),
    refund: at("商户退款单号"),
    asked: asked === -1 ? at("退款金额") : asked,
    refundState: at("退款状态"),
    name: at("商品名称"),
    fee: at("手续费"),
  };
};

/** Where a bill holds what. */
export type Columns = ReturnType<typeof columnsOf>;

const needed: readonly (readonly [keyof Columns, string])[] = [
  ["merchant", "商户号"],
  ["transaction", "微信订单号"],
  ["order", "商户订单号"],
  ["state", "交易状态"],
  ["currency", "货币种类"],
  ["amount", "订单金额"],
];

/** Names of the columns without which a row says nothing. */
export const missingColumns = (columns: Columns): readonly string[] =>
  needed.filter(([key]) => columns[key] === -1).map(([, name]) => name);

/** Which of WeChat's bills this is, by the columns it has. */
export const layoutName = (header: readonly string[], columns: Columns): LayoutName => {
  const legacy = header.includes("总金额") ? "_legacy" : "";
  if (columns.applied !== -1) return `wechat_refund${legacy}`;
  return columns.refund === -1 ? `wechat_success${legacy}` : `wechat_all${legacy}`;
};
