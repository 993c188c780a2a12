import type { RefundCase } from "../../../domain/refund/case.ts";
import type { Staff } from "../../../domain/staff.ts";
import { listApprovers } from "../../../usecases/approve-refund.ts";
import type { UnlockFault } from "../../../usecases/unlock.ts";
import { useDeps } from "../../deps.tsx";
import { readyValue, useLive } from "../../live.ts";

/** Everybody here who may decide about this refund; undefined until they were read. */
export const useApprovers = (refundCase: RefundCase): readonly Staff[] | undefined => {
  const deps = useDeps();
  const live = useLive(
    () => refundCase,
    (about) => listApprovers(deps, about),
  );
  return readyValue(live.value);
};

const pinFaults: ReadonlySet<string> = new Set([
  "wrong_pin",
  "wait",
  "pin_disabled",
  "person_unknown",
] satisfies readonly UnlockFault["kind"][]);

/** Faults of the PIN itself stay at its pad; the others are told above it. */
export const isPinFault = (fault: { readonly kind: string }): fault is UnlockFault =>
  pinFaults.has(fault.kind);
