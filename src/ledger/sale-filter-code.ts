import type { DeviceId } from "../domain/ids.ts";
import { instantFromSeconds, secondsOf, type Instant } from "../domain/instant.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { filterBytes, type SaleFilter } from "../domain/sale-filter.ts";
import { decodeBase64url, encodeBase64url } from "./base64url.ts";
import { decodeBase45, encodeBase45 } from "./receipt-text.ts";
import type { Bytes } from "./record.ts";

/**
 * The filter of refunded payments as one code: `RLF1:` and base45 of the root's first 9 bytes, the till's key (32), seconds
 * (u32), the number of payments (u16), and the bits. It is not signed: it warns and decides nothing.
 */
export type TillFilter = {
  /** The first 12 characters of the shop's root. */
  readonly root: string;
  readonly device: DeviceId;
  readonly at: Instant;
  readonly filter: SaleFilter;
};

/** More payments do not fit into one code that a phone reads off another. */
export const mostSales = 1000;

const prefix = "RLF1:";
const place = { root: 0, device: 9, at: 41, count: 45, bits: 47 } as const;
const marksEach = 7;

export const writeTillFilter = ({ root, device, at, filter }: TillFilter): string => {
  const bytes = new Uint8Array(place.bits + filter.bits.length);
  bytes.set(decodeBase64url(root) ?? [], place.root);
  bytes.set(decodeBase64url(device) ?? [], place.device);
  const view = new DataView(bytes.buffer);
  view.setUint32(place.at, secondsOf(at));
  view.setUint16(place.count, filter.count);
  bytes.set(filter.bits, place.bits);
  return prefix + encodeBase45(bytes);
};

const setBits = (bits: Bytes): number => {
  let set = 0;
  for (const byte of bits) for (let rest = byte; rest > 0; rest >>= 1) set += rest & 1;
  return set;
};

/** A code of too many set bits would warn of every payment. */
const isSound = ({ bits, count }: SaleFilter & { readonly bits: Bytes }): boolean =>
  count <= mostSales && bits.length === filterBytes(count) && setBits(bits) <= marksEach * count;

export const parseTillFilter = (
  text: string,
): Result<TillFilter, { readonly kind: "filter_unreadable" }> => {
  const bytes = text.startsWith(prefix) ? decodeBase45(text.slice(prefix.length)) : undefined;
  if (bytes === undefined || bytes.length < place.bits) return fail({ kind: "filter_unreadable" });
  const view = new DataView(bytes.buffer);
  const filter = { bits: bytes.subarray(place.bits), count: view.getUint16(place.count) };
  if (!isSound(filter)) return fail({ kind: "filter_unreadable" });
  return ok({
    root: encodeBase64url(bytes.subarray(place.root, place.device)),
    device: encodeBase64url(bytes.subarray(place.device, place.at)) as DeviceId,
    at: instantFromSeconds(view.getUint32(place.at)),
    filter,
  });
};
