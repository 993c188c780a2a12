import type { StaffEvent } from "../domain/journal-event.ts";
import {
  amountLimits,
  findPolicyFault,
  parsePolicy,
  writePolicy,
  type PolicyFault,
  type ShopPolicy,
} from "../domain/policy/shop-policy.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { rightOf } from "../domain/rights.ts";
import type { Staff } from "../domain/staff.ts";
import { followLimits } from "../domain/staff-change.ts";
import { documentHash } from "../ledger/document-hash.ts";
import { currentPolicy, listStaff } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";

/** What became of a changed policy: a new version, or nothing, as it says what is in force already. */
export type PolicyChange = { readonly kind: "saved" | "unchanged"; readonly version: number };

export type ChangePolicyFault = PolicyFault | NotEntitled | LockedFault | RecordFault;

type Unchanged = { readonly kind: "unchanged"; readonly version: number };

/** A person's record names their limit: those who have none of their own follow the roles' limits. */
const limitsFollowed = async (
  deps: Deps,
  staff: Staff,
  { before, policy }: { readonly before: ShopPolicy; readonly policy: ShopPolicy },
): Promise<readonly StaffEvent[]> =>
  rightOf(staff, "manage_staff") === "no"
    ? []
    : followLimits(await listStaff(deps.journal.db), amountLimits(before), amountLimits(policy));

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
    const event = { kind: "policy", what: "policy", version, hash, document } as const;
    const followed = await limitsFollowed(deps, staff.value, {
      before: parsePolicy(current.document),
      policy,
    });
    return ok({ events: [event, ...followed].map((one) => ({ event: one })) });
  });
  if (saved.ok) return ok({ kind: "saved", version });
  return saved.fault.kind === "unchanged" ? ok(saved.fault) : fail(saved.fault);
};
