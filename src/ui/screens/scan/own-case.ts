import type { CaseId, DeviceId } from "../../../domain/ids.ts";
import { casesOfRefunds, findRecord } from "../../../storage/queries.ts";
import type { Deps } from "../../../usecases/deps.ts";

/** The number of the record that a slip claims to be; the signature is compared, not this. */
const seqOf = (jwt: string): number | undefined => {
  try {
    const payload = (jwt.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const claims: unknown = JSON.parse(atob(payload));
    const seq = typeof claims === "object" && claims !== null && "seq" in claims ? claims.seq : 0;
    return Number.isSafeInteger(seq) ? (seq as number) : undefined;
  } catch {
    return undefined;
  }
};

/** The case of a slip whose very bytes stand in this device's journal; a slip that differs is left to the check. */
export const findOwnCase = async (deps: Deps, slip: string): Promise<CaseId | undefined> => {
  const jwt = slip.split("~")[0] ?? "";
  const seq = seqOf(jwt);
  if (seq === undefined) return undefined;
  const ref: { readonly device: DeviceId; readonly seq: number } = { device: deps.device, seq };
  const record = await findRecord(deps.journal.db, ref);
  if (record?.jwt !== jwt) return undefined;
  return (await casesOfRefunds(deps.journal.db, [ref]))[0]?.caseId;
};
