import { fail, ok } from "../domain/result.ts";
import { recognisePacked } from "../domain/statements/other-files.ts";
import { openTextStream } from "../domain/statements/text-stream.ts";
import { unpack } from "./unpack.ts";

const megabytes = 5;
const mostBytes = megabytes * 1024 * 1024;

const tooLarge = fail({ kind: "result_too_large", megabytes } as const);
const unreadable = fail({ kind: "file_unreadable" } as const);

const linesOf = (bytes: Uint8Array): readonly string[] => {
  const stream = openTextStream();
  const text = stream.push(bytes) + stream.finish();
  return text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
};

const readLines = async (file: File) => {
  const content = await unpack(file, mostBytes);
  if (!content.ok) return content.fault.kind === "packed_file" ? fail(content.fault) : tooLarge;
  const inside = new Uint8Array(await new Response(content.value.bytes).arrayBuffer());
  if (inside.length > mostBytes) return tooLarge;
  const packed = recognisePacked(inside);
  return packed?.kind === "packed_file" ? fail(packed) : ok(linesOf(inside));
};

export type ResultRequest = { readonly kind: "result"; readonly file: File };

export type ResultAnswer = Awaited<ReturnType<typeof readResultFile>>;

/** Takes the lines out of a result file: text in either encoding, a workbook of either kind, or one of them in an archive. */
export const readResultFile = async (file: File) => {
  if (file.size > mostBytes) return tooLarge;
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const lines = await readLines(file);
    return lines.ok ? ok({ lines: lines.value, bytes }) : lines;
  } catch {
    return unreadable;
  }
};
