/** Longest text of a record, UTF-16 units (refundlog.md §3). */
export const longestText = 500;

/** Text as records take it: half characters replaced, control characters but line breaks dropped, outer space trimmed. */
export const cleanText = (text: string): string =>
  text
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    // oxlint-disable-next-line no-control-regex -- these are the characters that are meant
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, "")
    .trim();

/** Cleaned and cut between characters to so many UTF-16 units. */
export const cutText = (text: string, most: number): string => {
  let cut = "";
  for (const character of cleanText(text)) {
    if (cut.length + character.length > most) break;
    cut += character;
  }
  return cut.trimEnd();
};
