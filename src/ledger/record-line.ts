import { fail, ok, type Result } from "../domain/result.ts";
import type { DeviceId } from "../domain/ids.ts";
import { isPlainObject, parseStrict } from "./canonical.ts";
import { hashJwt, parseJws, readPayload, type JwsFault } from "./jws.ts";
import { isRecordKind, type SignedRecord } from "./record.ts";

/**
 * The `rec` line of a record without its line feed: the same bytes in the file and in the safety copy. Base64url in
 * this order is canonical as the language itself writes it.
 */
export const writeRecordLine = (record: SignedRecord): string =>
  JSON.stringify({ d: record.disclosures, j: record.jwt, t: "rec" });

export type RecordLineFault = JwsFault | { readonly kind: "E_LINE_TYPE" };

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= 3 && value.every((one) => typeof one === "string");

const readMembers = (
  line: unknown,
): { readonly jwt: string; readonly disclosures: readonly string[] } | undefined => {
  if (!isPlainObject(line) || Object.keys(line).join() !== "d,j,t") return undefined;
  const { d, j, t } = line;
  return t === "rec" && typeof j === "string" && isTexts(d)
    ? { jwt: j, disclosures: d }
    : undefined;
};

/** Reads a `rec` line by form alone: whose signature and place in the chain are right, the verifier says. */
export const parseRecordLine = (line: string): Result<SignedRecord, RecordLineFault> => {
  const parsed = parseStrict(line);
  if (!parsed.ok) return parsed;
  const members = readMembers(parsed.value);
  if (members === undefined) return fail({ kind: "E_LINE_TYPE" });
  const jws = parseJws(members.jwt, "refund+sd-jwt");
  if (!jws.ok) return jws;
  const payload = readPayload(jws.value.payload);
  if (!payload.ok) return payload;
  const { kind, seq } = payload.value;
  if (!isRecordKind(kind) || typeof seq !== "number") return fail({ kind: "E_SCHEMA" });
  const device = jws.value.kid as DeviceId;
  return ok({ ...members, device, seq, kind, hash: hashJwt(members.jwt) });
};
