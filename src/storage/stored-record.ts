import { given } from "../domain/given.ts";
import type { DeviceId, StaffId } from "../domain/ids.ts";
import { system } from "../domain/ids.ts";
import { instantFromSeconds, type Zone } from "../domain/instant.ts";
import type { Recorded } from "../domain/journal-event.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { openDisclosures, type Opened } from "../ledger/disclosure.ts";
import { hashJwt, parseJws, readPayload } from "../ledger/jws.ts";
import { toEvent } from "../ledger/kinds/events.ts";
import { parseClaims, type Claims } from "../ledger/kinds/index.ts";
import { readPersonal, readZone } from "../ledger/kinds/mapping.ts";
import type { SignedRecord } from "../ledger/record.ts";

/** A record whose bytes agree with each other; the signature is the verifier's, the links are the chain's. */
export type StoredRecord = {
  readonly record: SignedRecord;
  readonly payload: JsonObject;
  readonly opened: Opened;
  readonly prev: string;
  readonly iat: number;
};

/** Reads a stored record: number, device, hash and disclosures must fit its token; undefined when one byte is off. */
export const openRecord = (record: SignedRecord): StoredRecord | undefined => {
  if (hashJwt(record.jwt) !== record.hash) return undefined;
  const jws = parseJws(record.jwt, "refund+sd-jwt");
  const payload = jws.ok ? readPayload(jws.value.payload) : undefined;
  if (!jws.ok || payload?.ok !== true) return undefined;
  const { seq, kind, prev, iat } = payload.value;
  const opened = openDisclosures(payload.value, record.disclosures);
  const fits = jws.value.kid === record.device && seq === record.seq && kind === record.kind;
  if (!fits || opened.faults.length > 0) return undefined;
  return typeof prev === "string" && typeof iat === "number"
    ? { record, payload: payload.value, opened, prev, iat }
    : undefined;
};

const claimsOf = ({ record, payload, opened }: StoredRecord): Claims | undefined => {
  const { det, ctx, cust } = opened;
  const parts = { payload, ...given("det", det), ...given("ctx", ctx), ...given("cust", cust) };
  const claims = parseClaims(record.kind, parts);
  return claims.ok ? claims.value : undefined;
};

/** What a record says to the books; undefined when this version knows no event for its kind, or its words are gone. */
export const toRecorded = (
  stored: StoredRecord,
  iatBefore: number | undefined,
): Recorded | undefined => {
  const { record, payload, iat } = stored;
  const claims = claimsOf(stored);
  const event = claims && toEvent(claims, record.device);
  if (claims === undefined || event === undefined) return undefined;
  const { ctx, cust } = claims;
  return {
    ref: { device: record.device, seq: record.seq },
    hash: record.hash,
    at: instantFromSeconds(iat),
    staff: ctx?.staff ?? (system satisfies StaffId),
    zone: ctx === undefined ? ("UTC" as Zone) : readZone(ctx.tz),
    training: payload["trn"] === true,
    clockBack: iatBefore !== undefined && iat < iatBefore,
    event,
    ...given("personal", cust && readPersonal(cust)),
  };
};

/** Whether a record follows the one before it; the first follows its own key. */
export const follows = (stored: StoredRecord, before: SignedRecord | undefined): boolean => {
  const first: DeviceId = stored.record.device;
  return before === undefined
    ? stored.record.seq === 0 && stored.prev === first
    : stored.record.seq === before.seq + 1 && stored.prev === before.hash;
};
