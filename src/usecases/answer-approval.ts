import { lockOut, noTries } from "../domain/lock-out.ts";
import { refusalReasons } from "../domain/reasons.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { signApproval } from "../ledger/approval.ts";
import { writeApprovalAnswer } from "../ledger/approval-request.ts";
import { readSafely } from "../storage/append-record.ts";
import { countTry, writeTries } from "../storage/envelopes.ts";
import type { Approver } from "../storage/ring.ts";
import { saveTokens } from "../storage/tokens.ts";
import { compareChain } from "./compare-chain.ts";
import type { Deps } from "./deps.ts";
import {
  readApprovalRequest,
  secondsNow,
  type ApproverDeps,
  type OpenRequest,
  type RequestFault,
} from "./read-approval-request.ts";
import { refusalOf, type UnlockFault } from "./unlock.ts";
import { recordSighting } from "./witness-chain.ts";

/** An approver's PIN opens a key that signs nothing; the try is counted before it is looked at. */
const openLock = async (
  { journal: { db }, now, secretKeys }: ApproverDeps,
  { kid, lock }: Approver,
  pin: string,
): Promise<Result<undefined, UnlockFault>> => {
  const name = `approver:${kid}`;
  const { before, tries } = await countTry(db, name, now());
  const refused = refusalOf(before);
  if (refused !== undefined) return fail(refused);
  const opened = await secretKeys.open(pin, lock);
  if (!opened.ok) return fail({ kind: "wrong_pin", next: lockOut(tries, now()) });
  await writeTries(db, name, noTries);
  return ok(undefined);
};

type PinEntry = {
  readonly pin: string;
  /** The till that this phone is as well. */
  readonly till: Deps | undefined;
};

/** Reasons that say enough without words: a code has no room for them. */
export const phoneReasons = refusalReasons.filter((reason) => reason !== "other");

/** What an approver can say to a till: yes, or no with a reason from the list. */
export type PhoneDecision =
  | { readonly result: "approve" }
  | { readonly result: "reject"; readonly reason: string };

export type AnswerFault = RequestFault | UnlockFault | { readonly kind: "reason_missing" };

/** Signs the decision about exactly the record in the request; the answer is the text of the code that the till scans. */
export const answerApprovalRequest = async (
  deps: ApproverDeps,
  text: string,
  entry: PinEntry & { readonly decision: PhoneDecision },
): Promise<Result<string, AnswerFault>> => {
  const { decision } = entry;
  if (decision.result === "reject" && phoneReasons.every((known) => known !== decision.reason))
    return fail({ kind: "reason_missing" });
  const opened = await readApprovalRequest(deps, text);
  if (!opened.ok) return opened;
  const { approver, facts, request } = opened.value;
  const unlocked = await openLock(deps, approver, entry.pin);
  if (!unlocked.ok) return unlocked;
  const sign = await deps.openKey(approver.kid);
  if (sign === undefined) return fail({ kind: "approver_key_lost" });
  const { about, decisions } = request;
  const { ref: record, hash, refundNo, amount } = facts;
  const attempt = { record, hash, refundNo, amount, decisions };
  const intent = { about, result: decision.result, attempt };
  const token = await signApproval(intent, secondsNow(deps), { jwk: approver.jwk, sign });
  await keepSight(deps, opened.value, entry.till);
  const reason = decision.result === "reject" ? { reason: decision.reason } : {};
  return ok(writeApprovalAnswer({ token, ...reason }));
};

/** The phone bears out what it was shown: it keeps the record, and where it has a journal, writes that down. */
const keepSight = async (
  { journal }: ApproverDeps,
  { facts, request }: OpenRequest,
  till: Deps | undefined,
): Promise<void> => {
  const { db } = journal;
  const { device, seq } = facts.ref;
  const named = { device, seq, head: facts.hash };
  await readSafely(journal, () => saveTokens(db, [{ kind: "slip", ...named, token: request.jwt }]));
  if (till === undefined || (await compareChain(db, named)).kind !== "ahead") return;
  await recordSighting(till, { ...named, via: "approval", label: facts.till.label });
};
