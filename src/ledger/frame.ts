import type { Bytes } from "./record.ts";

/** Frames of the safety copy: [u32 length][u32 CRC-32][bytes], little-endian (refundlog.md §7). */

const headerSize = 8;

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of IEEE 802.3, as zip and gzip use it. */
export const crc32 = (bytes: Uint8Array): number => {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 255] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
};

/** One frame around the bytes of a record's line, which are never empty. */
export const writeFrame = (bytes: Uint8Array): Bytes => {
  if (bytes.length === 0) throw new Error("an empty frame would look like a torn tail of zeros");
  const frame = new Uint8Array(headerSize + bytes.length);
  const header = new DataView(frame.buffer);
  header.setUint32(0, bytes.length, true);
  header.setUint32(4, crc32(bytes), true);
  frame.set(bytes, headerSize);
  return frame;
};

/** The frames up to the first that is torn or damaged, and the offset at which that one begins. */
export type Frames = {
  readonly frames: readonly Bytes[];
  /** Undefined when every byte belongs to a good frame. */
  readonly badAt: number | undefined;
};

const frameAt = (bytes: Bytes, offset: number): Bytes | undefined => {
  if (offset + headerSize > bytes.length) return undefined;
  const header = new DataView(bytes.buffer, bytes.byteOffset + offset, headerSize);
  const length = header.getUint32(0, true);
  const start = offset + headerSize;
  if (length === 0 || start + length > bytes.length) return undefined;
  const content = bytes.subarray(start, start + length);
  return crc32(content) === header.getUint32(4, true) ? content : undefined;
};

/** Reads a safety copy; a tail that a power cut tore is found, never taken for records. */
export const readFrames = (bytes: Bytes): Frames => {
  const frames: Bytes[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const content = frameAt(bytes, offset);
    if (content === undefined) return { frames, badAt: offset };
    frames.push(content);
    offset += headerSize + content.length;
  }
  return { frames, badAt: undefined };
};
