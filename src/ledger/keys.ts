import * as v from "valibot";
import { base32, type DeviceId } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { decodeBase64url, hashText } from "./base64url.ts";
import { canonicalize } from "./canonical.ts";
import { readInteger } from "./integer.ts";
import { jwk as jwkShape } from "./kinds/shapes.ts";
import type { Jwk } from "./record.ts";

const prime = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

const isOnCurve = (x: bigint, y: bigint): boolean =>
  x < prime && y < prime && (y * y - (x * x * x - 3n * x + b)) % prime === 0n;

const coordinate = (text: string): bigint | undefined => {
  const bytes = decodeBase64url(text);
  return bytes === undefined ? undefined : readInteger(bytes);
};

/** Reads a public key: exactly crv, kty, x, y, canonical base64url, a point of P-256. */
export const parseJwk = (value: unknown): Result<Jwk, { readonly kind: "E_KEY_FORMAT" }> => {
  const shape = v.safeParse(jwkShape, value);
  if (!shape.success) return fail({ kind: "E_KEY_FORMAT" });
  const { crv, kty, x, y } = shape.output;
  const point = [coordinate(x), coordinate(y)] as const;
  const good = point[0] !== undefined && point[1] !== undefined && isOnCurve(point[0], point[1]);
  return good ? ok({ crv, kty, x, y }) : fail({ kind: "E_KEY_FORMAT" });
};

/** RFC 7638 over the required members of an elliptic or RSA key, which the caller picked. */
export const thumbprintOf = (members: Readonly<Record<string, string>>): DeviceId =>
  hashText(canonicalize(members)) as string as DeviceId;

/** `kid` of a key: the RFC 7638 thumbprint, 43 characters. */
export const thumbprint = ({ crv, kty, x, y }: Jwk): DeviceId => thumbprintOf({ crv, kty, x, y });

const grouped = (text: string, separator: string): string =>
  (text.match(/.{4}/g) ?? []).join(separator);

const firstBytes = (hash: string, count: number): Uint8Array =>
  (decodeBase64url(hash) ?? new Uint8Array()).subarray(0, count);

/** What people compare of a key: 160 bits of its kid as 8 groups of 4. */
export const fingerprint = (kid: string): string => grouped(base32(firstBytes(kid, 20)), " ");

/** What people read out of a record: the first 40 bits of its hash, `XEZV-YNJB`; a search key, not a proof. */
export const shortCode = (hash: string): string => grouped(base32(firstBytes(hash, 5)), "-");
