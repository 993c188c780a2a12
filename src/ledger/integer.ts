import type { Bytes } from "./record.ts";

/** The number that big-endian bytes spell. */
export const readInteger = (bytes: Uint8Array): bigint =>
  bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

/** A number below 2^256 as its 32 bytes. */
export const writeInteger = (value: bigint): Bytes =>
  Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * (31 - at))) & 255n));
