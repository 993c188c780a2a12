import type { Brand } from "./brand.ts";

/** Payment key of the record format: 16 characters of Crockford base32 (refundlog.md §4.1). */
export type PaymentId = Brand<string, "PaymentId">;
/** ULID of a refund case, minted when the editor opens; the same for every attempt. */
export type CaseId = Brand<string, "CaseId">;
/** Pseudonym of a person, `[a-z0-9-]{1,24}`; `sys` is the app itself. */
export type StaffId = Brand<string, "StaffId">;
/** RFC 7638 thumbprint of a device's key: names a device and its chain. */
export type DeviceId = Brand<string, "DeviceId">;
/** Number of a batch that leaves for an acquirer, printable ASCII, at most 64 characters. */
export type BatchId = Brand<string, "BatchId">;
/** Base64url SHA-256, 43 characters. */
export type Hash = Brand<string, "Hash">;

/** One record in the union of all chains. */
export type RecordRef = { readonly device: DeviceId; readonly seq: number };

/** The app itself, where no person acts. */
export const system = "sys" as StaffId;

/** The person who opens a shop. */
export const firstOwner = "s1" as StaffId;

export const writeRef = (ref: RecordRef): string => `${ref.device}:${ref.seq}`;

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Crockford base32 of bytes, most significant bit first, no padding. */
export const base32 = (bytes: Uint8Array): string => {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const length = Math.ceil((bytes.length * 8) / 5);
  bits <<= BigInt(length * 5 - bytes.length * 8);
  return Array.from(
    { length },
    (_, index) => crockford[Number((bits >> BigInt((length - 1 - index) * 5)) & 31n)],
  ).join("");
};

/** A new ULID from a time in milliseconds and 10 random bytes. */
export const ulid = (ms: number, random: Uint8Array): string => {
  const time = Array.from(
    { length: 10 },
    (_, index) => crockford[Math.floor(ms / 32 ** (9 - index)) % 32],
  ).join("");
  return time + base32(random.slice(0, 10));
};

/** The time in milliseconds that a ULID begins with; undefined where it is none. */
export const ulidMs = (id: string): number | undefined => {
  const digits = Array.from(id.slice(0, 10), (digit) => crockford.indexOf(digit));
  return digits.length < 10 || digits.includes(-1)
    ? undefined
    : digits.reduce((ms, digit) => ms * 32 + digit, 0);
};
