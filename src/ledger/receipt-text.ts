import type { RefundNumber } from "../domain/refund-number.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { decodeBase64url, encodeBase64url } from "./base64url.ts";
import type { Bytes } from "./record.ts";

/** What a receipt's QR code holds (refundlog.md §15): the record's JWT bare, as a link, or in base45 for narrow paper. */

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const signatureSize = 64;

/** Version 20-M, the largest code that a phone shows well, holds so many bytes. */
export const longestOnScreen = 666;

const digitsOf = (value: number, count: number): string => {
  let rest = value;
  let text = "";
  for (let index = 0; index < count; index++) {
    text += alphabet.charAt(rest % 45);
    rest = Math.floor(rest / 45);
  }
  return text;
};

/** Base45 of RFC 9285: two bytes as three characters that QR codes pack densely. */
export const encodeBase45 = (bytes: Uint8Array): string => {
  let text = "";
  for (let index = 0; index < bytes.length; index += 2) {
    const [first = 0, second] = bytes.subarray(index, index + 2);
    text += second === undefined ? digitsOf(first, 2) : digitsOf(first * 256 + second, 3);
  }
  return text;
};

const valueOf = (digits: string): number =>
  Array.from(digits).reduceRight((value, digit) => {
    const index = alphabet.indexOf(digit);
    return index < 0 ? NaN : value * 45 + index;
  }, 0);

/** The bytes of base45 text; undefined for other characters, wrong lengths and values that no bytes have. */
export const decodeBase45 = (text: string): Bytes | undefined => {
  if (text.length % 3 === 1) return undefined;
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 3) {
    const digits = text.slice(index, index + 3);
    const value = valueOf(digits);
    if (!(value < (digits.length === 3 ? 0x10000 : 0x100))) return undefined;
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
};

const withLength = (bytes: Uint8Array): readonly number[] => [
  bytes.length >> 8,
  bytes.length & 0xff,
  ...bytes,
];

/** The form for 58 mm paper: `RL1:` and base45 of header, payload and signature. A stored record's JWT always has it. */
export const writePaperReceipt = (jwt: string): string => {
  const [header, payload, signature, ...more] = jwt.split(".").map(decodeBase64url);
  if (header === undefined || payload === undefined || signature?.length !== signatureSize)
    throw new Error("a record is a compact JWS with a signature of 64 bytes");
  if (more.length > 0) throw new Error("a compact JWS has three parts");
  const bytes = [...withLength(header), ...withLength(payload), ...signature];
  return `RL1:${encodeBase45(Uint8Array.from(bytes))}`;
};

/** The form for screens: a link that opens the check page where it fits into version 20-M, else the bare JWT. */
export const writeScreenReceipt = (jwt: string, page: string): string => {
  const link = `${page}#v=${jwt}`;
  return page.startsWith("https://") && link.length <= longestOnScreen ? link : jwt;
};

/** Practice slips carry their number only: nothing that could be taken for a signed receipt. */
export const writeTrainingReceipt = (refundNo: RefundNumber): string => `TRAINING ${refundNo}`;

export type ReceiptFault = { readonly kind: "receipt_unreadable" };

const unreadable: ReceiptFault = { kind: "receipt_unreadable" };

const takePart = (
  bytes: Uint8Array,
  at: number,
): { readonly part: Uint8Array; readonly end: number } | undefined => {
  const [high, low] = bytes.subarray(at, at + 2);
  if (high === undefined || low === undefined) return undefined;
  const end = at + 2 + high * 256 + low;
  return end > bytes.length ? undefined : { part: bytes.subarray(at + 2, end), end };
};

const readPaper = (text: string): Result<string, ReceiptFault> => {
  const bytes = decodeBase45(text);
  if (bytes === undefined) return fail(unreadable);
  const header = takePart(bytes, 0);
  const payload = header && takePart(bytes, header.end);
  if (header === undefined || payload === undefined) return fail(unreadable);
  const signature = bytes.subarray(payload.end);
  return signature.length === signatureSize
    ? ok([header.part, payload.part, signature].map(encodeBase64url).join("."))
    : fail(unreadable);
};

const link = /^https?:\/\/[^\s#]*#(?:v=|\/v\/)(.+)$/i;
const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** The JWT inside a receipt's code, whichever of the three forms it has; whether it is good the verifier says. */
export const parseReceipt = (text: string): Result<string, ReceiptFault> => {
  if (text.startsWith("RL1:")) return readPaper(text.slice(4));
  const jwt = link.exec(text)?.[1] ?? text;
  return compact.test(jwt) ? ok(jwt) : fail(unreadable);
};

/** `T7-000019`: the till's label and the place of the record in its chain. */
export const recordLabel = (label: string, seq: number): string =>
  `${label}-${String(seq).padStart(6, "0")}`;
