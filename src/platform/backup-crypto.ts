import {
  chunkBytes,
  chunkPlace,
  fewestIterations,
  headerRoom,
  parseHeader,
  tagBytes,
  writeHeader,
  type BackupHeader,
  type BackupHeaderFault,
  type WrappedContentKey,
} from "../domain/backup-file.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { decodeBase64url, encodeBase64url, toBytes } from "../ledger/base64url.ts";
import { normalSecret } from "./pin-key.ts";
import { random } from "./signing.ts";

type Bytes = Uint8Array<ArrayBuffer>;

type BackupKey = { readonly secret: string; readonly wrapped: WrappedContentKey };

type OpenFault =
  | BackupHeaderFault
  | { readonly kind: "backup_wrong_code" }
  | { readonly kind: "backup_damaged" };

/** A sealed file may not hold more than this when it is opened: a few kilobytes can hold gigabytes. */
const mostBytes = 2 ** 30;

const cipher = "AES-GCM";

const importKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", raw, cipher, false, ["encrypt", "decrypt"]);

const wrappingKey = async (
  code: string,
  { salt, iterations }: Pick<WrappedContentKey, "salt" | "iterations">,
): Promise<CryptoKey> => {
  const typed = toBytes(normalSecret(code));
  const material = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const derivation = {
    name: "PBKDF2",
    hash: "SHA-256",
    salt: decodeBase64url(salt) ?? new Uint8Array(),
    iterations,
  };
  const use: KeyUsage[] = ["encrypt", "decrypt"];
  return crypto.subtle.deriveKey(derivation, material, { name: cipher, length: 256 }, false, use);
};

const label = toBytes("refund-desk backup 1");

const newKey = async (recoveryCode: string): Promise<BackupKey> => {
  const raw = new Uint8Array(random(32));
  const iv = new Uint8Array(random(12));
  const under = { salt: encodeBase64url(random(16)), iterations: fewestIterations };
  const wrapping = await wrappingKey(recoveryCode, under);
  const way = { name: cipher, iv, additionalData: label };
  const key = encodeBase64url(new Uint8Array(await crypto.subtle.encrypt(way, wrapping, raw)));
  return { secret: encodeBase64url(raw), wrapped: { ...under, iv: encodeBase64url(iv), key } };
};

/** The way of one chunk: its nonce, and what it is bound to. */
const chunkWay = (
  { header, line }: { readonly header: Pick<BackupHeader, "nonce">; readonly line: string },
  index: number,
  isLast: boolean,
) => {
  const iv = new Uint8Array(12);
  iv.set(decodeBase64url(header.nonce)?.slice(0, 8) ?? []);
  new DataView(iv.buffer).setUint32(8, index);
  const first = toBytes(line);
  const additionalData = new Uint8Array(first.length + 5);
  additionalData.set(first);
  additionalData.set(chunkPlace(index, isLast), first.length);
  return { name: cipher, iv, additionalData };
};

const gather = async (parts: AsyncIterable<string>): Promise<Blob> => {
  const pieces: Blob[] = [];
  let lines: string[] = [];
  let size = 0;
  for await (const line of parts) {
    lines.push(line, "\n");
    size += line.length;
    if (size < chunkBytes) continue;
    pieces.push(new Blob(lines)); // a browser may put it aside on its disk
    [lines, size] = [[], 0];
  }
  return new Blob([...pieces, ...lines]);
};

const through = (blob: Blob, way: ReadableWritablePair<Bytes, BufferSource>): Promise<Blob> =>
  new Response(blob.stream().pipeThrough(way)).blob();

const seal = async (key: BackupKey, lines: AsyncIterable<string>): Promise<Bytes> => {
  const packed = await through(await gather(lines), new CompressionStream("gzip"));
  const nonce = encodeBase64url(random(8));
  const line = writeHeader(key.wrapped, nonce);
  const content = await importKey(decodeBase64url(key.secret) ?? new Uint8Array());
  const parts: BlobPart[] = [line];
  const last = Math.max(0, Math.ceil(packed.size / chunkBytes) - 1);
  for (let index = 0; index <= last; index++) {
    const piece = packed.slice(index * chunkBytes, (index + 1) * chunkBytes);
    const way = chunkWay({ header: { nonce }, line }, index, index === last);
    parts.push(await crypto.subtle.encrypt(way, content, await piece.arrayBuffer()));
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};

type Opening = { readonly recoveryCode: string } | { readonly key: BackupKey };

const contentKey = async (header: BackupHeader, by: Opening): Promise<CryptoKey | undefined> => {
  if ("key" in by) return importKey(decodeBase64url(by.key.secret) ?? new Uint8Array());
  const [iv, key] = [decodeBase64url(header.iv), decodeBase64url(header.key)];
  if (iv === undefined || key === undefined) return undefined;
  try {
    const way = { name: cipher, iv, additionalData: label };
    const wrapping = await wrappingKey(by.recoveryCode, header);
    return await importKey(new Uint8Array(await crypto.subtle.decrypt(way, wrapping, key)));
  } catch {
    return undefined; // AES-GCM says no more than that it did not fit
  }
};

/** The chunks of a file in one piece; undefined as soon as one does not open at its place. */
const openChunks = async (
  body: Blob,
  key: CryptoKey,
  headed: { readonly header: BackupHeader; readonly line: string },
): Promise<Blob | undefined> => {
  const room = chunkBytes + tagBytes;
  const last = Math.max(0, Math.ceil(body.size / room) - 1);
  const parts: ArrayBuffer[] = [];
  try {
    for (let index = 0; index <= last; index++) {
      const sealed = await body.slice(index * room, (index + 1) * room).arrayBuffer();
      const way = chunkWay(headed, index, index === last);
      parts.push(await crypto.subtle.decrypt(way, key, sealed));
    }
    return new Blob(parts);
  } catch {
    return undefined;
  }
};

const unpack = async (packed: Blob): Promise<Result<readonly string[], OpenFault>> => {
  const reader = packed.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const lines: string[] = [];
  let [rest, size] = ["", 0];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > mostBytes) return fail({ kind: "backup_damaged" });
      const found = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = found.pop() ?? "";
      for (const line of found) lines.push(line);
    }
    return rest + decoder.decode() === "" ? ok(lines) : fail({ kind: "backup_damaged" });
  } catch {
    return fail({ kind: "backup_damaged" });
  }
};

const open = async (file: Blob, by: Opening): Promise<Result<readonly string[], OpenFault>> => {
  const start = new Uint8Array(await file.slice(0, headerRoom).arrayBuffer());
  const headed = parseHeader(String.fromCharCode(...start));
  if (!headed.ok) return headed;
  const { header, line } = headed.value;
  const key = await contentKey(header, by);
  const packed =
    key === undefined ? undefined : await openChunks(file.slice(line.length), key, headed.value);
  return packed === undefined ? fail({ kind: "backup_wrong_code" }) : unpack(packed);
};

/** Backup files sealed by the browser's own cryptography (reliability.md S14). */
export const backupCrypto = { newKey, seal, open };
