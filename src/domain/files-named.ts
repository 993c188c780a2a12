import type { Hash } from "./ids.ts";
import type { EvidenceFile, Recorded } from "./journal-event.ts";

/** Every file that a record names as evidence, those in its removable part too. */
export const filesNamed = ({ event, personal }: Recorded): readonly Hash[] => {
  const open: readonly EvidenceFile[] = "evidence" in event ? (event.evidence ?? []) : [];
  return [...open, ...(personal?.evidence ?? [])].map(({ sha256 }) => sha256);
};
