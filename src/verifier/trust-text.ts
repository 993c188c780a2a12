import { isPlainObject } from "../ledger/canonical.ts";
import { decodeBase64url, encodeBase64url } from "../ledger/base64url.ts";
import { parseJws } from "../ledger/jws.ts";
import { fingerprint, parseJwk, thumbprint } from "../ledger/keys.ts";
import { parseLine, readLines, type ByteSource } from "../ledger/parse-refundlog.ts";
import type { Jwk } from "../ledger/record.ts";
import type { Roots } from "../ledger/trust-ring.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { recoverKeys } from "./recover-key.ts";

/** Why a text names no shop key: unreadable, or its fingerprint signed nothing in the file. */
export type TrustFault = { readonly kind: "trust_unreadable" | "trust_not_in_file" };

/** The certificates at the beginning of a file. */
export const readCertificates = async (source: ByteSource): Promise<readonly string[]> => {
  const certificates: string[] = [];
  for await (const raw of readLines(source)) {
    const reading = parseLine(raw);
    if (reading.ok && reading.line.t === "key") certificates.push(reading.line.cert);
    else if (raw.number > 1) break;
  }
  return certificates;
};

/** Crockford base32 as people type it: any case, grouped, O for 0 and I or L for 1. */
const readFingerprint = (text: string): string | undefined => {
  const typed = text.toUpperCase().replaceAll(/[\s-]/g, "");
  const plain = typed.replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{32}$/.test(plain) ? plain : undefined;
};

const rootsOf = (keys: readonly Jwk[]): Roots =>
  new Map(keys.map((jwk) => [thumbprint(jwk) as string, jwk]));

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** A trust file: every key under its own kid. */
const readTrustFile = (text: string): Roots | undefined => {
  const value = parseJson(text);
  const roots = isPlainObject(value) ? value["roots"] : undefined;
  if (!isPlainObject(roots)) return undefined;
  const read = Object.entries(roots).map(([kid, member]) => ({ kid, jwk: parseJwk(member) }));
  const keys = read.flatMap(({ kid, jwk }) =>
    jwk.ok && (thumbprint(jwk.value) as string) === kid ? [jwk.value] : [],
  );
  return keys.length === read.length && keys.length > 0 ? rootsOf(keys) : undefined;
};

/** The key card of poster and settings: `RLK1:<certificate>~<device x‖y>~<root x‖y>` (refundlog.md §15). */
const readKeyCard = (text: string): Roots | undefined => {
  const [, , point] = text.startsWith("RLK1:") ? text.slice(5).split("~") : [];
  const bytes = point === undefined ? undefined : decodeBase64url(point);
  if (bytes?.length !== 64) return undefined;
  const [x, y] = [bytes.subarray(0, 32), bytes.subarray(32)].map(encodeBase64url);
  const jwk = parseJwk({ crv: "P-256", kty: "EC", x, y });
  return jwk.ok ? rootsOf([jwk.value]) : undefined;
};

const isMeant = (kid: string, wanted: string): boolean =>
  kid === wanted || fingerprint(kid).replaceAll(" ", "") === wanted;

/** The key of that fingerprint, taken from what it signed: the fingerprint vouches for it, not the file. */
const findSigner = (certificates: readonly string[], wanted: string): Roots | undefined => {
  for (const certificate of certificates) {
    const jws = parseJws(certificate, "refund-enrol+jwt");
    if (!jws.ok || !isMeant(jws.value.kid, wanted)) continue;
    const keys = recoverKeys(jws.value).filter((jwk) => isMeant(thumbprint(jwk), wanted));
    if (keys.length > 0) return rootsOf(keys);
  }
  return undefined;
};

/** Reads what a person knows of the shop's root: trust file, key card, fingerprint or kid; nothing is no root. */
export const readRoots = (
  text: string,
  certificates: readonly string[],
): Result<Roots, TrustFault> => {
  const trimmed = text.trim();
  if (trimmed === "") return ok(new Map());
  const whole = readTrustFile(trimmed) ?? readKeyCard(trimmed);
  if (whole !== undefined) return ok(whole);
  const wanted = /^[A-Za-z0-9_-]{43}$/.test(trimmed) ? trimmed : readFingerprint(trimmed);
  if (wanted === undefined) return fail({ kind: "trust_unreadable" });
  const found = findSigner(certificates, wanted);
  return found === undefined ? fail({ kind: "trust_not_in_file" }) : ok(found);
};
