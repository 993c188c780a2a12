/** Control, format (bidi, zero-width), surrogate and separator characters, and letters that show nothing. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/gu;

const mostGraphemes = 120;
/** No honest grapheme is longer; stacked marks are cut here. */
const mostUnits = 16;

/** Foreign text as it may be shown: hidden characters as escapes, cut at 120 graphemes (screens.md, X10). */
export const visibleText = (
  text: string,
  most = mostGraphemes,
): { readonly text: string; readonly cut: boolean } => {
  const shown = text
    .slice(0, most * mostUnits)
    .replace(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  let kept = "";
  let count = 0;
  for (const grapheme of graphemesOf(shown)) {
    if (count === most) return { text: kept, cut: true };
    kept += grapheme.slice(0, mostUnits);
    count++;
  }
  return { text: kept, cut: text.length > most * mostUnits };
};

/** Made once: building it takes longer than using it. Browsers without a segmenter cut at code points. */
const segmenter =
  "Segmenter" in Intl ? new Intl.Segmenter("und", { granularity: "grapheme" }) : undefined;

function* graphemesOf(text: string): Iterable<string> {
  if (segmenter === undefined) return yield* text;
  for (const part of segmenter.segment(text)) yield part.segment;
}
