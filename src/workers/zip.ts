import { fail, ok, type Result } from "../domain/result.ts";

/** One file of an archive, as its central directory tells. */
export type ZipEntry = {
  readonly name: string;
  readonly encrypted: boolean;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
};

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const entryBytes = 46;
const localBytes = 30;
const mostComment = 0xffff;
const mostEntries = 1000;
const usesUtf8 = 0x0800;
const encrypted = 0x0041;

const viewOf = async (file: Blob, start: number, end: number): Promise<DataView> =>
  new DataView(await file.slice(start, end).arrayBuffer());

type Directory = { readonly start: number; readonly end: number; readonly count: number };

/** The record at the end of the file; nothing may stand behind it but its own comment. */
const findEnd = (tail: DataView, fileSize: number): Directory | undefined => {
  for (let at = tail.byteLength - endBytes; at >= 0; at--) {
    if (tail.getUint32(at, true) !== endSignature) continue;
    if (at + endBytes + tail.getUint16(at + 20, true) !== tail.byteLength) continue;
    const count = tail.getUint16(at + 10, true);
    const size = tail.getUint32(at + 12, true);
    const start = tail.getUint32(at + 16, true);
    const whole = tail.getUint32(at + 4, true) === 0 && tail.getUint16(at + 8, true) === count;
    const end = fileSize - tail.byteLength + at;
    return whole && count <= mostEntries && start + size === end
      ? { start, end, count }
      : undefined;
  }
  return undefined;
};

const nameOf = (bytes: Uint8Array, flags: number): string =>
  new TextDecoder((flags & usesUtf8) === 0 ? "gb18030" : "utf-8").decode(bytes);

const readEntries = (view: DataView, { start, count }: Directory): ZipEntry[] | undefined => {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + entryBytes > view.byteLength || view.getUint32(at, true) !== entrySignature)
      return undefined;
    const flags = view.getUint16(at + 8, true);
    const nameLength = view.getUint16(at + 28, true);
    const next =
      at + entryBytes + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > view.byteLength) return undefined;
    const entry = {
      name: nameOf(new Uint8Array(view.buffer, at + entryBytes, nameLength), flags),
      encrypted: (flags & encrypted) !== 0,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    if (entry.offset + localBytes + entry.packed > start) return undefined;
    entries.push(entry);
    at = next;
  }
  return at === view.byteLength ? entries : undefined;
};

/** The files of a zip as its central directory lists them; undefined for anything that is not exactly one. */
export const readZip = async (file: Blob): Promise<readonly ZipEntry[] | undefined> => {
  const from = Math.max(0, file.size - endBytes - mostComment);
  const directory = findEnd(await viewOf(file, from, file.size), file.size);
  if (directory === undefined) return undefined;
  const view = await viewOf(file, directory.start, directory.end);
  return readEntries(view, directory);
};

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
});

/** Lets the bytes through and breaks off when they are more, fewer or, where their sum is told, others than promised. */
export const checked = (size: number, crc?: number): TransformStream<Uint8Array, Uint8Array> => {
  let read = 0;
  let sum = 0xffffffff;
  return new TransformStream({
    transform: (bytes, controller) => {
      read += bytes.length;
      if (read > size) throw new Error("longer than promised");
      if (crc !== undefined)
        for (const byte of bytes) sum = (sum >>> 8) ^ (crcTable[(sum ^ byte) & 0xff] ?? 0);
      controller.enqueue(bytes);
    },
    flush: () => {
      const isOther = crc !== undefined && (sum ^ 0xffffffff) >>> 0 !== crc;
      if (read !== size || isOther) throw new Error("damaged");
    },
  });
};

export type EntryFault = "encrypted" | "damaged" | "unsupported";

const startOf = async (file: Blob, { offset, method }: ZipEntry): Promise<number | undefined> => {
  const local = await viewOf(file, offset, offset + localBytes);
  return local.getUint32(0, true) === localSignature && local.getUint16(8, true) === method
    ? offset + localBytes + local.getUint16(26, true) + local.getUint16(28, true)
    : undefined;
};

/** The content of one file; the stream breaks off where it is not what the directory promises, a bomb at its promised size. */
export const openEntry = async (
  file: Blob,
  entry: ZipEntry,
): Promise<Result<ReadableStream<Uint8Array>, EntryFault>> => {
  if (entry.encrypted) return fail("encrypted");
  if (entry.method !== 0 && entry.method !== 8) return fail("unsupported");
  const start = await startOf(file, entry);
  if (start === undefined) return fail("damaged");
  const packed = file.slice(start, start + entry.packed).stream();
  const content = entry.method === 0 ? packed : inflated(packed, "deflate-raw");
  return content === undefined
    ? fail("unsupported")
    : ok(content.pipeThrough(checked(entry.size, entry.crc)));
};

/** Undefined in a browser that cannot. */
export const inflated = (
  packed: ReadableStream<Uint8Array<ArrayBuffer>>,
  format: CompressionFormat,
): ReadableStream<Uint8Array> | undefined => {
  try {
    return packed.pipeThrough(new DecompressionStream(format));
  } catch {
    return undefined;
  }
};
