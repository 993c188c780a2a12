const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;
const outer = /[\s\p{Cc}\p{Cf}]/u;

/** Removes white space, controls and zero-width characters around a text, without touching what is inside. */
export const trimOuter = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && outer.test(text.charAt(start))) start++;
  while (end > start && outer.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
};

/** The text that the rules see: NFKC, nothing invisible, digits without their grouping (payments-cn.md §1.1). */
export const normaliseText = (text: string): string => {
  const plain = trimOuter(text.replace(invisible, "").normalize("NFKC"));
  return /^\d+(?:[ -]\d+)+$/.test(plain) ? plain.replace(/[ -]/g, "") : plain;
};
