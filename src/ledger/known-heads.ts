import type { DeviceId, Hash } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { decodeBase64url, encodeBase64url } from "./base64url.ts";
import { decodeBase45, encodeBase45 } from "./receipt-text.ts";
import type { Bytes } from "./record.ts";

/**
 * How far a phone knows the chains of its shop, for another phone to send only what is newer:
 * `RLH1:` and base45 of the root's first 9 bytes, then per chain its key, the last number (u32) and 9 bytes of its hash.
 */

/** The last record of a chain that is known. */
export type KnownHead = {
  readonly device: DeviceId;
  readonly seq: number;
  /** The first 12 characters of the record's hash: enough to tell one chain from a forked one. */
  readonly start: string;
};

export type KnownHeads = {
  /** The first 12 characters of the shop's root. */
  readonly root: string;
  readonly heads: readonly KnownHead[];
};

/** A QR code of version 22 holds no more. */
const mostHeads = 20;
const startSize = 9;
const keySize = 32;
const entrySize = keySize + 4 + startSize;
const prefix = "RLH1:";

/** A thumbprint or hash as these codes carry it. */
export const startOf = (hash: string): string => hash.slice(0, (startSize / 3) * 4);

const bytesOf = (text: string): Bytes => decodeBase64url(text) ?? new Uint8Array();

const writeEntry = ({ device, seq, start }: KnownHead): readonly number[] => {
  const number = new Uint8Array(4);
  new DataView(number.buffer).setUint32(0, seq);
  return [...bytesOf(device), ...number, ...bytesOf(start)];
};

export const writeKnownHeads = ({ root, heads }: KnownHeads): string => {
  const bytes = [...bytesOf(root), ...heads.slice(0, mostHeads).flatMap(writeEntry)];
  return prefix + encodeBase45(Uint8Array.from(bytes));
};

/** Chain heads from the records of a database. */
export const knownHead = (head: {
  readonly device: DeviceId;
  readonly seq: number;
  readonly hash: Hash;
}): KnownHead => ({ device: head.device, seq: head.seq, start: startOf(head.hash) });

const readEntry = (bytes: Bytes): KnownHead => ({
  device: encodeBase64url(bytes.subarray(0, keySize)) as DeviceId,
  seq: new DataView(bytes.buffer, bytes.byteOffset).getUint32(keySize),
  start: encodeBase64url(bytes.subarray(keySize + 4, entrySize)),
});

export const parseKnownHeads = (
  text: string,
): Result<KnownHeads, { readonly kind: "heads_unreadable" }> => {
  const bytes = text.startsWith(prefix) ? decodeBase45(text.slice(prefix.length)) : undefined;
  const count = bytes === undefined ? NaN : (bytes.length - startSize) / entrySize;
  if (bytes === undefined || !Number.isInteger(count) || count < 0 || count > mostHeads)
    return fail({ kind: "heads_unreadable" });
  const heads = Array.from({ length: count }, (_, index) => {
    const at = startSize + index * entrySize;
    return readEntry(bytes.subarray(at, at + entrySize));
  });
  return ok({ root: encodeBase64url(bytes.subarray(0, startSize)), heads });
};
