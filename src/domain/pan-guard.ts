/** Where a card number stands in a text: first and one past the last character. */
export type CardNumber = { readonly start: number; readonly end: number };

const fewestDigits = 13;
const mostDigits = 19;

/** Groups of ASCII or full-width digits with at most two separators between them, 13 digits or more. */
const digitRun = /[\d０-９](?:[ \-–—.·/_\u00A0\u3000]{0,2}[\d０-９]){12,}/g;
const digitGroup = /[\d０-９]+/g;

/** Issuers' prefixes with the lengths they give out; keeps random order numbers out (R55, F84). */
const cards: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^62/, [16, 17, 18, 19]],
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^3(?:0[0-5]|095|6|[89])/, [14, 16, 17, 18, 19]],
  [/^(?:6011|64[4-9]|65)/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]],
  [/^9558/, [19]],
];

const plainDigits = (text: string): string => text.normalize("NFKC").replace(/\D/g, "");

const fitsLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits.charAt(digits.length - 1 - at));
    const weighed = at % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
};

const isCardNumber = (digits: string): boolean =>
  cards.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits)) &&
  fitsLuhn(digits);

/** Full card numbers typed or imported in free text, whatever stands between their digits. */
export const findCardNumbers = (text: string): readonly CardNumber[] =>
  text.length < fewestDigits
    ? []
    : Array.from(text.matchAll(digitRun)).flatMap((run) => findInRun(run[0], run.index));

/** The longest card number beginning at each group; a longer even grouping by four is an order number. */
const findInRun = (run: string, offset: number): readonly CardNumber[] => {
  const groups = Array.from(run.matchAll(digitGroup));
  const total = plainDigits(run).length;
  if (total > mostDigits + 4 && groups.every((group) => group[0].length <= 4)) return [];
  const plain = groups.map((group) => plainDigits(group[0]));
  const found: CardNumber[] = [];
  for (let first = 0; first < groups.length; first++) {
    const last = lastGroupOf(plain, first);
    const from = groups[first];
    const to = last === undefined ? undefined : groups[last];
    if (from === undefined || last === undefined || to === undefined) continue;
    found.push({ start: offset + from.index, end: offset + to.index + to[0].length });
    first = last;
  }
  return found;
};

const lastGroupOf = (groups: readonly string[], first: number): number | undefined => {
  let digits = "";
  let longest: number | undefined;
  for (let last = first; last < groups.length && digits.length < mostDigits; last++) {
    digits += groups[last] ?? "";
    if (digits.length >= fewestDigits && isCardNumber(digits)) longest = last;
  }
  return longest;
};

/** The text with every full card number cut to its first six and last four digits. */
export const maskCardNumbers = (text: string): string =>
  findCardNumbers(text).reduceRight(
    (masked, { start, end }) =>
      masked.slice(0, start) + maskDigits(masked.slice(start, end)) + masked.slice(end),
    text,
  );

const maskDigits = (number: string): string => {
  const last = plainDigits(number).length - 4;
  let at = 0;
  return number.replace(/[\d０-９]/g, (digit) => {
    at++;
    return at <= 6 || at > last ? digit : "*";
  });
};
