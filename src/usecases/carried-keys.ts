import type { ExportPlan } from "../ledger/write-refundlog.ts";
import type { Carried } from "./carried-tokens.ts";
import type { Deps } from "./deps.ts";

/**
 * Keys that an export file brings along with their certificates: this device's first, then those of every approver and
 * office of the shop, and of other tills that signed something in it.
 */
export const carriedKeys = (
  { device, certificate, jwk }: Deps,
  { signers, shopKeys }: Carried,
): ExportPlan["keys"] => {
  const signed = new Set(signers.map(({ kid }) => kid));
  const others = [...shopKeys.values()]
    .filter(({ kid, claims }) => kid !== device && (claims.role !== "device" || signed.has(kid)))
    .sort((a, b) => (a.kid < b.kid ? -1 : 1))
    .map((key) => ({ cert: key.certificate, jwk: key.jwk }));
  return [{ cert: certificate, jwk }, ...others];
};
