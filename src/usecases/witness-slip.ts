import type { Result } from "../domain/result.ts";
import type { SlipFacts } from "./check-slip.ts";
import type { Deps } from "./deps.ts";
import { knownKeys, type Known } from "./known-keys.ts";
import type { RecordFault } from "./record-event.ts";
import { notRevoked, recordSighting, type ChainFault } from "./witness-chain.ts";

/** Writes down that another till signed the record of this slip: from now on that till cannot be without it. */
export const witnessSlip = async (
  deps: Deps,
  { ref, hash }: SlipFacts,
  { label, fingerprint }: Known,
): Promise<Result<undefined, ChainFault | RecordFault>> => {
  const named = { ...ref, head: hash };
  const counts = await notRevoked(deps, await knownKeys(deps), named);
  if (!counts.ok) return counts;
  return recordSighting(deps, {
    ...named,
    via: "receipt",
    label: label ?? fingerprint.slice(0, 9),
  });
};
