import type { BusinessDate } from "../instant.ts";
import { dateAt } from "./number-date.ts";
import type { LinkKind, MerchantCode } from "./scanned-code.ts";

/** Links printed on plates, first match wins; `other_url` is any other link. */
const rules: readonly (readonly [LinkKind, RegExp])[] = [
  ["wechat_receive_code", /^wxp:\/\/f2f[\w=-]+$/i],
  ["wechat_native_code", /^weixin:\/\/wxpay\/bizpayurl/i],
  ["alipay_receive_code", /^https?:\/\/qr\.alipay\.com\//i],
  ["unionpay_qr", /^https?:\/\/qr\.95516\.com\/\d{8}\/\S+$/i],
  ["ums_bill_qr", /^https?:\/\/qr(?:-test\d?)?\.chinaums\.com\//i],
  ["upi_pay", /^upi:\/\/pay\?/i],
  ["other_url", /^[a-z][a-z0-9+.-]*:\/\//i],
];

/** A merchant's receiving code or another link; it never names a payment. */
export const recogniseMerchantLink = (text: string): MerchantCode | undefined => {
  const kind = rules.find(([, pattern]) => pattern.test(text))?.[0];
  if (kind === undefined) return undefined;
  return { kind, text, reasons: ["prefix"], ...factsOf(kind, text) };
};

type LinkFacts = {
  readonly institution?: string;
  readonly sourcePrefix?: string;
  readonly date?: BusinessDate;
};

const factsOf = (kind: LinkKind, text: string): LinkFacts => {
  if (kind === "unionpay_qr") return { institution: /\/(\d{8})\//.exec(text)?.[1] ?? "" };
  if (kind !== "ums_bill_qr") return {};
  const id = /[?&]id=(\w{10,64})/i.exec(text)?.[1] ?? "";
  const date = dateAt(id, 4, 6);
  return date === undefined ? {} : { sourcePrefix: id.slice(0, 4), date };
};
