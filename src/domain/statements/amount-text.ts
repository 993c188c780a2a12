/** Largest amount of one row, so that no sum of a whole file can leave the safe integers. */
const mostMinor = 10_000_000_000;

/** `12.50` by its character codes: nearly every cell of a big file is written so. Undefined for anything else. */
const parsePlain = (text: string, decimals: number): number | undefined => {
  const point = text.length - decimals - 1;
  if (point < 1 || text.length > 12 || text.charAt(point) !== ".") return undefined;
  let units = 0;
  for (let at = 0; at < text.length; at++) {
    if (at === point) continue;
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    units = units * 10 + digit;
  }
  return units;
};

/**
 * A written amount in units of 10^-decimals, by its digits alone: `-1,234.5` is -123450.
 * Digits beyond the decimals must be zeros; anything else is undefined.
 */
export const parseDecimal = (
  text: string,
  decimals: number,
  most = mostMinor,
): number | undefined => {
  const plain = parsePlain(text, decimals);
  if (plain !== undefined) return plain > most ? undefined : plain;
  const match = /^([+-]?)[¥￥]?(\d[\d,]{0,19})(?:\.(\d{0,20}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = ""] = match;
  if (/[^0]/.test(fraction.slice(decimals))) return undefined;
  const units = Number(
    whole.replaceAll(",", "") + fraction.slice(0, decimals).padEnd(decimals, "0"),
  );
  if (units > most) return undefined;
  return sign === "-" && units > 0 ? -units : units;
};

/** A sum of the file's own summary, in hundredths. */
export const parseTotal = (text: string, decimals = 2): number | undefined =>
  parseDecimal(text, decimals, Number.MAX_SAFE_INTEGER);
