import * as v from "valibot";
import type { DeviceId, StaffId } from "../domain/ids.ts";
import { given } from "../domain/given.ts";
import { money, type Money } from "../domain/money.ts";
import { makeJws, peekPayload } from "./jws.ts";
import { thumbprint } from "./keys.ts";
import type { Jwk, Sign } from "./record.ts";
import { enrolment, type Enrolment } from "./tokens.ts";

const validDays = 3650;

/** What a key may do in the shop: record and approve up to `limit`, or acknowledge. */
export type Post =
  | {
      readonly role: "device";
      readonly prefix: string;
      /** Above it a refund needs a second person. */
      readonly limit?: Money | undefined;
    }
  | {
      readonly role: "approver";
      readonly limit?: Money | undefined;
      /** The person who holds it. */
      readonly staff?: StaffId | undefined;
    }
  | { readonly role: "office" };

/** A key and its place; `now` in seconds. */
export type Enrolled = {
  readonly device: DeviceId;
  readonly label: string;
  readonly now: number;
  readonly post: Post;
};

/** The amount that a certificate bounds its key by; undefined for no limit. */
export const limitOf = ({ max, cur }: Pick<Enrolment, "max" | "cur">): Money | undefined =>
  max === undefined || cur === undefined ? undefined : money(max, cur);

/** The same of a certificate that is this device's own, and was verified when it came. */
export const limitOfCertificate = (certificate: string): Money | undefined => {
  const claims = v.safeParse(enrolment, peekPayload(certificate, "refund-enrol+jwt"));
  return claims.success ? limitOf(claims.output) : undefined;
};

const limitClaims = (limit: Money | undefined) =>
  limit === undefined ? {} : { cur: limit.currency, max: limit.minor };

const postClaims = (post: Post) => {
  switch (post.role) {
    case "device":
      return { role: post.role, pre: post.prefix, ...limitClaims(post.limit) };
    case "approver":
      return { role: post.role, ...given("sid", post.staff), ...limitClaims(post.limit) };
    case "office":
      return { role: post.role };
  }
};

/** The certificate of a key, signed by the shop's root: `refund-enrol+jwt` (refundlog.md §8). */
export const enrolKey = (
  root: { readonly jwk: Jwk; readonly sign: Sign },
  { device, label, now, post }: Enrolled,
): Promise<string> => {
  const claims: Enrolment = {
    exp: now + validDays * 86_400,
    iat: now,
    label,
    sub: device,
    v: 1,
    ...postClaims(post),
  };
  return makeJws("refund-enrol+jwt", claims, { kid: thumbprint(root.jwk), sign: root.sign });
};
