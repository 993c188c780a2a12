import {
  findPolicyFault,
  writePolicy,
  type PolicyFault,
  type ShopPolicy,
} from "../domain/policy/shop-policy.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { documentHash } from "../ledger/document-hash.ts";
import { currentPolicy } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

/** What became of a changed policy: a new version, or nothing, as it says what is in force already. */
export type PolicyChange = { readonly kind: "saved" | "unchanged"; readonly version: number };

export type ChangePolicyFault = PolicyFault | NotEntitled | LockedFault | RecordFault;

type Unchanged = { readonly kind: "unchanged"; readonly version: number };

/**
 * Puts a new version of the shop's policy in force from here on; refunds recorded before keep the version that they
 * were judged by. A policy that says the same is not written again.
 */
export const changePolicy = async (
  deps: Deps,
  policy: ShopPolicy,
): Promise<Result<PolicyChange, ChangePolicyFault>> => {
  const staff = whoMay(deps, "manage_policy");
  if (!staff.ok) return staff;
  const fault = findPolicyFault(policy);
  if (fault !== undefined) return fail(fault);
  const document = writePolicy(policy);
  const hash = documentHash(document);
  let version = 0;
  const saved = await recordEvents<Unchanged>(deps, async () => {
    const current = await currentPolicy(deps.journal.db, "policy");
    if (current.hash === hash) return fail({ kind: "unchanged", version: current.version });
    version = current.version + 1;
    return planOf({ kind: "policy", what: "policy", version, hash, document });
  });
  if (saved.ok) return ok({ kind: "saved", version });
  return saved.fault.kind === "unchanged" ? ok(saved.fault) : fail(saved.fault);
};
