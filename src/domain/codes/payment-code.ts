import type { PayerCode, PayerKind } from "./scanned-code.ts";

/** Shapes of payers' payment codes, recognised to be refused; those of e-CNY, Bestpay and Suning are unverified. */
const rules: readonly (readonly [PayerKind, RegExp])[] = [
  ["wechat_pay_code", /^1[0-5]\d{16}$/],
  ["alipay_pay_code", /^(?:2[5-9]|30)\d{14,22}$/],
  ["unionpay_pay_code", /^62\d{17}$/],
  ["ecny_pay_code", /^01\d{16,18}$/],
  ["bestpay_pay_code", /^51\d{16}$/],
  ["suning_pay_code", /^83\d{16}$/],
  ["emv_cpm", /^hQVDUFYwM[0-9A-Za-z+/]+={0,2}$/],
];

/** Every payer's code that a text could be; the results carry none of its digits. */
export const recognisePaymentCode = (text: string): readonly PayerCode[] =>
  rules
    .filter(([, pattern]) => pattern.test(text))
    .map(([kind]) => ({ kind, reasons: ["prefix", "length"] }));

/** All that may be shown of a payment code: `13…14`. */
export const showPaymentCode = (text: string): string => `${text.slice(0, 2)}…${text.slice(-2)}`;
