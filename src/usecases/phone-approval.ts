import { given } from "../domain/given.ts";
import type { CaseId } from "../domain/ids.ts";
import { instantFromMs, secondsOf } from "../domain/instant.ts";
import { latestAttempt, type RefundCase } from "../domain/refund/case.ts";
import type { Decision } from "../domain/refund/decide-approval.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { openQuestion, type Question } from "../domain/refund/open-question.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { rightOf } from "../domain/rights.ts";
import type { Staff } from "../domain/staff.ts";
import { cutText, longestText } from "../domain/typed-text.ts";
import { differences, intentOf, openApproval, type OpenedApproval } from "../ledger/approval.ts";
import { parseApprovalAnswer, writeApprovalRequest } from "../ledger/approval-request.ts";
import { parseJws } from "../ledger/jws.ts";
import { fingerprint, shortCode } from "../ledger/keys.ts";
import { endOf } from "../ledger/validity.ts";
import type { Saved } from "../storage/append-record.ts";
import { findRecord, getCase, listStaff } from "../storage/queries.ts";
import type { ShopKey } from "../storage/ring.ts";
import type { Decided } from "./approve-refund.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { knownKeys, revokedKeys } from "./known-keys.ts";
import { recallBatch } from "./export-batch.ts";
import { certificateFault, type CertificateFault } from "./judge-approver.ts";
import { decideAnswer, noGround, recallProgress, type Ground } from "./phone-decision.ts";
import { recordEvents, type Plan, type RecordFault } from "./record-event.ts";
import type { UploadFault } from "./report-upload.ts";
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
  | UploadFault
  | LockedFault
  | RecordFault;

/** The code that a till shows, and the first characters of the record's hash, which both screens show to people. */
export type PhoneRequest = { readonly text: string; readonly short: string };

/** What a till shows to the phone of whoever is to decide what stands open (refundlog.md §9). */
export const requestPhoneApproval = async (
  { journal: { db } }: Deps,
  refundCase: RefundCase,
): Promise<Result<PhoneRequest, RefundFault>> => {
  const attempt = latestAttempt(refundCase);
  const record = await findRecord(db, attempt.record);
  const about = openQuestion(refundCase);
  if (record === undefined || about === undefined)
    return fail({ kind: "not_allowed_now", state: attempt.money });
  const { decisions } = attempt;
  const text = writeApprovalRequest({ jwt: record.jwt, about, decisions });
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
  about: Question,
): PhoneAnswerFault | undefined => {
  const wanted = intentOf({ about, result: claims.res, attempt });
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
    faultOfIntent(answer, latestAttempt(refundCase), openQuestion(refundCase) ?? "refund") ??
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

type Brought = { readonly answer: Answer; readonly ground: Ground };

const decideByPhone = async (
  deps: Deps,
  refundCase: RefundCase,
  { answer, ground }: Brought,
): Promise<Result<Decided, PhoneAnswerFault | RefundFault>> => {
  const now = secondsOf(instantFromMs(deps.now()));
  const fault = faultOfAnswer(answer, refundCase, now);
  if (fault !== undefined) return fail(fault);
  const staff = await holderOf(deps, answer);
  if (staff?.active !== true) return fail({ kind: "approver_not_staff" });
  const decision = decisionOf(answer);
  const decided = await decideAnswer(deps, refundCase, { staff, decision, ground });
  if (!decided.ok) return decided;
  const event = {
    ...decided.value.event,
    method: "device",
    proof: answer.token,
    approver: staff.staff,
    ...given("expires", endOf(answer.claims.exp)),
  } as const;
  return ok({ ...decided.value, event });
};

const planAnswer = ({ event, before }: Decided, { proof }: Ground): Plan => {
  const text = event.about === "recall" ? cutText(proof, longestText) : "";
  const own = text === "" ? { event } : { event, personal: { text } };
  return { events: before === undefined ? [own] : [{ event: before }, own] };
};

/**
 * Takes the answer that another phone signed: an approver of this shop, about this very record with its amount, once.
 * Whoever is at the till records it; nothing of it rests on a network. A file goes back with the last consent.
 */
export const takePhoneApproval = async (
  deps: Deps,
  caseId: CaseId,
  text: string,
  ground: Ground = noGround,
): Promise<Result<Saved, PhoneApprovalFault>> => {
  const person = whoActs(deps);
  if (!person.ok) return person;
  const answer = await openAnswer(deps, text);
  if (!answer.ok) return answer;
  const { db } = deps.journal;
  const taken = await recordEvents<PhoneAnswerFault | RefundFault | UnknownCaseFault>(
    deps,
    async () => {
      const refundCase = await getCase(db, caseId);
      if (refundCase === undefined) return fail({ kind: "case_unknown" });
      if (openQuestion(refundCase) === "recall" && rightOf(person.value, "recall") === "no")
        return fail({ kind: "not_entitled", action: "recall" });
      const decided = await decideByPhone(deps, refundCase, { answer: answer.value, ground });
      return decided.ok ? ok(planAnswer(decided.value, ground)) : decided;
    },
  );
  return taken.ok && answer.value.claims.on === "recall" ? endRecall(deps, caseId, taken) : taken;
};

/** Takes the file back as soon as every refund in it may be. */
const endRecall = async (
  deps: Deps,
  caseId: CaseId,
  taken: Result<Saved, PhoneApprovalFault>,
): Promise<Result<Saved, PhoneApprovalFault>> => {
  const refundCase = await getCase(deps.journal.db, caseId);
  const progress = refundCase && (await recallProgress(deps, refundCase));
  return progress === undefined || progress.next !== undefined
    ? taken
    : recallBatch(deps, progress.batch.batchId);
};

/** Gets to know an approver's phone by its key card, as this shop's root vouches for it. */
export const meetApprover = (deps: Deps, text: string): Promise<Result<ShopKey, TakeCardFault>> =>
  takeKeyCard(deps, text, { role: "approver" });
