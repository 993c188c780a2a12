import * as v from "valibot";

import { fail, ok, type Result } from "./result.ts";

/**
 * The first line of a backup: how the key behind it is wrapped under the recovery code, and how the rest is cut. Nothing of
 * the shop stands in it; all that follows is AES-256-GCM in chunks, this line and each chunk's place bound to every one
 * (reliability.md S14).
 */
export type BackupHeader = {
  readonly format: "refund-desk-backup";
  readonly v: 1;
  readonly kdf: "PBKDF2-SHA-256";
  readonly iterations: number;
  readonly salt: string;
  readonly iv: string;
  /** The content key, wrapped. */
  readonly key: string;
  /** Begins the nonce of every chunk. */
  readonly nonce: string;
};

/** Plain bytes of one chunk; only the last one is shorter. */
export const chunkBytes = 1 << 20;

/** What AES-GCM adds to a chunk. */
export const tagBytes = 16;

export const fewestIterations = 600_000;
const mostIterations = 10_000_000;

/** No header is longer; what has no line feed within it is no backup. */
const longestHeader = 1024;

const base64url = v.pipe(v.string(), v.regex(/^[\w-]{8,200}$/));

const shape = v.strictObject({
  format: v.literal("refund-desk-backup"),
  v: v.literal(1),
  kdf: v.literal("PBKDF2-SHA-256"),
  iterations: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(fewestIterations),
    v.maxValue(mostIterations),
  ),
  salt: base64url,
  iv: base64url,
  key: base64url,
  nonce: base64url,
});

export type BackupHeaderFault =
  | { readonly kind: "backup_not_ours" }
  /** A newer version of the app wrote it. */
  | { readonly kind: "backup_newer" };

/** What is wrapped under a code, once for all backups of a device. */
export type WrappedContentKey = Omit<BackupHeader, "nonce" | "format" | "v" | "kdf">;

export const writeHeader = (wrapped: WrappedContentKey, nonce: string): string => {
  const { iterations, salt, iv, key } = wrapped;
  const header: BackupHeader = {
    format: "refund-desk-backup",
    v: 1,
    kdf: "PBKDF2-SHA-256",
    iterations,
    salt,
    iv,
    key,
    nonce,
  };
  return `${JSON.stringify(header)}\n`;
};

const newer = v.object({
  format: v.literal("refund-desk-backup"),
  v: v.pipe(v.number(), v.minValue(2)),
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Reads the first line out of the beginning of a file; its length in bytes is that of its text: it is ASCII. */
export const parseHeader = (
  start: string,
): Result<{ readonly header: BackupHeader; readonly line: string }, BackupHeaderFault> => {
  const end = start.indexOf("\n");
  if (end < 0 || end > longestHeader) return fail({ kind: "backup_not_ours" });
  const line = start.slice(0, end + 1);
  const json = parseJson(line);
  const read = v.safeParse(shape, json);
  if (read.success) return ok({ header: read.output, line });
  return fail({ kind: v.is(newer, json) ? "backup_newer" : "backup_not_ours" });
};

/** How much of a file has to be read for its header. */
export const headerRoom = longestHeader + 1;

/** What every chunk is bound to besides its bytes: the header, its place, and whether it is the last (0 or 1). */
export const chunkPlace = (index: number, isLast: boolean): Uint8Array<ArrayBuffer> => {
  const place = new Uint8Array(5);
  new DataView(place.buffer).setUint32(0, index);
  place[4] = isLast ? 1 : 0;
  return place;
};
