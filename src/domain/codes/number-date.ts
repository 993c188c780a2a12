import { parseBusinessDate, type BusinessDate } from "../instant.ts";

/** The day written as yyyyMMdd or yyMMdd at this place of a number, if the calendar has it and the century is ours. */
export const dateAt = (text: string, start: number, length: 6 | 8): BusinessDate | undefined => {
  const digits = text.slice(start, start + length);
  if (digits.length !== length || !/^\d+$/.test(digits)) return undefined;
  const full = length === 6 ? `20${digits}` : digits;
  if (!full.startsWith("20")) return undefined;
  const date = parseBusinessDate(`${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6, 8)}`);
  return date.ok ? date.value : undefined;
};
