/** Line ends, control characters and the leading 0 of a UPC-A told as EAN-13 make no difference. */
const normalise = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/(?!\n)\p{Cc}/gu, "")
    .replace(/^0(?=\d{12}$)/, "")
    .trim();

/** How many texts are right and how many are not; a right text read twice is one. */
export type Verdict = { readonly right: boolean; readonly wrong: number };

/** Whatever is read where nothing may be read is wrong; `others` are texts that the picture holds besides. */
export const judge = (
  texts: readonly string[],
  expected: readonly string[] | null,
  others: readonly string[] = [],
): Verdict => {
  const known = new Set((expected ?? []).map(normalise));
  const possible = new Set(others.map(normalise));
  const read = [...new Set(texts.map(normalise))];
  const wrong = read.filter((text) => !known.has(text) && !possible.has(text)).length;
  return { right: read.some((text) => known.has(text)), wrong };
};
