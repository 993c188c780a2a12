import type { DeviceId, Hash } from "../domain/ids.ts";
import { openDisclosures, type Opened } from "./disclosure.ts";
import type { JsonObject } from "./canonical.ts";
import type { FindingCode } from "./findings.ts";
import { hashJwt, parseJws, verifyParsed } from "./jws.ts";
import { parseClaims, type Claims } from "./kinds/index.ts";
import { leafHash } from "./merkle.ts";
import {
  isRecordKind,
  type Jwk,
  type RecordHash,
  type SignedRecord,
  type Verify,
} from "./record.ts";
import type { Fact, Place } from "./rules/fact.ts";

/** A record that was checked, with what it claims and the digests of what it does not carry. */
export type VerifiedRecord = SignedRecord & {
  readonly claims: Fact;
  readonly absent: readonly Hash[];
};

/** What one record line turned out to be, before its place in the chain is judged. */
export type OpenedRecord = {
  readonly faults: readonly FindingCode[];
  readonly jwt: string;
  readonly disclosures: readonly string[];
  readonly hash: RecordHash;
  readonly leaf: Hash;
  /** Undefined when nothing of it can be believed. */
  readonly payload: JsonObject | undefined;
  /** Undefined when its claims are not as their kind demands. */
  readonly fact: Fact | undefined;
  readonly absent: readonly Hash[];
};

export type RecordText = { readonly j: string; readonly d: readonly string[] };

/** The key that records of this file must name, and the trust ring in which it is found. */
export type DeviceKey = {
  readonly device: DeviceId;
  readonly ring: ReadonlyMap<string, { readonly jwk: Jwk }>;
};

type Read = { readonly payload: JsonObject | undefined; readonly faults: readonly FindingCode[] };

const readToken = async (jwt: string, key: DeviceKey, verify: Verify): Promise<Read> => {
  const jws = parseJws(jwt, "refund+sd-jwt");
  if (!jws.ok) return { payload: undefined, faults: [jws.fault.kind] };
  const jwk = key.ring.get(jws.value.kid)?.jwk;
  if (jwk === undefined) return { payload: undefined, faults: ["E_KEY_UNKNOWN"] };
  const verified = await verifyParsed(jws.value, jwk, verify);
  if (!verified.ok) return { payload: undefined, faults: [verified.fault.kind] };
  const isForeign = jws.value.kid !== key.device;
  return { payload: verified.value.payload, faults: isForeign ? ["E_KEY_ROLE"] : [] };
};

const placeOf = (
  claims: Claims,
  { digests }: Opened,
  at: { readonly hash: RecordHash; readonly device: DeviceId },
): Place => {
  const { core, det } = claims;
  return {
    ...at,
    seq: core.seq,
    iat: core.iat,
    training: core.trn === true,
    digests: {
      det: core["_sd"][0],
      ctx: digests.ctx,
      cust: digests.cust,
      below: det?.["_sd"] ?? [],
    },
  };
};

/** `erase` about another chain's record is the one payload of a second version (refundlog.md §18). */
const isKnownVersion = ({ kind, v }: JsonObject): boolean =>
  v === 1 || (v === 2 && kind === "erase");

const readClaims = (payload: JsonObject, opened: Opened) => {
  const { kind } = payload;
  if (!isKnownVersion(payload)) return { fault: "E_VERSION" } as const;
  if (!isRecordKind(kind)) return { fault: "E_SCHEMA" } as const;
  const { det, ctx, cust } = opened;
  const parts = {
    payload,
    ...(det === undefined ? {} : { det }),
    ...(ctx === undefined ? {} : { ctx }),
    ...(cust === undefined ? {} : { cust }),
  };
  const parsed = parseClaims(kind, parts);
  return parsed.ok ? { claims: parsed.value } : ({ fault: "E_SCHEMA" } as const);
};

/** Checks one record by itself: token, signature, disclosures, shape (refundlog.md §17 steps 4 and 6). */
export const openRecord = async (
  text: RecordText,
  key: DeviceKey,
  verify: Verify,
): Promise<OpenedRecord> => {
  const hash = hashJwt(text.j);
  const { payload, faults } = await readToken(text.j, key, verify);
  const known = { jwt: text.j, disclosures: text.d, hash, leaf: leafHash(text.j), payload };
  const nothing = { fact: undefined, absent: [] };
  if (payload === undefined) return { ...known, ...nothing, faults };
  const opened = openDisclosures(payload, text.d);
  const read = readClaims(payload, opened);
  const found = [...faults, ...opened.faults.map(({ kind }) => kind)];
  if (read.claims === undefined) return { ...known, ...nothing, faults: [...found, read.fault] };
  const { claims } = read;
  const place = placeOf(claims, opened, { hash, device: key.device });
  const fact = { ...claims, ...place } as Fact;
  return { ...known, faults: found, fact, absent: opened.absent };
};
