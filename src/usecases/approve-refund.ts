import { given } from "../domain/given.ts";
import type { CaseId, StaffId } from "../domain/ids.ts";
import { instantFromMs, secondsOf } from "../domain/instant.ts";
import type { DecideEvent, EvidenceFile, JournalEvent } from "../domain/journal-event.ts";
import { amountLimits, parsePolicy } from "../domain/policy/shop-policy.ts";
import type { AmountLimits } from "../domain/rights.ts";
import { latestAttempt, type RefundCase } from "../domain/refund/case.ts";
import {
  approvalFault,
  decideApproval,
  decideReopen,
  type Decision,
} from "../domain/refund/decide-approval.ts";
import { decideConflict } from "../domain/refund/decide-conflict.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import { cutText, longestText } from "../domain/typed-text.ts";
import { signApproval } from "../ledger/approval.ts";
import type { Saved } from "../storage/append-record.ts";
import { currentPolicy, getCase, getPayment, listStaff } from "../storage/queries.ts";
import { actingAs, type Deps } from "./deps.ts";
import { ownShareLeft } from "./own-share.ts";
import { recordEvents, type Plan, type RecordFault } from "./record-event.ts";
import { openPerson, type OpenedPerson, type UnlockFault } from "./unlock.ts";
import type { UnknownCaseFault } from "./withdraw-refund.ts";

export type ApprovalFault = RefundFault | UnlockFault | UnknownCaseFault | RecordFault;

/** Who approves, and what they typed to prove that it is them. */
export type ApproverEntry = { readonly approver: StaffId; readonly pin: string };

/** Largest amounts that roles decide alone, by the policy in force. */
export const currentLimits = async (deps: Deps): Promise<AmountLimits> => {
  const policy = await currentPolicy(deps.journal.db, "policy");
  return amountLimits(parsePolicy(policy.document));
};

/** What is decided, and what is recorded before it. */
export type Decided = { readonly event: DecideEvent; readonly before?: JournalEvent };

type Approver = { readonly staff: Staff; readonly limits: AmountLimits };

type DecideNow = (
  refundCase: RefundCase,
  approver: Approver,
) => Promise<Result<Decided, RefundFault>>;

/** The decision signed by the person's own key over the very record it is about (refundlog.md §9). */
const prove = async (
  deps: Deps,
  { event, refundCase }: { readonly event: DecideEvent; readonly refundCase: RefundCase },
  person: OpenedPerson,
): Promise<DecideEvent> => {
  const { about, result } = event;
  if (about === "request") throw new Error("a request is declined without a key");
  const iat = secondsOf(instantFromMs(deps.now()));
  const attempt = latestAttempt(refundCase);
  return { ...event, proof: await signApproval({ about, result, attempt }, iat, person) };
};

/** Opens the approver's key, decides on the newest state, signs and records it in the approver's name. */
const decideAs = async (
  deps: Deps,
  caseId: CaseId,
  entry: ApproverEntry,
  { decideNow, text = "" }: { readonly decideNow: DecideNow; readonly text?: string | undefined },
): Promise<Result<Saved, ApprovalFault>> => {
  const opened = await openPerson(deps, entry.approver, entry.pin);
  if (!opened.ok) return opened;
  const person = opened.value;
  return recordEvents<RefundFault | UnknownCaseFault>(actingAs(deps, person.staff), async () => {
    const refundCase = await getCase(deps.journal.db, caseId);
    if (refundCase === undefined) return fail({ kind: "case_unknown" } as const);
    const approver = { staff: person.staff, limits: await currentLimits(deps) };
    const decided = await decideNow(refundCase, approver);
    if (!decided.ok) return decided;
    const event = await prove(deps, { event: decided.value.event, refundCase }, person);
    const note = cutText(text, longestText);
    const own = note === "" ? { event } : { event, personal: { text: note } };
    const { before } = decided.value;
    const plan: Plan = { events: before === undefined ? [own] : [{ event: before }, own] };
    return ok(plan);
  });
};

/** Approves or rejects a refund that waits for it, on this device by the approver's PIN. */
export const approveRefund = (
  deps: Deps,
  caseId: CaseId,
  entry: ApproverEntry & { readonly decision: Decision },
): Promise<Result<Saved, ApprovalFault>> =>
  decideAs(deps, caseId, entry, {
    text: entry.decision.result === "reject" ? entry.decision.note : undefined,
    decideNow: async (refundCase, approver) => {
      const event = decideApproval(approver, refundCase, entry.decision);
      return event.ok ? ok({ event: event.value }) : event;
    },
  });

/** Lets a refund go on that waits because several devices recorded more than was paid; others wait in its place (M23). */
export const keepRefund = (
  deps: Deps,
  caseId: CaseId,
  entry: ApproverEntry,
): Promise<Result<Saved, ApprovalFault>> =>
  decideAs(deps, caseId, entry, {
    decideNow: async (refundCase, { staff }) => {
      const { paymentId } = refundCase;
      const payment =
        paymentId === undefined ? undefined : await getPayment(deps.journal.db, paymentId);
      const event = decideConflict(staff, refundCase, payment);
      return event.ok ? ok({ event: event.value }) : event;
    },
  });

/** A rejected refund that is opened again, after the record of its new evidence. */
export const decideOpening = async (
  deps: Deps,
  refundCase: RefundCase,
  approver: Approver,
  evidence: readonly EvidenceFile[],
): Promise<Result<Decided, RefundFault>> => {
  const { paymentId } = refundCase;
  const payment =
    paymentId === undefined ? undefined : await getPayment(deps.journal.db, paymentId);
  const share = given("shareLeft", await ownShareLeft(deps, payment));
  const facts = { payment, newEvidence: evidence.length, ...share };
  const event = decideReopen(approver, refundCase, facts);
  if (!event.ok) return event;
  const before = {
    kind: "contact",
    with: "customer",
    via: "counter",
    about: latestAttempt(refundCase).record,
    tags: ["new_evidence"],
    evidence,
  } as const;
  return ok({ event: event.value, before });
};

/** Opens a rejected refund once more with new evidence, which is recorded with it (M5). */
export const reopenRefund = (
  deps: Deps,
  caseId: CaseId,
  entry: ApproverEntry & { readonly evidence: readonly EvidenceFile[]; readonly note?: string },
): Promise<Result<Saved, ApprovalFault>> =>
  decideAs(deps, caseId, entry, {
    text: entry.note,
    decideNow: (refundCase, approver) => decideOpening(deps, refundCase, approver, entry.evidence),
  });

/** Everybody who works here and may decide about this refund. */
export const listApprovers = async (
  deps: Deps,
  refundCase: RefundCase,
): Promise<readonly Staff[]> => {
  const limits = await currentLimits(deps);
  const people = await listStaff(deps.journal.db);
  return people.filter(
    (staff) => staff.active && approvalFault({ staff, limits }, refundCase) === undefined,
  );
};
