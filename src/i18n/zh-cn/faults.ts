/** Fault kinds as the merchant reads them: what happened, why, what next; at most 40 characters. */
export const faults = {
  "fault.amount_empty": "请输入 0.01 以上的金额",
  "fault.amount_not_a_number": "金额只能是数字，例如 36 或 36.50",
  "fault.amount_too_many_decimals": "最多 {decimals} 位小数",
  "fault.amount_too_large": "金额太大，请检查有没有多打几位",
  "fault.bad_time": "时间不对，请写成 2026-11-22 14:02",
  "fault.bad_date": "日期不对，请写成 2026-11-22",
  "fault.unexpected": "出了点问题，填写的内容还在，请重试",
} as const;
