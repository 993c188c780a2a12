import { differences, judgeCertificate, openApproval } from "../approval.ts";
import { decodeBase64url, encodeBase64url, hashText } from "../base64url.ts";
import { canonicalize, isPlainObject, readUtf8, type JsonObject } from "../canonical.ts";
import type { FindingCode } from "../findings.ts";
import { thumbprint } from "../keys.ts";
import type { Bytes } from "../record.ts";
import { sha256 } from "../sha256.ts";
import type { FactOf } from "./fact.ts";
import type { Attempt, State } from "./state.ts";

type Decide = FactOf<"decide">;

/** Who proved the approval, and when it ends; `sid` is undefined for a phone that belongs to nobody named. */
export type Proof = { readonly sid: string | undefined; readonly expires: number | undefined };

/** A code says what is wrong; undefined means that the key lies outside this file. */
type Proving = Proof | FindingCode | undefined;

type Prover = (state: State, fact: Decide, wanted: JsonObject) => Promise<Proving>;

/** The exact facts that an approval signs (refundlog.md §9). */
const intentOf = (fact: Decide, attempt: Attempt): JsonObject => {
  const { core, hash, seq, device } = attempt.fact;
  return {
    amt: core.amt,
    cur: core.cur,
    dev: device,
    h: hash,
    k: attempt.decisions,
    no: core.no,
    on: fact.core.on,
    res: fact.core.res,
    seq,
    v: 1,
  };
};

/** An approver's phone. */
const proveByDevice: Prover = async (state, fact, wanted) => {
  const findKey = (kid: string) => state.keys(kid)?.jwk;
  const opened = await openApproval(fact.det?.apr, findKey, state.verify);
  if (opened === undefined || differences(opened.claims, wanted).length > 0) return "E_APPROVAL";
  const { kid } = opened;
  const certificate = state.keys(kid)?.certificate;
  if (certificate === undefined) return "E_APPROVAL";
  const fault = judgeCertificate(opened.claims, certificate);
  if (fault !== undefined) return fault;
  state.approvals.push({ seq: fact.seq, kid });
  return { sid: certificate.sid, expires: opened.claims.exp };
};

/** The person's own key on the till, unwrapped by their PIN. */
const proveByPin: Prover = async (state, fact, wanted) => {
  if (fact.ctx === undefined) return undefined;
  const person = state.people.get(fact.ctx.staff);
  const pin = person?.pin;
  if (pin === undefined) return state.incomplete ? undefined : "E_APPROVAL";
  const ownKey = (kid: string) => (kid === (thumbprint(pin) as string) ? pin : undefined);
  const opened = await openApproval(fact.det?.apr, ownKey, state.verify);
  if (opened === undefined || differences(opened.claims, wanted).length > 0) return "E_APPROVAL";
  return { sid: person?.sid, expires: opened.claims.exp };
};

/** An integer of a DER signature as 32 bytes. */
const fixedWidth = (bytes: Uint8Array): Uint8Array | undefined => {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? new Uint8Array() : bytes.subarray(start);
  if (digits.length > 32) return undefined;
  const padded = new Uint8Array(32);
  padded.set(digits, 32 - digits.length);
  return padded;
};

/** ECDSA signature from DER (WebAuthn) to r‖s. */
const rawSignature = (der: Uint8Array): Bytes | undefined => {
  const lengthR = der[3] ?? 0;
  const lengthS = der[5 + lengthR] ?? 0;
  const isSequence = der[0] === 0x30 && der[1] === der.length - 2 && der[2] === 2;
  if (!isSequence || der[4 + lengthR] !== 2 || 6 + lengthR + lengthS !== der.length)
    return undefined;
  const r = fixedWidth(der.subarray(4, 4 + lengthR));
  const s = fixedWidth(der.subarray(6 + lengthR));
  if (r === undefined || s === undefined) return undefined;
  const raw = new Uint8Array(64);
  raw.set(r);
  raw.set(s, 32);
  return raw;
};

const parseClientData = (bytes: Uint8Array): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(readUtf8(bytes) ?? "");
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isAbout = (client: JsonObject | undefined, wanted: JsonObject): boolean =>
  client?.["type"] === "webauthn.get" && client["challenge"] === hashText(canonicalize(wanted));

const userWasThere = 0b101;

/** Authenticator data of this site, with the person present and verified. */
const isPresent = (data: Uint8Array, site: string): boolean =>
  data.length >= 37 &&
  encodeBase64url(data.subarray(0, 32)) === hashText(site) &&
  ((data[32] ?? 0) & userWasThere) === userWasThere;

const join = (left: Uint8Array, right: Uint8Array): Bytes => {
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
};

type Assertion = { readonly signature: Bytes; readonly signed: Bytes };

/** What the authenticator signed, if it is about this intent at this site. */
const openAssertion = (
  wa: NonNullable<NonNullable<Decide["det"]>["wa"]>,
  wanted: JsonObject,
): Assertion | undefined => {
  const [data, client, der] = [wa.ad, wa.cd, wa.sig].map(decodeBase64url);
  if (data === undefined || client === undefined || der === undefined) return undefined;
  const signature = rawSignature(der);
  const fits = isPresent(data, wa.rp) && isAbout(parseClientData(client), wanted);
  return signature !== undefined && fits
    ? { signature, signed: join(data, sha256(client)) }
    : undefined;
};

/** A passkey on the till, registered before by a staff record. */
const proveByPasskey: Prover = async (state, fact, wanted) => {
  const wa = fact.det?.wa;
  if (wa === undefined) return "E_APPROVAL";
  const owner = [...state.people.values()].find((person) => person.passkeys.has(wa.cid));
  const jwk = owner?.passkeys.get(wa.cid);
  if (jwk === undefined) return state.incomplete ? undefined : "E_APPROVAL";
  const assertion = openAssertion(wa, wanted);
  if (assertion === undefined) return "E_APPROVAL";
  const good = await state.verify(jwk, assertion.signature, assertion.signed);
  return good ? { sid: owner?.sid, expires: undefined } : "E_APPROVAL";
};

const provers: Readonly<Record<NonNullable<Decide["core"]["m"]>, Prover>> = {
  device: proveByDevice,
  pin: proveByPin,
  passkey: proveByPasskey,
};

/** Checks the proof of a decision about one refund. */
export const proveApproval = (state: State, fact: Decide, attempt: Attempt): Promise<Proving> =>
  provers[fact.core.m ?? "device"](state, fact, intentOf(fact, attempt));
