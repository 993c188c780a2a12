import { crcOfEmv } from "./crc16.ts";
import type { EmvField, MerchantCode } from "./scanned-code.ts";

/** An EMV merchant-presented code: fields whose lengths count characters, closed by a CRC (payments-cn.md §8). */
export const recogniseEmvMpm = (text: string): MerchantCode | undefined => {
  if (!text.startsWith("000201")) return undefined;
  const fields = /6304[0-9A-Fa-f]{4}$/.test(text) ? readFields(text) : undefined;
  if (fields === undefined)
    return { kind: "emv_mpm_damaged", text, reasons: ["prefix", "cut"], fields: [] };
  const crcFits = crcOfEmv(text.slice(0, -4)) === text.slice(-4).toUpperCase();
  const reasons = ["prefix", "closed_fields", crcFits ? "crc_fits" : "crc_differs"] as const;
  return { kind: "emv_mpm", text, reasons, fields };
};

/** The fields of a text, or undefined when the last one does not end where the text ends. */
const readFields = (text: string): readonly EmvField[] | undefined => {
  const characters = Array.from(text);
  const fields: EmvField[] = [];
  let at = 0;
  while (at < characters.length) {
    const head = characters.slice(at, at + 4).join("");
    if (!/^\d{4}$/.test(head)) return undefined;
    const end = at + 4 + Number(head.slice(2));
    if (end > characters.length) return undefined;
    fields.push({ id: head.slice(0, 2), value: characters.slice(at + 4, end).join("") });
    at = end;
  }
  return fields.at(-1)?.id === "63" ? fields : undefined;
};
