import { fail, ok } from "../domain/result.ts";
import { openTextStream } from "../domain/statements/text-stream.ts";
import { unpack } from "../workers/unpack.ts";

const megabytes = 5;
const mostBytes = megabytes * 1024 * 1024;

const tooLarge = fail({ kind: "result_too_large", megabytes } as const);
const unreadable = fail({ kind: "file_unreadable" } as const);

/** A compound file: the old spreadsheets, which nobody here reads. */
const isOldSheet = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;

const linesOf = (bytes: Uint8Array): readonly string[] => {
  const stream = openTextStream();
  const text = stream.push(bytes) + stream.finish();
  return text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
};

const readLines = async (file: File) => {
  const content = await unpack(file, mostBytes);
  if (!content.ok) return content.fault.kind === "packed_file" ? fail(content.fault) : tooLarge;
  const inside = new Uint8Array(await new Response(content.value.bytes).arrayBuffer());
  return inside.length > mostBytes ? tooLarge : ok(linesOf(inside));
};

/** Takes the lines out of a result file: text in either encoding, a workbook, or one of them in an archive. */
export const readResultFile = async (file: File) => {
  if (file.size > mostBytes) return tooLarge;
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (isOldSheet(bytes)) return fail({ kind: "packed_file", reason: "xls", files: 0 } as const);
    const lines = await readLines(file);
    return lines.ok ? ok({ lines: lines.value, bytes }) : lines;
  } catch {
    return unreadable;
  }
};
