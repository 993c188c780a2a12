/** Spaces, line breaks and punctuation hide nothing: 概 不 退 换. */
const bare = (text: string): string => text.normalize("NFKC").replace(/[\s\p{P}\p{S}]/gu, "");

const chinese: readonly RegExp[] = [
  /(?:概|一律|恕|绝|坚决|任何(?:情况|理由|原因|条件)下?[都均也]?)不(?:予以?|给予?|可以?|能|得|接受|办理|支持|同意)?(?:任何)?(?:退|换)/u,
  /不退不换/u,
  /(?:售出|卖出|离柜|离店|出门|出店)(?:之?后)?[概恕均都]?不(?:予|给|可以?|能|得|接受)?(?:退|换|负责|认)/u,
  /(?:概|一律)不负责/u,
  /最终解释权/u,
];

const limited = String.raw`(?! (?:after|later|without|unless|beyond|past|for|on|if)\b)`;

const english: readonly RegExp[] = [
  /\bno (?:refunds?|returns?|exchanges?)(?:,? (?:or |and |nor |no )*(?:refunds?|returns?|exchanges?))* (?:under|in|for) any (?:circumstances?|case|event|reasons?)\b/,
  /\b(?:under no circumstances|in no (?:case|event))\b.{0,40}\b(?:refund|return|exchange)/,
  /\bno refunds? (?:whatsoever|at all|ever)\b/,
  /\b(?:never|(?:do|will) not ever) (?:give |offer |make )?(?:refunds?|returns?|exchanges?)\b/,
  new RegExp(
    String.raw`\bno (?:refunds?|returns?|exchanges?),? (?:or |and |nor |no )+(?:refunds?|returns?|exchanges?)\b${limited}`,
  ),
  new RegExp(String.raw`\ball sales (?:are )?(?:strictly |always )?final\b${limited}`),
];

const firstMatch = (text: string, patterns: readonly RegExp[]): string | undefined => {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * Words that take from customers what the law gives them, and are void wherever a shop writes them: 概不退换
 * (消费者权益保护法 Art. 24, 25, 26).
 */
export const findVoidWording = (text: {
  readonly zh: string;
  readonly en: string;
}): string | undefined => {
  const both = `${text.zh}\n${text.en}`;
  const words = both
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, " ");
  return firstMatch(bare(both), chinese) ?? firstMatch(words, english);
};
