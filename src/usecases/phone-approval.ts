import { given } from "../domain/given.ts";
import type { CaseId } from "../domain/ids.ts";
import { instantFromMs, secondsOf } from "../domain/instant.ts";
import type { DecideEvent } from "../domain/journal-event.ts";
import { latestAttempt, type RefundCase } from "../domain/refund/case.ts";
import { decideApproval, type Decision } from "../domain/refund/decide-approval.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import { differences, intentOf, openApproval, type OpenedApproval } from "../ledger/approval.ts";
import { parseApprovalAnswer, writeApprovalRequest } from "../ledger/approval-request.ts";
import { parseJws } from "../ledger/jws.ts";
import { fingerprint, shortCode } from "../ledger/keys.ts";
import { endOf } from "../ledger/validity.ts";
import type { Saved } from "../storage/append-record.ts";
import { findRecord, getCase, listStaff } from "../storage/queries.ts";
import type { ShopKey } from "../storage/ring.ts";
import { currentLimits } from "./approve-refund.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { knownKeys, revokedKeys } from "./known-keys.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";
import { certificateFault, type CertificateFault } from "./judge-approver.ts";
import { takeKeyCard, type TakeCardFault } from "./take-key-card.ts";
import type { UnknownCaseFault } from "./withdraw-refund.ts";

/** Why an answer of another phone decides nothing here. */
export type PhoneAnswerFault =
  | {
      readonly kind:
        | "approval_unreadable"
        | "approval_altered"
        | "approval_other_till"
        | "approval_other_refund"
        | "approval_amount_changed"
        | "approval_used"
        | "approval_expired"
        | "approver_revoked"
        | "approver_not_staff";
    }
  /** Its key card was not scanned yet; the fingerprint is what both screens show. */
  | { readonly kind: "approver_unknown"; readonly fingerprint: string }
  | CertificateFault;

export type PhoneApprovalFault =
  | PhoneAnswerFault
  | RefundFault
  | UnknownCaseFault
  | LockedFault
  | RecordFault;

/** The code that a till shows, and the first characters of the record's hash, which both screens show to people. */
export type PhoneRequest = { readonly text: string; readonly short: string };

/** What a till shows to the phone of whoever is to decide (refundlog.md §9). */
export const requestPhoneApproval = async (
  { journal: { db } }: Deps,
  refundCase: RefundCase,
): Promise<Result<PhoneRequest, RefundFault>> => {
  const attempt = latestAttempt(refundCase);
  const record = await findRecord(db, attempt.record);
  if (record === undefined || attempt.money !== "pending_approval")
    return fail({ kind: "not_allowed_now", state: attempt.money });
  const { decisions } = attempt;
  const text = writeApprovalRequest({ jwt: record.jwt, about: "refund", decisions });
  return ok({ text, short: shortCode(attempt.hash) });
};

type Answer = OpenedApproval & {
  readonly token: string;
  readonly reason: string | undefined;
  readonly key: ShopKey;
};

/** An approver's answer under a key that this shop's root vouches for. */
const openAnswer = async (deps: Deps, text: string): Promise<Result<Answer, PhoneAnswerFault>> => {
  const parsed = parseApprovalAnswer(text);
  if (!parsed.ok) return parsed;
  const { token, reason } = parsed.value;
  const jws = parseJws(token, "refund-approve+jwt");
  if (!jws.ok)
    return fail({ kind: jws.fault.kind === "E_SIG" ? "approval_altered" : "approval_unreadable" });
  const { kid } = jws.value;
  const keys = await knownKeys(deps);
  const key = keys.shopKeys.get(kid);
  if (key?.claims.role !== "approver")
    return fail({ kind: "approver_unknown", fingerprint: fingerprint(kid) });
  if ((await revokedKeys(deps.journal.db, keys)).has(kid))
    return fail({ kind: "approver_revoked" });
  const opened = await openApproval(token, () => key.jwk, deps.verify);
  return opened === undefined
    ? fail({ kind: "approval_altered" })
    : ok({ ...opened, token, reason, key });
};

/** What it was signed about must be this record, member by member, and this step of it. */
const faultOfIntent = (
  { claims }: Answer,
  attempt: RefundCase["attempts"][number],
): PhoneAnswerFault | undefined => {
  const wanted = intentOf({ about: "refund", result: claims.res, attempt });
  const other = new Set(differences(claims, wanted));
  if (other.size === 0) return undefined;
  if (other.has("dev")) return { kind: "approval_other_till" };
  if (other.has("amt") || other.has("cur")) return { kind: "approval_amount_changed" };
  const isThisRecord = !other.has("h") && !other.has("seq") && !other.has("no");
  return isThisRecord && claims.k < attempt.decisions
    ? { kind: "approval_used" }
    : { kind: "approval_other_refund" };
};

const faultOfAnswer = (
  answer: Answer,
  refundCase: RefundCase,
  now: number,
): PhoneAnswerFault | undefined => {
  const { exp } = answer.claims;
  const fault =
    faultOfIntent(answer, latestAttempt(refundCase)) ??
    certificateFault(answer.claims, answer.key.claims);
  if (fault !== undefined) return fault;
  return exp !== undefined && now > exp ? { kind: "approval_expired" } : undefined;
};

const decisionOf = ({ claims, reason = "" }: Answer): Decision =>
  claims.res === "approve" ? { result: "approve" } : { result: "reject", reason };

/** The person of the phone, as this till knows them. */
const holderOf = async ({ journal }: Deps, { key }: Answer): Promise<Staff | undefined> => {
  const { sid } = key.claims;
  return (await listStaff(journal.db)).find(({ staff }) => staff === (sid as string | undefined));
};

const decideByPhone = async (
  deps: Deps,
  refundCase: RefundCase,
  answer: Answer,
): Promise<Result<DecideEvent, PhoneAnswerFault | RefundFault>> => {
  const now = secondsOf(instantFromMs(deps.now()));
  const fault = faultOfAnswer(answer, refundCase, now);
  if (fault !== undefined) return fail(fault);
  const staff = await holderOf(deps, answer);
  if (staff?.active !== true) return fail({ kind: "approver_not_staff" });
  const approver = { staff, limits: await currentLimits(deps) };
  const event = decideApproval(approver, refundCase, decisionOf(answer));
  if (!event.ok) return event;
  return ok({
    ...event.value,
    method: "device",
    proof: answer.token,
    approver: staff.staff,
    ...given("expires", endOf(answer.claims.exp)),
  });
};

/**
 * Takes the answer that another phone signed: an approver of this shop, about this very record with its amount, once.
 * Whoever is at the till records it; nothing of it rests on a network.
 */
export const takePhoneApproval = async (
  deps: Deps,
  caseId: CaseId,
  text: string,
): Promise<Result<Saved, PhoneApprovalFault>> => {
  const person = whoActs(deps);
  if (!person.ok) return person;
  const answer = await openAnswer(deps, text);
  if (!answer.ok) return answer;
  return recordEvents<PhoneAnswerFault | RefundFault | UnknownCaseFault>(deps, async () => {
    const refundCase = await getCase(deps.journal.db, caseId);
    if (refundCase === undefined) return fail({ kind: "case_unknown" });
    const event = await decideByPhone(deps, refundCase, answer.value);
    return event.ok ? planOf(event.value) : event;
  });
};

/** Gets to know an approver's phone by its key card, as this shop's root vouches for it. */
export const meetApprover = (deps: Deps, text: string): Promise<Result<ShopKey, TakeCardFault>> =>
  takeKeyCard(deps, text, { role: "approver" });
