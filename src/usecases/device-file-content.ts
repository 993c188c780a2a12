import { decodeBase64url } from "../ledger/base64url.ts";
import { readUtf8 } from "../ledger/canonical.ts";
import { parseLine, readLines, type LineOf, type RawLine } from "../ledger/parse-refundlog.ts";
import { parseRecordLine } from "../ledger/record-line.ts";
import type { SignedRecord } from "../ledger/record.ts";
import type { AttachmentRow } from "../storage/rows.ts";

/** What a journal file holds, as far as a merge takes it in. */
export type Content = {
  readonly records: readonly SignedRecord[];
  readonly attachments: readonly AttachmentRow[];
  readonly keys: readonly LineOf<"key">[];
  /** Status lists, which speak of the whole shop; its other tokens speak of the records that come with them. */
  readonly statuses: readonly string[];
};

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read())
    yield new Uint8Array(piece.value);
}

const attachmentOf = ({ sha256, b64 }: LineOf<"att">): AttachmentRow => ({
  sha256,
  bytes: (decodeBase64url(b64) ?? new Uint8Array()).slice().buffer,
});

const recordOf = ({ bytes }: RawLine): readonly SignedRecord[] => {
  const text = bytes && readUtf8(bytes.subarray(0, -1));
  const record = text === undefined ? undefined : parseRecordLine(text);
  return record?.ok === true ? [record.value] : [];
};

/** Reads a file by form alone: whether any line of it is to be believed, the verifier has said. */
export const readContent = async (file: Blob): Promise<Content> => {
  const records: SignedRecord[] = [];
  const attachments: AttachmentRow[] = [];
  const keys: LineOf<"key">[] = [];
  const statuses: string[] = [];
  for await (const raw of readLines(piecesOf(file))) {
    const reading = parseLine(raw);
    if (!reading.ok) continue;
    const { line } = reading;
    if (line.t === "key") keys.push(line);
    if (line.t === "status") statuses.push(line.j);
    if (line.t === "att") attachments.push(attachmentOf(line));
    if (line.t === "rec") records.push(...recordOf(raw));
  }
  return { records, attachments, keys, statuses };
};
