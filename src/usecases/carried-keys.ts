import type { ExportPlan } from "../ledger/write-refundlog.ts";
import { readRing, shopRoots, type ShopKey } from "../storage/ring.ts";
import type { Deps } from "./deps.ts";

/**
 * Keys that an export file brings along with their certificates: this device's first, then those of every approver and
 * office of the shop, and of other tills that signed something in it.
 */
export const carriedKeys = async (
  { journal: { db }, device, certificate, jwk, verify }: Deps,
  signers: readonly ShopKey[],
): Promise<ExportPlan["keys"]> => {
  const signed = new Set(signers.map(({ kid }) => kid));
  const ring = [...(await readRing(db, { roots: await shopRoots(db), verify })).values()];
  const others = ring
    .filter(({ kid, claims }) => kid !== device && (claims.role !== "device" || signed.has(kid)))
    .sort((a, b) => (a.kid < b.kid ? -1 : 1))
    .map((key) => ({ cert: key.certificate, jwk: key.jwk }));
  return [{ cert: certificate, jwk }, ...others];
};
