import type { TextFile } from "./export-format.ts";

type Encoding = TextFile["encoding"];

const gbkBytes = new Map<string, readonly [number, number]>();

/** The two-byte characters of GBK, read once out of the platform's own decoder. */
const gbkTable = (): ReadonlyMap<string, readonly [number, number]> => {
  if (gbkBytes.size > 0) return gbkBytes;
  const decoder = new TextDecoder("gbk");
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (trail !== 0x7f && /^[^\uE000-\uF8FF\uFFFD]$/u.test(character))
        if (!gbkBytes.has(character)) gbkBytes.set(character, [lead, trail]);
    }
  return gbkBytes;
};

const isAscii = (character: string): boolean => character < "\u0080";

const utf8 = new TextEncoder();

/** Bytes that one character takes; 0 when the encoding cannot say it. */
export const encodedLength = (character: string, encoding: Encoding): number => {
  if (isAscii(character)) return 1;
  if (encoding === "utf-8") return utf8.encode(character).length;
  return gbkTable().has(character) ? 2 : 0;
};

/** The bytes of a text; characters that GBK does not have are left out. */
export const encodeText = (text: string, encoding: Encoding): Uint8Array<ArrayBuffer> => {
  if (encoding === "utf-8") return utf8.encode(text);
  const table = gbkTable();
  return Uint8Array.from(
    Array.from(text).flatMap((character) =>
      isAscii(character) ? [character.charCodeAt(0)] : (table.get(character) ?? []),
    ),
  );
};
