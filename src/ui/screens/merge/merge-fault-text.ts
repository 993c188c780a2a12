import { faultMessages, type KnownFault } from "../../../i18n/fault-messages.ts";
import type { MergeFault } from "../../../usecases/merge-device.ts";
import type { Format } from "../../format.ts";
import { t, tWith } from "../../language.ts";

/** The title of a refusal, and what to do about it. */
export type MergeFaultText = { readonly title: string; readonly advice: string };

const own = (kind: MergeOwn, format: Format, fault: MergeFault): MergeFaultText => ({
  title: t(`merge.fault.${kind}`),
  advice: tWith(`merge.then.${kind}`, factsOf(fault, format)),
});

type MergeOwn = (typeof owns)[number];

/** Refusals that only a merge has. */
const owns = [
  "invalid",
  "own_device",
  "fork",
  "gap",
  "stale",
  "unreadable",
  "number_taken",
  "case_taken",
  "revoked",
  "cancelled",
  "aborted",
  "worker_failed",
] as const;

/** The record that a refusal speaks of. */
const recordOf = (fault: MergeFault): number => {
  if (fault.kind === "gap") return fault.from;
  if (fault.kind === "stale") return fault.known;
  return "seq" in fault ? fault.seq : 0;
};

const factsOf = (fault: MergeFault, format: Format): { readonly seq: string } => ({
  seq: format.number(recordOf(fault)),
});

const isOwn = (kind: string): kind is MergeOwn => owns.some((one) => one === kind);

/** What a refused merge says; whatever storage or the lock say has the words it has everywhere. */
export const mergeFaultText = (fault: MergeFault, format: Format): MergeFaultText => {
  if (isOwn(fault.kind)) return own(fault.kind, format, fault);
  const known = fault as KnownFault;
  return { title: tWith(faultMessages[known.kind], {}), advice: t("merge.then.nothing") };
};
