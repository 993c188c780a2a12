import { crcOfInvoice } from "./crc16.ts";
import type { MerchantCode } from "./scanned-code.ts";

/** An invoice code; its CRC is a soft sign only, public samples break it (payments-cn.md §1.7). */
export const recogniseInvoice = (text: string): MerchantCode | undefined => {
  if (!/^01,(?:01|04|10|31|32),/.test(text)) return undefined;
  const [, type = "", code = "", number = "", amount = "", date = "", checkCode = "", crc = ""] =
    text.split(",", 9);
  const before = text.split(",", 7).join(",");
  const digital = type === "31" || type === "32";
  const crcFits = crcOfInvoice(digital ? `${before},` : before) === crc.toUpperCase();
  return {
    kind: "invoice_qr",
    text,
    reasons: ["prefix", crcFits ? "crc_fits" : "crc_differs"],
    invoice: { type, code, number, amount, date, checkCode, crc },
  };
};
