import * as v from "valibot";
import type { RecordRef } from "../domain/ids.ts";
import type { DecideEvent } from "../domain/journal-event.ts";
import type { Attempt } from "../domain/refund/attempt.ts";
import type { JsonObject } from "./canonical.ts";
import type { FindingCode } from "./findings.ts";
import { makeJws, parseJws, verifyParsed } from "./jws.ts";
import { thumbprint } from "./keys.ts";
import type { Jwk, Sign, Verify } from "./record.ts";
import { approval as approvalShape, type Approval, type Enrolment } from "./tokens.ts";
import { isWithin } from "./validity.ts";

/** What an approval binds: the very record with its amount, and how often it was decided about before (refundlog.md §9). */
export type Intent = {
  readonly about: Exclude<DecideEvent["about"], "request">;
  readonly result: DecideEvent["result"];
  readonly attempt: Pick<Attempt, "record" | "hash" | "refundNo" | "amount" | "decisions">;
};

/** The exact facts that an approval signs. */
export const intentOf = ({ about, result, attempt }: Intent) => {
  const { device, seq }: RecordRef = attempt.record;
  return {
    amt: attempt.amount.minor,
    cur: attempt.amount.currency,
    dev: device,
    h: attempt.hash,
    k: attempt.decisions,
    no: attempt.refundNo,
    on: about,
    res: result,
    seq,
    v: 1,
  };
};

/** Signs a decision with the key of a person or an approver's phone: `refund-approve+jwt`; `iat` in seconds. */
export const signApproval = (
  intent: Intent,
  iat: number,
  key: { readonly jwk: Jwk; readonly sign: Sign },
): Promise<string> =>
  makeJws(
    "refund-approve+jwt",
    { ...intentOf(intent), iat },
    { kid: thumbprint(key.jwk), sign: key.sign },
  );

/** An approval whose signature is right under the key it names. */
export type OpenedApproval = { readonly claims: Approval; readonly kid: string };

/** Reads an approval under a key that is known; undefined for any other text. */
export const openApproval = async (
  token: string | undefined,
  findKey: (kid: string) => Jwk | undefined,
  verify: Verify,
): Promise<OpenedApproval | undefined> => {
  if (token === undefined) return undefined;
  const jws = parseJws(token, "refund-approve+jwt");
  const jwk = jws.ok ? findKey(jws.value.kid) : undefined;
  if (!jws.ok || jwk === undefined) return undefined;
  const verified = await verifyParsed(jws.value, jwk, verify);
  if (!verified.ok) return undefined;
  const shape = v.safeParse(approvalShape, verified.value.payload);
  return shape.success ? { claims: shape.output, kid: jws.value.kid } : undefined;
};

/** The members of an intent that an approval says otherwise; `iat` and `exp` stand beside it. */
export const differences = (claims: Approval, wanted: JsonObject): readonly string[] => {
  const told = new Map<string, unknown>(Object.entries(claims));
  return Object.entries(wanted).flatMap(([name, value]) =>
    told.get(name) === value ? [] : [name],
  );
};

/** The certificate of an approver bounds amount and time. */
export const judgeCertificate = (
  claims: Pick<Approval, "iat" | "amt" | "cur">,
  certificate: Enrolment,
): FindingCode | undefined => {
  const { max, cur, role } = certificate;
  if (role !== "approver") return "E_APPROVAL";
  if (!isWithin(claims.iat, certificate)) return "E_KEY_EXPIRED";
  const isAbove = max !== undefined && (cur !== claims.cur || claims.amt > max);
  return isAbove ? "E_APPROVAL_POLICY" : undefined;
};
