import * as v from "valibot";
import type { FindingCode } from "./findings.ts";
import { parseJws, verifyParsed, type TokenType } from "./jws.ts";
import type { Jwk, Verify } from "./record.ts";
import type { RingKey, Roots } from "./trust-ring.ts";
import type { Enrolment } from "./tokens.ts";

/** What a key may sign: the shop's root, or the role its certificate gives it. */
type Role = "root" | Enrolment["role"] | undefined;

export type KnownKey = {
  readonly jwk: Jwk;
  readonly role: Role;
  readonly certificate: Enrolment | undefined;
};

/** The keys of a file under the roots that are trusted. */
export type Trust = {
  readonly ring: ReadonlyMap<string, RingKey>;
  readonly roots: Roots;
  readonly verify: Verify;
};

/** A key of the ring, or a pinned root itself. */
export const findKey = ({ ring, roots }: Trust, kid: string): KnownKey | undefined => {
  const key = ring.get(kid);
  if (key !== undefined)
    return { jwk: key.jwk, role: key.certificate?.role, certificate: key.certificate };
  const root = roots.get(kid);
  return root === undefined ? undefined : { jwk: root, role: "root", certificate: undefined };
};

const isUnpinnedIssuer = ({ ring }: Trust, kid: string): boolean =>
  [...ring.values()].some((key) => key.issuer === kid);

export type OpenedToken<T> = {
  readonly kid: string;
  readonly role: Role;
  readonly claims: T;
};

/** Opens a signed token beside the records; a code says why it is refused. */
export const openToken = async <S extends v.GenericSchema>(
  trust: Trust,
  token: string,
  typ: TokenType,
  shape: S,
): Promise<OpenedToken<v.InferOutput<S>> | FindingCode> => {
  const jws = parseJws(token, typ);
  if (!jws.ok) return jws.fault.kind;
  const { kid } = jws.value;
  const key = findKey(trust, kid);
  // the shop key that signed it is the one nobody vouched for: said once more, not as a new fault
  if (key === undefined) return isUnpinnedIssuer(trust, kid) ? "E_ENROL_ISSUER" : "E_KEY_UNKNOWN";
  const verified = await verifyParsed(jws.value, key.jwk, trust.verify);
  if (!verified.ok) return verified.fault.kind;
  const { payload } = verified.value;
  if (payload["v"] !== 1) return "E_VERSION";
  const claims = v.safeParse(shape, payload);
  return claims.success ? { kid, role: key.role, claims: claims.output } : "E_SCHEMA";
};
