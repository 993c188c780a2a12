import type { JsonObject } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { decodeBase64url, encodeBase64url, toBytes } from "../ledger/base64url.ts";
import { parseJwk } from "../ledger/keys.ts";
import type { Bytes, Jwk, Sign } from "../ledger/record.ts";
import { curve, publicJwk, random, signer } from "./signing.ts";

/** A private key wrapped under a PIN or recovery code, as plain data for the store. */
export type KeyEnvelope = JsonObject;

export type WrappedKey = {
  readonly jwk: Jwk;
  readonly sign: Sign;
  readonly envelope: KeyEnvelope;
};

/** Also said of an envelope that cannot be read: no secret opens it. */
export type SecretFault = { readonly kind: "wrong_secret" };

type Envelope = {
  readonly iterations: number;
  readonly salt: Bytes;
  readonly iv: Bytes;
  readonly wrapped: Bytes;
  readonly jwk: Jwk;
};

const format = { v: 1, kdf: "PBKDF2-SHA-256" } as const;
const fewestIterations = 600_000;
const mostIterations = 10_000_000;
const cipher = { name: "AES-GCM", length: 256 } as const;

const writeEnvelope = ({ iterations, salt, iv, wrapped, jwk }: Envelope): KeyEnvelope => ({
  ...format,
  iterations,
  salt: encodeBase64url(salt),
  iv: encodeBase64url(iv),
  wrapped: encodeBase64url(wrapped),
  jwk: { ...jwk },
});

const parseBytes = (value: unknown): Bytes | undefined =>
  typeof value === "string" ? decodeBase64url(value) : undefined;

/** Fewer iterations than today's are refused, so that nobody can weaken a stored envelope. */
const parseIterations = (value: unknown): number | undefined =>
  typeof value === "number" && value >= fewestIterations && value <= mostIterations
    ? value
    : undefined;

const parseEnvelope = (data: KeyEnvelope): Envelope | undefined => {
  const iterations = parseIterations(data["iterations"]);
  const salt = parseBytes(data["salt"]);
  const iv = parseBytes(data["iv"]);
  const wrapped = parseBytes(data["wrapped"]);
  const jwk = parseJwk(data["jwk"]);
  const known = data["v"] === format.v && data["kdf"] === format.kdf;
  if (!known || iterations === undefined || !jwk.ok) return undefined;
  if (salt === undefined || iv === undefined || wrapped === undefined) return undefined;
  return { iterations, salt, iv, wrapped, jwk: jwk.value };
};

/** A recovery code may be typed in small letters, with or without dashes, O for 0, I or L for 1. */
export const normalSecret = (secret: string): string =>
  secret.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");

const wrappingKey = async (
  secret: string,
  { salt, iterations }: Pick<Envelope, "salt" | "iterations">,
): Promise<CryptoKey> => {
  const typed = toBytes(normalSecret(secret));
  const material = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(derivation, material, cipher, false, ["wrapKey", "unwrapKey"]);
};

/** The public half is bound to the wrapped one: a swapped `jwk` opens with no secret. */
const sealing = ({ iv, jwk }: Pick<Envelope, "iv" | "jwk">) => ({
  name: cipher.name,
  iv,
  additionalData: toBytes(`refund-desk key ${format.v} ${jwk.x} ${jwk.y}`),
});

/** Makes a P-256 key and wraps it at once; what is returned can sign and not be exported. */
export const wrapNewKey = async (
  secret: string,
  iterations = fewestIterations,
): Promise<WrappedKey> => {
  const pair = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const jwk = await publicJwk(pair.publicKey);
  const salt = new Uint8Array(random(16));
  const iv = new Uint8Array(random(12));
  const wrapping = await wrappingKey(secret, { salt, iterations });
  const under = sealing({ iv, jwk });
  const bytes = await crypto.subtle.wrapKey("pkcs8", pair.privateKey, wrapping, under);
  const wrapped = new Uint8Array(bytes);
  const key = await unwrap(wrapped, wrapping, under);
  return {
    jwk,
    sign: signer(key),
    envelope: writeEnvelope({ iterations, salt, iv, wrapped, jwk }),
  };
};

const unwrap = (
  wrapped: Bytes,
  wrapping: CryptoKey,
  under: ReturnType<typeof sealing>,
): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey("pkcs8", wrapped, wrapping, under, curve, false, ["sign"]);

/** The PIN unwraps the key, it is compared with nothing (rel-X2); count the try before calling. */
export const openKey = async (
  secret: string,
  data: KeyEnvelope,
): Promise<Result<Sign, SecretFault>> => {
  const envelope = parseEnvelope(data);
  if (envelope === undefined) return fail({ kind: "wrong_secret" });
  const wrapping = await wrappingKey(secret, envelope);
  try {
    return ok(signer(await unwrap(envelope.wrapped, wrapping, sealing(envelope))));
  } catch {
    return fail({ kind: "wrong_secret" }); // AES-GCM says no more than that it did not fit
  }
};

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Six groups of four Crockford characters: 120 bits for the recovery sheet. */
export const newRecoveryCode = (): string => {
  const groups = Array.from({ length: 6 }, () =>
    [...random(4)].map((byte) => crockford[byte % 32]).join(""),
  );
  return groups.join("-");
};
