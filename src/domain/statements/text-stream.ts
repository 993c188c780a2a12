export type TextStream = {
  /** The text of these bytes, or nothing while the encoding is still being found out. */
  readonly push: (bytes: Uint8Array) => string;
  readonly finish: () => string;
  readonly encoding: () => "utf-8" | "gb18030";
};

/**
 * Enough to hold the header line of every statement, which is Chinese: GBK bytes are never UTF-8 there.
 * What has none yet is UnionPay's file, whose Chinese is GBK and may come late.
 */
const sniffLength = 4096;

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

const join = (parts: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
};

/** Decodes a file piece by piece: strict UTF-8 at its start, else GB18030; damage further on shows as U+FFFD. */
export const openTextStream = (): TextStream => {
  const held: Uint8Array[] = [];
  let heldLength = 0;
  let encoding: "utf-8" | "gb18030" = "utf-8";
  let decoder: TextDecoder | undefined;
  const begin = (): string => {
    const start = join(held);
    encoding = isUtf8(start) && !isAscii(start) ? "utf-8" : "gb18030";
    decoder = new TextDecoder(encoding);
    return decoder.decode(start, { stream: true });
  };
  return {
    push: (bytes) => {
      if (decoder !== undefined) return decoder.decode(bytes, { stream: true });
      held.push(bytes);
      heldLength += bytes.length;
      return heldLength < sniffLength ? "" : begin();
    },
    finish: () => (decoder === undefined ? begin() : "") + (decoder?.decode() ?? ""),
    encoding: () => encoding,
  };
};
