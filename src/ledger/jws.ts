import { fail, ok, type Result } from "../domain/result.ts";
import { decodeBase64url, encodeBase64url, hashText, toBytes } from "./base64url.ts";
import {
  isPlainObject,
  parseStrictBytes,
  writeStrict,
  type CanonicalFault,
  type JsonObject,
} from "./canonical.ts";
import { readInteger, writeInteger } from "./integer.ts";
import type { Bytes, Jwk, RecordHash, Sign, Verify } from "./record.ts";

/** One `typ` per meaning (refundlog.md §1). */
export type TokenType =
  | "refund+sd-jwt"
  | "refund-approve+jwt"
  | "refund-csr+jwt"
  | "refund-enrol+jwt"
  | "refund-cp+jwt"
  | "refund-wit+jwt"
  | "refund-ack+jwt"
  | "refund-status+jwt"
  | "refund-export+jwt";

/** Why a token is refused, by the finding code (refundlog.md §17). */
export type JwsFault =
  | CanonicalFault
  | {
      readonly kind:
        | "E_JWS"
        | "E_B64"
        | "E_HEADER"
        | "E_ALG"
        | "E_TYP"
        | "E_KEY_UNKNOWN"
        | "E_SIG"
        | "E_SCHEMA";
    };

/** A token of strict form whose signature nobody has checked: `payload` may be shown, never believed. */
export type UnverifiedJws = {
  readonly token: string;
  readonly kid: string;
  readonly payload: Bytes;
  readonly signature: Bytes;
  readonly signed: Bytes;
};

/** A token whose signature is right under the key it names. */
export type VerifiedJws = {
  readonly token: string;
  readonly kid: string;
  readonly payload: JsonObject;
};

/** Order of the P-256 group. */
export const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const half = order / 2n;

const highest = { r: writeInteger(order - 1n), s: writeInteger(half) };

/** Whether a number of 32 bytes is from 1 to the highest. */
const inGroup = (value: Uint8Array, most: Uint8Array): boolean => {
  const first = value.findIndex((byte, index) => byte !== most[index]);
  const isAbove = first >= 0 && (value[first] ?? 0) > (most[first] ?? 0);
  return !isAbove && value.some((byte) => byte !== 0);
};

/** Whether a signature is 64 bytes r‖s with both in range and s low: nobody without the key can respell it. */
export const isStrictSignature = (signature: Uint8Array): boolean =>
  signature.length === 64 &&
  inGroup(signature.subarray(0, 32), highest.r) &&
  inGroup(signature.subarray(32), highest.s);

/** The twin of a signature with s ≤ n/2. */
export const withLowS = (signature: Uint8Array): Bytes => {
  const s = readInteger(signature.subarray(32));
  const low = new Uint8Array(signature);
  if (s > half) low.set(writeInteger(order - s), 32);
  return low;
};

const headerFault = (header: unknown, typ: TokenType): JwsFault | undefined => {
  if (!isPlainObject(header) || Object.keys(header).join() !== "alg,kid,typ")
    return { kind: "E_HEADER" };
  if (header["alg"] !== "ES256") return { kind: "E_ALG" };
  if (header["typ"] !== typ) return { kind: "E_TYP" };
  return typeof header["kid"] === "string" && /^[A-Za-z0-9_-]{43}$/.test(header["kid"])
    ? undefined
    : { kind: "E_HEADER" };
};

const readKid = (text: string, typ: TokenType): Result<string, JwsFault> => {
  const bytes = decodeBase64url(text);
  if (bytes === undefined) return fail({ kind: "E_B64" });
  const header = parseStrictBytes(bytes);
  if (!header.ok) return header;
  const fault = headerFault(header.value, typ);
  return fault === undefined
    ? ok((header.value as { readonly kid: string }).kid)
    : fail<JwsFault>(fault);
};

type Header = {
  readonly text: string;
  readonly typ: TokenType;
  readonly kid: Result<string, JwsFault>;
};

let read: Header | undefined;

/** The key a header names; all records of a device begin with the same one, which is read once. */
const kidOf = (text: string, typ: TokenType): Result<string, JwsFault> => {
  if (read?.text !== text || read.typ !== typ) read = { text, typ, kid: readKid(text, typ) };
  return read.kid;
};

/** Takes a compact JWS apart by every rule of refundlog.md §3 that needs no key. */
export const parseJws = (token: string, typ: TokenType): Result<UnverifiedJws, JwsFault> => {
  const [header, body, end, ...more] = token.split(".");
  if (header === undefined || body === undefined || end === undefined || more.length > 0)
    return fail({ kind: "E_JWS" });
  const payload = decodeBase64url(body);
  const signature = decodeBase64url(end);
  if (payload === undefined || signature === undefined) return fail({ kind: "E_B64" });
  const kid = kidOf(header, typ);
  if (!kid.ok) return kid;
  if (!isStrictSignature(signature)) return fail({ kind: "E_SIG" });
  const signed = toBytes(token.slice(0, token.lastIndexOf(".")));
  return ok({ token, kid: kid.value, payload, signature, signed });
};

/** Reads the payload of a token; before `verifyJws` only to show it or to find the key it brings (csr). */
export const readPayload = (payload: Uint8Array): Result<JsonObject, JwsFault> => {
  const parsed = parseStrictBytes(payload);
  if (!parsed.ok) return parsed;
  return isPlainObject(parsed.value) ? ok(parsed.value) : fail({ kind: "E_SCHEMA" });
};

/** What a token says whose signature nobody has checked; undefined for none that reads. */
export const peekPayload = (token: string, typ: TokenType): JsonObject | undefined => {
  const jws = parseJws(token, typ);
  const payload = jws.ok ? readPayload(jws.value.payload) : undefined;
  return payload?.ok === true ? payload.value : undefined;
};

/** Checks the signature under a key that the caller trusts; only then is the payload read. */
export const verifyParsed = async (
  jws: UnverifiedJws,
  jwk: Jwk,
  verify: Verify,
): Promise<Result<VerifiedJws, JwsFault>> => {
  if (!(await verify(jwk, jws.signature, jws.signed))) return fail({ kind: "E_SIG" });
  const payload = readPayload(jws.payload);
  return payload.ok
    ? ok({ token: jws.token, kid: jws.kid, payload: payload.value })
    : fail(payload.fault);
};

/** Where keys may come from: the trust ring, never the token. */
export type FindKey = (kid: string) => Jwk | undefined;

/** Strict verification of one token of an expected type. */
export const verifyJws = async (
  token: string,
  typ: TokenType,
  findKey: FindKey,
  verify: Verify,
): Promise<Result<VerifiedJws, JwsFault>> => {
  const jws = parseJws(token, typ);
  if (!jws.ok) return jws;
  const jwk = findKey(jws.value.kid);
  return jwk === undefined
    ? fail({ kind: "E_KEY_UNKNOWN" })
    : await verifyParsed(jws.value, jwk, verify);
};

/** The key that signs: its thumbprint and the port that uses it. */
export type Signer = { readonly kid: string; readonly sign: Sign };

/** A token of canonical header and payload, its signature with a low s. */
export const makeJws = async (
  typ: TokenType,
  payload: JsonObject,
  signer: Signer,
): Promise<string> => {
  const header = writeStrict({ alg: "ES256", kid: signer.kid, typ });
  const body = [header, writeStrict(payload)].map((text) => encodeBase64url(toBytes(text)));
  const signed = body.join(".");
  const signature = withLowS(await signer.sign(toBytes(signed)));
  return `${signed}.${encodeBase64url(signature)}`;
};

/** `h(r)`: the hash that pins a record and all before it. */
export const hashJwt = (jwt: string): RecordHash => hashText(jwt) as RecordHash;
