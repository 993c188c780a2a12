import * as v from "valibot";
import type { DeviceId } from "../domain/ids.ts";
import type { FindingCode } from "./findings.ts";
import { parseJws, readPayload, verifyParsed, type UnverifiedJws } from "./jws.ts";
import { parseJwk, thumbprint } from "./keys.ts";
import type { Jwk, Verify } from "./record.ts";
import { enrolment, type Enrolment } from "./tokens.ts";

/** Shop root keys by kid that the person who verifies trusts; they never come from the file. */
export type Roots = ReadonlyMap<string, Jwk>;

/** One key of a file; `issuer` is the kid of the root its certificate names. */
export type RingKey = {
  readonly kid: DeviceId;
  readonly jwk: Jwk;
  readonly certificate: Enrolment | undefined;
  readonly issuer: string | undefined;
  readonly isPinned: boolean;
};

export type KeyReading = {
  readonly key: RingKey | undefined;
  readonly faults: readonly FindingCode[];
};

const readClaims = (payload: unknown): Enrolment | undefined => {
  const shape = v.safeParse(enrolment, payload);
  return shape.success ? shape.output : undefined;
};

type Claims = { readonly claims: Enrolment | undefined; readonly faults: readonly FindingCode[] };

/** Under no pinned root the claims are still read, so that all else can be checked; the code says they are not proven. */
const readUnpinned = (cert: UnverifiedJws): Claims => {
  const payload = readPayload(cert.payload);
  const claims = payload.ok ? readClaims(payload.value) : undefined;
  return {
    claims,
    faults: claims === undefined ? ["E_ENROL_ISSUER", "E_ENROL"] : ["E_ENROL_ISSUER"],
  };
};

const readPinned = async (cert: UnverifiedJws, root: Jwk, verify: Verify): Promise<Claims> => {
  const verified = await verifyParsed(cert, root, verify);
  const claims = verified.ok ? readClaims(verified.value.payload) : undefined;
  return { claims, faults: claims === undefined ? ["E_ENROL"] : [] };
};

/** Reads one key of a file with the certificate that a root gave it (refundlog.md §8). */
export const readKey = async (
  line: { readonly cert: string; readonly jwk: unknown },
  roots: Roots,
  verify: Verify,
): Promise<KeyReading> => {
  const jwk = parseJwk(line.jwk);
  const cert = parseJws(line.cert, "refund-enrol+jwt");
  const faults: FindingCode[] = [];
  if (!jwk.ok) faults.push(jwk.fault.kind);
  if (!cert.ok) faults.push(cert.fault.kind);
  if (!jwk.ok) return { key: undefined, faults };
  const kid = thumbprint(jwk.value);
  const known = { kid, jwk: jwk.value };
  if (!cert.ok)
    return {
      key: { ...known, certificate: undefined, issuer: undefined, isPinned: false },
      faults,
    };
  const root = roots.get(cert.value.kid);
  const read =
    root === undefined ? readUnpinned(cert.value) : await readPinned(cert.value, root, verify);
  faults.push(...read.faults);
  const isOwn = (read.claims?.sub as string | undefined) === kid;
  if (read.claims !== undefined && !isOwn) faults.push("E_KEY_MISMATCH");
  const certificate = isOwn ? read.claims : undefined;
  const isPinned = root !== undefined && certificate !== undefined;
  return { key: { ...known, certificate, issuer: cert.value.kid, isPinned }, faults };
};
