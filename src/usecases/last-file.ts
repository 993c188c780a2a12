import type { DeviceId } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import type { Sign } from "../ledger/record.ts";
import { writeRefundlog } from "../ledger/write-refundlog.ts";
import { hasEnded } from "../storage/change-home.ts";
import { erasuresAbout } from "../storage/forget-erased.ts";
import { findRecord } from "../storage/queries.ts";
import { openRecord } from "../storage/stored-record.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { collect, planFile, type ExportJob } from "./export-ledger.ts";
import { fileName } from "./file-name.ts";
import { knownKeys } from "./known-keys.ts";

/** Whether this device wrote a chain under a key that it replaced, and can still sign its last file. */
export const isFormer = async ({ journal: { db } }: Deps, device: DeviceId): Promise<boolean> =>
  (await hasEnded(db, device)) && (await db.keys.get(device)) !== undefined;

export type LastFileFault =
  | LockedFault
  | NotEntitled
  /** The key or its certificate is not here any more: whoever merged the chain has it. */
  | { readonly kind: "former_key_gone" };

/** The old key at its last moment: its certificate, its signature and the time of its last record. */
const asFormer = async (
  deps: Deps,
  device: DeviceId,
  openKey: (device: DeviceId) => Promise<Sign | undefined>,
): Promise<Deps | undefined> => {
  const key = (await knownKeys(deps)).shopKeys.get(device);
  const sign = await openKey(device);
  const iat = (await deps.journal.db.heads.get(device))?.iat;
  if (key === undefined || sign === undefined || iat === undefined) return undefined;
  const { certificate, jwk } = key;
  return { ...deps, device, certificate, jwk, sign, now: () => iat * 1000 };
};

/**
 * The last file of the key before this one, up to its last `export` (refundlog.md §8): it says the same whenever
 * it is written, only the signature of its manifest is made anew.
 */
export const prepareLastFile = async (
  deps: Deps,
  {
    device,
    openKey,
  }: {
    readonly device: DeviceId;
    readonly openKey: (device: DeviceId) => Promise<Sign | undefined>;
  },
  job: Omit<ExportJob, "scope">,
): Promise<Result<OutFile, LastFileFault>> => {
  const staff = whoMay(deps, "audit_export");
  if (!staff.ok) return staff;
  const former = await asFormer(deps, device, openKey);
  const head = await deps.journal.db.heads.get(device);
  const last = head && (await findRecord(deps.journal.db, head));
  const exportId = last && openRecord(last)?.payload["xid"];
  if (former === undefined || head === undefined || typeof exportId !== "string")
    return fail({ kind: "former_key_gone" });
  const plan = await planFile(
    former,
    { ...job, scope: "all" },
    {
      head: { seq: head.seq, exportId },
      before: undefined,
    },
  );
  // what other chains erased of this one is explained by their records alone: here it is withheld (refundlog.md §10)
  const isLess = (await erasuresAbout(deps.journal.db, new Set([device]))).some(
    ({ by }) => by !== device,
  );
  const whole = isLess ? { ...plan, omit: ["cust"] as const } : plan;
  const bytes = await collect(writeRefundlog(whole, { kid: device, sign: former.sign }));
  const name = fileName(former, "journal-last", "refundlog");
  return ok({ name, type: "application/vnd.refundlog", bytes });
};
