import { addDays, type BusinessDate, type Instant } from "../instant.ts";
import { acquirerNumbers } from "./acquirer-numbers.ts";
import { alipayNumbers } from "./alipay-numbers.ts";
import { recogniseEmvMpm } from "./emv-mpm.ts";
import { recogniseInvoice } from "./invoice.ts";
import { recogniseMerchantLink } from "./merchant-links.ts";
import { normaliseText, trimOuter } from "./normalise-text.ts";
import { applyRule } from "./number-rule.ts";
import { merchantOrderNumber, otherNumbers } from "./other-numbers.ts";
import { recogniseOwnCode } from "./own-codes.ts";
import { recognisePaymentCode, showPaymentCode } from "./payment-code.ts";
import { recogniseRefundNumber } from "./refund-number-code.ts";
import type { MerchantCode, NumberCode, ScannedCode } from "./scanned-code.ts";
import { wechatNumbers } from "./wechat-numbers.ts";

/** Merchant codes end the search, so they come first; then payers' codes, then numbers, best first. */
const merchantCodes: readonly ((text: string) => MerchantCode | undefined)[] = [
  recogniseEmvMpm,
  recogniseInvoice,
  recogniseMerchantLink,
];
const numberRules = [...wechatNumbers, ...alipayNumbers, ...acquirerNumbers, ...otherNumbers];

/** No code holds more: a QR code ends at 7,089 digits, a record with its disclosures stays below. */
const longestText = 20_000;

/** Says what a scanned or typed text may be (payments-cn.md §1); it never throws and never guesses silently. */
export const parseCode = (scanned: string, today: BusinessDate): ScannedCode => {
  if (scanned.length > longestText) return { kind: "unreadable" };
  const raw = trimOuter(scanned);
  const own = recogniseOwnCode(raw);
  if (own !== undefined) return { kind: "own", code: own };
  const text = normaliseText(scanned);
  const merchant = recogniseMerchantCode(raw) ?? recogniseMerchantCode(text);
  if (merchant !== undefined) return { kind: "merchant", code: merchant };
  return parseNumber(text, today);
};

/** Whether a text can only be a payer's payment code, which no record may hold; the day counts in UTC. */
export const isPaymentCode = (text: string, now: Instant): boolean =>
  parseCode(text, now.slice(0, 10) as BusinessDate).kind === "payment_code";

const recogniseMerchantCode = (text: string): MerchantCode | undefined => {
  for (const recognise of merchantCodes) {
    const code = recognise(text);
    if (code !== undefined) return code;
  }
  return undefined;
};

const parseNumber = (text: string, today: BusinessDate): ScannedCode => {
  const numbers = numbersOf(text);
  const payer = recognisePaymentCode(text);
  if (payer.length === 0)
    return numbers.length === 0 ? { kind: "unreadable" } : { kind: "number", text, numbers };
  const shown = showPaymentCode(text);
  const dated = numbers.filter((code) => isRecent(code.date, today)).map(withCollision);
  if (dated.length === 0) return { kind: "payment_code", shown, candidates: payer };
  return { kind: "ask", shown, candidates: payer.map(withCollision), numbers: dated };
};

const numbersOf = (text: string): readonly NumberCode[] => {
  const found = [
    recogniseRefundNumber(text),
    ...numberRules.map((rule) => applyRule(rule, text)),
  ].filter((code) => code !== undefined);
  if (found.some((code) => code.kind !== "refund_number")) return found;
  const fallback = applyRule(merchantOrderNumber, text);
  return fallback === undefined ? found : [...found, fallback];
};

/** Within three years back and one day ahead: a payment a clerk may still be asked about (payments-cn.md §1.1). */
const isRecent = (date: BusinessDate | undefined, today: BusinessDate): boolean => {
  if (date === undefined) return false;
  const oldest = `${String(Number(today.slice(0, 4)) - 3).padStart(4, "0")}${today.slice(4)}`;
  return date >= oldest && date <= addDays(today, 1);
};

const withCollision = <T extends { readonly reasons: readonly string[] }>(code: T): T => ({
  ...code,
  reasons: [...code.reasons, "collision"],
});
