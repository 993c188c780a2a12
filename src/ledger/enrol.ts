import type { DeviceId } from "../domain/ids.ts";
import { makeJws } from "./jws.ts";
import { thumbprint } from "./keys.ts";
import type { Jwk, Sign } from "./record.ts";

const validDays = 3650;

/** The certificate of a device's key, signed by the shop's root: `refund-enrol+jwt` (refundlog.md §8). */
export const enrolDevice = (
  root: { readonly jwk: Jwk; readonly sign: Sign },
  enrolled: {
    readonly device: DeviceId;
    readonly label: string;
    readonly prefix: string;
    readonly now: number;
  },
): Promise<string> => {
  const { device, label, prefix, now } = enrolled;
  const claims = {
    exp: now + validDays * 86_400,
    iat: now,
    label,
    pre: prefix,
    role: "device",
    sub: device,
    v: 1,
  };
  return makeJws("refund-enrol+jwt", claims, { kid: thumbprint(root.jwk), sign: root.sign });
};
