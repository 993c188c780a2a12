/** An element of a part's XML: the text of its tag and what stands inside. */
export type Element = { readonly tag: string; readonly inner: string };

const endOfName = /[\s/>]/;

/** The elements of one name that do not lie in each other, in their order, in one pass; an unclosed one ends the list. */
export const elementsIn = (xml: string, name: string): readonly Element[] => {
  const found: Element[] = [];
  const open = `<${name}`;
  const close = `</${name}>`;
  let at = xml.indexOf(open);
  while (at !== -1) {
    const tagEnd = xml.indexOf(">", at);
    if (tagEnd === -1) return found;
    const tag = xml.slice(at + open.length, tagEnd);
    let end = tagEnd + 1;
    if (endOfName.test(xml.charAt(at + open.length))) {
      const closed = tag.endsWith("/") ? tagEnd : xml.indexOf(close, tagEnd);
      if (closed === -1) return found;
      found.push({ tag, inner: xml.slice(end, Math.max(end, closed)) });
      end = closed === tagEnd ? end : closed + close.length;
    }
    at = xml.indexOf(open, end);
  }
  return found;
};

/** Reads one attribute of a tag; its name may carry a prefix. */
export const attribute = (name: string): ((element: Element) => string | undefined) => {
  const written = new RegExp(`\\s(?:\\w+:)?${name}=(["'])(.*?)\\1`);
  return ({ tag }) => written.exec(tag)?.[2];
};

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

const characterOf = (code: number, written: string): string =>
  code <= 0x10ffff ? String.fromCodePoint(code) : written;

/** Text with its entities read, and the `_x000D_` that spreadsheets write for control characters. */
export const readText = (text: string): string =>
  text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (written, decimal, hex, name) => {
      if (decimal !== undefined) return characterOf(Number(decimal), written);
      if (hex !== undefined) return characterOf(Number.parseInt(hex, 16), written);
      return named[name] ?? written;
    })
    .replace(/_x([0-9A-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The texts of an item of shared strings or of an inline cell; phonetic readings stand behind them. */
export const textIn = (item: string): string => {
  const phonetic = item.indexOf("<rPh");
  const texts = elementsIn(phonetic === -1 ? item : item.slice(0, phonetic), "t");
  return texts.map(({ inner }) => readText(inner)).join("");
};
