import { parseRefundNumber } from "../refund-number.ts";
import type { NumberCode } from "./scanned-code.ts";

const sourcePrefixLength = 4;

/** Our own refund number, typed in either case, or behind the 4-character source prefix of 银商. */
export const recogniseRefundNumber = (text: string): NumberCode | undefined => {
  const typed = text.toUpperCase();
  if (isOurs(typed)) return { kind: "refund_number", text: typed, reasons: ["check_digit"] };
  const behind = typed.slice(sourcePrefixLength);
  return isOurs(behind)
    ? {
        kind: "refund_number",
        text: behind,
        reasons: ["check_digit", "prefix"],
        sourcePrefix: typed.slice(0, sourcePrefixLength),
      }
    : undefined;
};

/** A letter first: no channel's number and no payment code begins so. */
const isOurs = (text: string): boolean => /^[A-Z]/.test(text) && parseRefundNumber(text).ok;
