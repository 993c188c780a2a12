export type Bytes = Uint8Array<ArrayBuffer>;

/** Little-endian integers of 2 and 4 bytes. */
export const u16 = (...values: readonly number[]): Bytes =>
  Uint8Array.from(values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff]));

export const u32 = (...values: readonly number[]): Bytes =>
  Uint8Array.from(
    values.flatMap((value) => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff)),
  );

/** One after another. */
export const joinBytes = (parts: readonly Uint8Array[]): Bytes => {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** UTF-16, little-endian. */
export const utf16 = (text: string): Bytes => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), true);
  return new Uint8Array(view.buffer);
};
