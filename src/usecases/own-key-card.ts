import { writeKeyCard } from "../ledger/key-card.ts";
import { findEnrolment } from "../storage/envelopes.ts";
import { readApprover } from "../storage/ring.ts";
import type { Deps } from "./deps.ts";
import type { ApproverDeps } from "./read-approval-request.ts";

/** The key card of this till, for a phone that does not know it yet (refundlog.md §15). */
export const tillKeyCard = async ({
  journal,
  certificate,
  jwk,
}: Deps): Promise<string | undefined> => {
  const enrolment = await findEnrolment(journal.db);
  return enrolment && writeKeyCard({ certificate, jwk, root: enrolment.root });
};

/** The key card of this phone as an approver's, for a till that does not know it yet. */
export const approverKeyCard = async ({
  journal,
  verify,
}: ApproverDeps): Promise<string | undefined> => {
  const approver = await readApprover(journal.db, verify);
  return approver && writeKeyCard(approver);
};
