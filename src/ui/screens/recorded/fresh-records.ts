import type { CaseId } from "../../../domain/ids.ts";

const copies = new Map<string, 1 | 2>();

/** Hands over how many copies hold a refund that was recorded just now; a reload forgets it. */
export const keepCopies = (caseId: CaseId, count: 1 | 2): void => {
  copies.set(caseId, count);
};

/** Undefined for a refund that was not recorded since this page was loaded. */
export const findCopies = (caseId: string): 1 | 2 | undefined => copies.get(caseId);
