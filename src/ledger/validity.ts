import { instantFromSeconds, type Instant } from "../domain/instant.ts";
import { peekPayload } from "./jws.ts";

/** From and until which second a key's records are good (refundlog.md §8). */
export type Validity = { readonly from: number; readonly until: number };

const daySeconds = 86_400;

/** What a certificate says of it: from a day before it was written, as clocks differ; undefined for none that reads. */
export const validityOf = (certificate: string): Validity | undefined => {
  const { iat, exp } = peekPayload(certificate, "refund-enrol+jwt") ?? {};
  return typeof iat === "number" && typeof exp === "number"
    ? { from: iat - daySeconds, until: exp }
    : undefined;
};

/** Whether a certificate is good at that second: from a day before it was written, as clocks differ. */
export const isWithin = (
  seconds: number,
  { iat, exp }: { readonly iat: number; readonly exp: number },
): boolean => seconds >= iat - daySeconds && seconds <= exp;

/** The year 9999 ends. */
const lastSecond = 253_402_300_800;

/** When a token ends; undefined for one that does not, or not before the year 9999. */
export const endOf = (exp: unknown): Instant | undefined =>
  typeof exp === "number" && exp >= 0 && exp < lastSecond ? instantFromSeconds(exp) : undefined;
