import { confusableKey } from "../codes/number-key.ts";

const mix = (text: string, seed: number): readonly [number, number] => {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return [high >>> 0, low >>> 0];
};

/** 32 bits of a number in the one spelling of `confusableKey`; a hit is a hint, compare the number itself. */
export const numberHash = (number: string): number => mix(confusableKey(number), 0)[0];

/** 53 bits of a text, exact in a Float64Array. */
export const identityHash = (text: string): number => {
  const [high, low] = mix(text, 1);
  return (high & 0x1fffff) * 2 ** 32 + low;
};
