import { confusableKey } from "../codes/number-key.ts";

const leftOut = 0;

const plainCode = (code: number): number => {
  const key = confusableKey(String.fromCharCode(code));
  return key === "" ? leftOut : key.charCodeAt(0);
};

/** The one spelling of each ASCII character: looked up, as every number of a big file passes here. */
const plainCodes = Uint8Array.from({ length: 128 }, (_, code) => plainCode(code));

/** 32 bits of a number in the one spelling of `confusableKey`; a hit is a hint, compare the number itself. */
export const numberHash = (number: string): number => {
  let hash = 0x41c6ce57;
  for (let at = 0; at < number.length; at++) {
    const code = number.charCodeAt(at);
    if (code > 127) return plainHash(confusableKey(number));
    const plain = plainCodes[code] ?? leftOut;
    if (plain !== leftOut) hash = Math.imul(hash ^ plain, 0x5f356495);
  }
  return mixed(hash);
};

const plainHash = (text: string): number => {
  let hash = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x5f356495);
  return mixed(hash);
};

const mixed = (hash: number): number => {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return (whole ^ (whole >>> 16)) >>> 0;
};

/** How many characters from the end of a number its ending tells apart. */
const endingLength = 6;
const base = 36;

const digitOf = (code: number): number => (code >= 65 ? code - 55 : code - 48 + 2 * base) % base;

/** The last characters of a number as one, the very last counting most, so that an ending is a range of them. */
const endingCode = (number: string): { readonly code: number; readonly length: number } => {
  let code = 0;
  let length = 0;
  for (let at = number.length - 1; at >= 0 && length < endingLength; at--) {
    const unit = number.charCodeAt(at);
    if (unit > 127) return endingCode(confusableKey(number).replace(/[^ -~]/g, "?"));
    const plain = plainCodes[unit] ?? leftOut;
    if (plain === leftOut) continue;
    code = code * base + digitOf(plain);
    length++;
  }
  return { code: code * base ** (endingLength - length), length };
};

/** Where a number stands among all endings. */
export const endingOf = (number: string): number => endingCode(number).code;

/** From and up to which endings begin with these last characters; longer ones are compared with the number itself. */
export const endingsWith = (tail: string): readonly [from: number, below: number] => {
  const { code, length } = endingCode(tail);
  return [code, code + base ** (endingLength - length)];
};

/** 53 bits of the text that some texts make together, exact in a Float64Array. */
export const identityHash = (...texts: readonly string[]): number => {
  let high = 0xdeadbeef ^ 1;
  let low = 0x41c6ce57 ^ 1;
  for (const text of texts) {
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      high = Math.imul(high ^ unit, 0x9e3779b1);
      low = Math.imul(low ^ unit, 0x5f356495);
    }
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return ((high >>> 0) & 0x1fffff) * 2 ** 32 + (low >>> 0);
};
