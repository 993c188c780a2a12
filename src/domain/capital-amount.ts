import type { Money } from "./money.ts";

const digits = "零壹贰叁肆伍陆柒捌玖";
const places = ["", "拾", "佰", "仟"];
const groups = ["", "万", "亿", "万亿"];

/** Up to four digits: 1050 is 壹仟零伍拾. */
const writeGroup = (group: string): string => {
  const length = group.length;
  const written = Array.from(group, (digit, index) =>
    digit === "0" ? "零" : `${digits[Number(digit)]}${places[length - 1 - index]}`,
  ).join("");
  return written.replaceAll(/零+/g, "零").replace(/零$/, "");
};

const inFours = (yuan: string): readonly string[] => {
  const padded = yuan.padStart(Math.ceil(yuan.length / 4) * 4, "0");
  return padded.match(/\d{4}/g) ?? [];
};

const writeYuan = (yuan: string): string => {
  const fours = inFours(yuan);
  const written = fours.map((group, index) => {
    const text = writeGroup(group);
    return text === "" ? "零" : text + (groups[fours.length - 1 - index] ?? "");
  });
  return written
    .join("")
    .replaceAll(/零+/g, "零")
    .replaceAll(/^零|零$/g, "");
};

const writeCents = (jiao: string, fen: string, hasYuan: boolean): string => {
  if (jiao === "0" && fen === "0") return "整";
  const tenth = jiao === "0" ? (hasYuan ? "零" : "") : `${digits[Number(jiao)]}角`;
  return tenth + (fen === "0" ? "" : `${digits[Number(fen)]}分`);
};

/**
 * An amount of yuan in capitals, as Chinese vouchers want it: 1,409.50 is 壹仟肆佰零玖元伍角 (支付结算办法, annex 1).
 * Undefined for other currencies and for what is not above zero.
 */
export const capitalAmount = ({ minor, currency }: Money): string | undefined => {
  if (currency !== "CNY" || minor <= 0) return undefined;
  const text = String(minor).padStart(3, "0");
  const yuan = writeYuan(text.slice(0, -2));
  const cents = writeCents(text.at(-2) ?? "0", text.at(-1) ?? "0", yuan !== "");
  return (yuan === "" ? "" : `${yuan}元`) + cents;
};
