import type { CaseId, DeviceId } from "../../../domain/ids.ts";
import { casesOfRefunds, findRecord } from "../../../storage/queries.ts";
import type { Deps } from "../../../usecases/deps.ts";

type Claims = { readonly seq: number; readonly about: unknown };

/** The number of a record, and the hash that an approval names; what is compared proves it, not this. */
const claimsOf = (jwt: string): Claims | undefined => {
  try {
    const payload = (jwt.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const claims: unknown = JSON.parse(atob(payload));
    if (typeof claims !== "object" || claims === null) return undefined;
    const seq = "seq" in claims ? claims.seq : 0;
    const about = "h" in claims ? claims.h : undefined;
    return Number.isSafeInteger(seq) ? { seq: seq as number, about } : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The case of a slip whose very bytes stand in this device's journal, or of the record that an approval names; a slip
 * that differs is left to the check.
 */
export const findOwnCase = async (deps: Deps, text: string): Promise<CaseId | undefined> => {
  const jwt = text.split("~")[0] ?? "";
  const claims = claimsOf(jwt);
  if (claims === undefined) return undefined;
  const { seq, about } = claims;
  const ref: { readonly device: DeviceId; readonly seq: number } = { device: deps.device, seq };
  const record = await findRecord(deps.journal.db, ref);
  const isOwn = record !== undefined && (record.jwt === jwt || record.hash === about);
  return isOwn ? (await casesOfRefunds(deps.journal.db, [ref]))[0]?.caseId : undefined;
};
