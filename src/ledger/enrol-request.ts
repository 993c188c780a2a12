import * as v from "valibot";
import type { DeviceId } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { makeJws, parseJws, readPayload, verifyParsed, type JwsFault } from "./jws.ts";
import { parseJwk, thumbprint } from "./keys.ts";
import type { Jwk, Sign, Verify } from "./record.ts";
import { enrolRequest } from "./tokens.ts";

/** What a new device asks for; it holds the private half of `jwk`. */
export type EnrolRequest = {
  readonly device: DeviceId;
  readonly jwk: Jwk;
  readonly label: string;
  readonly nonce: string;
  /** Seconds by the clock of the device that asks. */
  readonly iat: number;
};

/** The request of a new key, signed by it: `refund-csr+jwt` (refundlog.md §8). */
export const makeEnrolRequest = (
  key: { readonly jwk: Jwk; readonly sign: Sign },
  { label, nonce, iat }: Pick<EnrolRequest, "label" | "nonce" | "iat">,
): Promise<string> => {
  const { crv, kty, x, y } = key.jwk;
  const claims = { iat, jwk: { crv, kty, x, y }, label, nonce, v: 1 };
  return makeJws("refund-csr+jwt", claims, { kid: thumbprint(key.jwk), sign: key.sign });
};

/** Why a request is none, by the code of refundlog.md §17. */
export type EnrolRequestFault = {
  readonly kind: JwsFault["kind"] | "E_KEY_FORMAT" | "E_KEY_MISMATCH" | "E_VERSION";
};

/** Reads a request and proves that whoever made it holds the key it asks for. */
export const readEnrolRequest = async (
  token: string,
  verify: Verify,
): Promise<Result<EnrolRequest, EnrolRequestFault>> => {
  const jws = parseJws(token, "refund-csr+jwt");
  if (!jws.ok) return jws;
  const payload = readPayload(jws.value.payload); // the one token that brings its own key
  if (!payload.ok) return payload;
  if (payload.value["v"] !== 1) return fail({ kind: "E_VERSION" });
  const claims = v.safeParse(enrolRequest, payload.value);
  if (!claims.success) return fail({ kind: "E_SCHEMA" });
  const jwk = parseJwk(claims.output.jwk);
  if (!jwk.ok) return jwk;
  const device = thumbprint(jwk.value);
  if ((device as string) !== jws.value.kid) return fail({ kind: "E_KEY_MISMATCH" });
  const verified = await verifyParsed(jws.value, jwk.value, verify);
  if (!verified.ok) return verified;
  const { label, nonce, iat } = claims.output;
  return ok({ device, jwk: jwk.value, label, nonce, iat });
};
