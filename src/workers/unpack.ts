import { fail, ok, type Result } from "../domain/result.ts";
import type { PackedReason, StatementFault } from "../domain/statements/statement-row.ts";
import { isWorkbook, readSheet } from "./xlsx.ts";
import { checked, inflated, openEntry, readZip, type ZipEntry } from "./zip.ts";

/** A statement's own bytes, wherever they lay; its name may tell the day. */
export type Content = {
  readonly name: string;
  /** How many bytes come, as far as it is known before. */
  readonly size: number;
  readonly bytes: ReadableStream<Uint8Array>;
  /** Unpacked bytes are checked as they come: a stream that breaks off is a damaged file. */
  readonly packed: boolean;
  /** Of a sheet, which is no text in any encoding. */
  readonly encoding?: "xlsx";
};

const packedFault = (reason: PackedReason, files = 0) =>
  fail({ kind: "packed_file", reason, files } as const);

/** A file that is larger than what one import takes. */
export const tooLarge = (most: number) => fail({ kind: "too_large", unit: "bytes", most } as const);

/** Alipay lays a summary without rows beside its details, and macOS copies of the names. */
const isCandidate = ({ name }: ZipEntry): boolean =>
  !name.endsWith("/") && !name.startsWith("__MACOSX/") && !name.includes("汇总");

/** A sheet is unpacked whole into memory: what a file of lines may have is too much for it. */
const mostSheetBytes = 50 * 1024 * 1024;

const fromZip = async (file: File, most: number): Promise<Result<Content, StatementFault>> => {
  const entries = await readZip(file);
  if (entries === undefined) return packedFault("damaged");
  if (isWorkbook(entries)) return fromWorkbook(file, entries, Math.min(most, mostSheetBytes));
  const candidates = entries.filter(isCandidate);
  const [entry] = candidates;
  if (entry === undefined || candidates.length > 1) return packedFault("files", candidates.length);
  if (entry.size > most) return tooLarge(most);
  const content = await openEntry(file, entry);
  return content.ok
    ? ok({ name: entry.name, size: entry.size, bytes: content.value, packed: true })
    : packedFault(content.fault);
};

const fromWorkbook = async (
  file: File,
  entries: readonly ZipEntry[],
  most: number,
): Promise<Result<Content, StatementFault>> => {
  const sheet = await readSheet(file, entries, most);
  if (sheet.ok)
    return ok({
      name: file.name,
      size: entries.reduce((sum, { size }) => sum + size, 0),
      bytes: sheet.value,
      packed: true,
      encoding: "xlsx",
    });
  return sheet.fault === "too_large" ? tooLarge(most) : packedFault(sheet.fault);
};

/** A gzip ends with the size of what is inside (RFC 1952 §2.3.1); one that is longer breaks off there. */
const fromGzip = async (file: File, most: number): Promise<Result<Content, StatementFault>> => {
  const tail = new DataView(await file.slice(-4).arrayBuffer());
  const bytes = inflated(file.stream(), "gzip");
  if (bytes === undefined) return packedFault("unsupported");
  if (tail.byteLength < 4) return packedFault("damaged");
  const size = tail.getUint32(0, true);
  if (size > most) return tooLarge(most);
  return ok({ name: file.name, size, bytes: bytes.pipeThrough(checked(size)), packed: true });
};

/** Read whole, and code of its own that only such a file loads. */
const fromOldSheet = async (file: File, most: number): Promise<Result<Content, StatementFault>> => {
  const limit = Math.min(most, mostOldBytes);
  if (file.size > limit) return tooLarge(limit);
  const { readOldSheet } = await import("./xls.ts");
  const mostLetters = Math.min(most, mostSheetBytes);
  const sheet = readOldSheet(new Uint8Array(await file.arrayBuffer()), mostLetters);
  if (!sheet.ok)
    return sheet.fault === "too_large" ? tooLarge(mostLetters) : packedFault(sheet.fault);
  const bytes = new Blob(["\uFEFF", sheet.value]).stream();
  return ok({ name: file.name, size: file.size, bytes, packed: true, encoding: "xlsx" });
};

/** As much as the header of an old sheet has tables for: 109 of 128 sectors. */
const mostOldBytes = 7_143_424;

/** What is inside a zip or gzip, or the file itself; by its first bytes, never by its name. */
export const unpack = async (
  file: File,
  most: number,
): Promise<Result<Content, StatementFault>> => {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first === 0x50 && second === 0x4b) return fromZip(file, most);
  if (first === 0x1f && second === 0x8b) return fromGzip(file, most);
  if (first === 0xd0 && second === 0xcf) return fromOldSheet(file, most);
  return ok({ name: file.name, size: file.size, bytes: file.stream(), packed: false });
};
