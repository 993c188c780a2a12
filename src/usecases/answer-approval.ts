import type { DeviceId, Hash, RecordRef } from "../domain/ids.ts";
import { instantFromMs, instantFromSeconds, secondsOf, type Instant } from "../domain/instant.ts";
import type { RefundEvent } from "../domain/journal-event.ts";
import { lockOut, noTries } from "../domain/lock-out.ts";
import { money, type Money } from "../domain/money.ts";
import type { RefundNumber } from "../domain/refund-number.ts";
import { refusalReasons } from "../domain/reasons.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { signApproval } from "../ledger/approval.ts";
import {
  parseApprovalRequest,
  writeApprovalAnswer,
  type ApprovalRequest,
} from "../ledger/approval-request.ts";
import { hashJwt, parseJws, verifyParsed, type VerifiedJws } from "../ledger/jws.ts";
import { fingerprint } from "../ledger/keys.ts";
import { parseClaims, type Core } from "../ledger/kinds/index.ts";
import { shortCode } from "../ledger/receipt-text.ts";
import type { Sign } from "../ledger/record.ts";
import { countTry, writeTries } from "../storage/envelopes.ts";
import { readApprover, readRing, rootsOf, type Approver, type ShopKey } from "../storage/ring.ts";
import type { Deps } from "./deps.ts";
import { certificateFault, type CertificateFault } from "./judge-approver.ts";
import { takeKeyCard, type TakeCardFault } from "./take-key-card.ts";
import { openPerson, refusalOf, type UnlockFault } from "./unlock.ts";

/** What an approver's phone needs; a shop need not be open on it. */
export type ApproverDeps = Pick<Deps, "journal" | "verify" | "now" | "secretKeys"> & {
  /** Signs with the approver's key, which never leaves the key store; undefined when the browser lost it. */
  readonly openKey: (kid: DeviceId) => Promise<Sign | undefined>;
};

/** Why this phone answers nothing. */
export type RequestFault =
  | {
      readonly kind:
        | "not_an_approver"
        | "request_unreadable"
        | "request_altered"
        | "till_expired"
        | "approver_key_lost";
    }
  /** No key of this shop: of a stranger, or of a till whose key card was not scanned yet. */
  | { readonly kind: "till_unknown"; readonly fingerprint: string }
  | CertificateFault;

/** What the signed record itself says; nothing of it was typed anywhere else. */
export type RequestFacts = {
  readonly amount: Money;
  readonly refundNo: RefundNumber;
  readonly attempt: number;
  readonly type: RefundEvent["type"];
  readonly mode: RefundEvent["mode"];
  readonly recordedAt: Instant;
  readonly training: boolean;
  /** Left of the payment before and after. */
  readonly left: readonly [Money, Money] | undefined;
  readonly ref: RecordRef;
  readonly hash: Hash;
  readonly short: string;
  /** The till by the name that its certificate gives it, and its key as people compare it. */
  readonly till: { readonly label: string; readonly fingerprint: string };
};

/** A request whose record this phone has verified. */
export type OpenRequest = {
  readonly request: ApprovalRequest;
  readonly facts: RequestFacts;
  readonly approver: Approver;
};

/** Until then a certificate is good, and from a day before it was written, as clocks differ. */
const isWithin = (seconds: number, { iat, exp }: ShopKey["claims"]): boolean =>
  seconds >= iat - 86_400 && seconds <= exp;

const factsOf = (jws: VerifiedJws, core: Core<"refund">, till: ShopKey): RequestFacts => {
  const { amt, cur, no, type, mode, iat, seq, rem, trn } = core;
  const hash = hashJwt(jws.token);
  return {
    amount: money(amt, cur),
    refundNo: no,
    attempt: core.try,
    type,
    mode,
    recordedAt: instantFromSeconds(iat),
    training: trn === true,
    left: rem && [money(rem[0], cur), money(rem[1], cur)],
    ref: { device: till.kid, seq },
    hash,
    short: shortCode(hash),
    till: { label: till.claims.label, fingerprint: fingerprint(till.kid) },
  };
};

/** The till that signed a record, when the approver's root vouches for it. */
const tillOf = async (
  { journal, verify }: ApproverDeps,
  approver: Approver,
  kid: string,
): Promise<Result<ShopKey, RequestFault>> => {
  const ring = await readRing(journal.db, { roots: rootsOf(approver), verify });
  const till = ring.get(kid);
  return till?.claims.role === "device"
    ? ok(till)
    : fail({ kind: "till_unknown", fingerprint: fingerprint(kid) });
};

const verifiedFacts = async (
  deps: ApproverDeps,
  approver: Approver,
  { jwt }: ApprovalRequest,
): Promise<Result<RequestFacts, RequestFault>> => {
  const jws = parseJws(jwt, "refund+sd-jwt");
  if (!jws.ok)
    return fail({ kind: jws.fault.kind === "E_SIG" ? "request_altered" : "request_unreadable" });
  const till = await tillOf(deps, approver, jws.value.kid);
  if (!till.ok) return till;
  const verified = await verifyParsed(jws.value, till.value.jwk, deps.verify);
  if (!verified.ok) return fail({ kind: "request_altered" });
  const claims = parseClaims("refund", { payload: verified.value.payload });
  if (!claims.ok || claims.value.kind !== "refund") return fail({ kind: "request_unreadable" });
  const { core } = claims.value;
  const { pre } = till.value.claims;
  if (pre === undefined || !core.no.startsWith(pre)) return fail({ kind: "request_altered" });
  if (!isWithin(core.iat, till.value.claims)) return fail({ kind: "till_expired" });
  return ok(factsOf(verified.value, core, till.value));
};

const secondsNow = ({ now }: ApproverDeps): number => secondsOf(instantFromMs(now()));

/** Whether this phone approves for a shop. */
export const isApprover = async ({ journal, verify }: ApproverDeps): Promise<boolean> =>
  (await readApprover(journal.db, verify)) !== undefined;

/** Verifies the record inside a request and says what it asks for. */
export const readApprovalRequest = async (
  deps: ApproverDeps,
  text: string,
): Promise<Result<OpenRequest, RequestFault>> => {
  const request = parseApprovalRequest(text);
  if (!request.ok) return request;
  const approver = await readApprover(deps.journal.db, deps.verify);
  if (approver === undefined) return fail({ kind: "not_an_approver" });
  const facts = await verifiedFacts(deps, approver, request.value);
  if (!facts.ok) return facts;
  const { minor: amt, currency: cur } = facts.value.amount;
  const fault = certificateFault({ iat: secondsNow(deps), amt, cur }, approver.claims);
  return fault === undefined
    ? ok({ request: request.value, facts: facts.value, approver })
    : fail(fault);
};

/** The PIN of a phone that is nobody's till opens a key that signs nothing; the try is counted before it is looked at. */
const openLock = async (
  { journal: { db }, now, secretKeys }: ApproverDeps,
  { kid, lock }: Approver,
  pin: string,
): Promise<Result<undefined, UnlockFault>> => {
  if (lock === undefined) return fail({ kind: "pin_missing" });
  const name = `approver:${kid}`;
  const { before, tries } = await countTry(db, name, now());
  const refused = refusalOf(before);
  if (refused !== undefined) return fail(refused);
  const opened = await secretKeys.open(pin, lock);
  if (!opened.ok) return fail({ kind: "wrong_pin", next: lockOut(tries, now()) });
  await writeTries(db, name, noTries);
  return ok(undefined);
};

/** Where the phone is a till of the shop too, its holder's own PIN is asked. */
const checkPin = async (
  deps: ApproverDeps,
  { approver, till, pin }: PinEntry & { readonly approver: Approver },
): Promise<Result<unknown, UnlockFault>> => {
  const { sid } = approver.claims;
  return approver.lock === undefined && till !== undefined && sid !== undefined
    ? openPerson(till, sid, pin)
    : openLock(deps, approver, pin);
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
  const unlocked = await checkPin(deps, { ...entry, approver });
  if (!unlocked.ok) return unlocked;
  const sign = await deps.openKey(approver.kid);
  if (sign === undefined) return fail({ kind: "approver_key_lost" });
  const { about, decisions } = request;
  const { ref: record, hash, refundNo, amount } = facts;
  const attempt = { record, hash, refundNo, amount, decisions };
  const intent = { about, result: decision.result, attempt };
  const token = await signApproval(intent, secondsNow(deps), { jwk: approver.jwk, sign });
  const reason = decision.result === "reject" ? { reason: decision.reason } : {};
  return ok(writeApprovalAnswer({ token, ...reason }));
};

/** Gets to know a till of the shop by its key card, as the root of this approver vouches for it. */
export const meetTill = async (
  { journal, verify }: ApproverDeps,
  text: string,
): Promise<Result<ShopKey, TakeCardFault | { readonly kind: "not_an_approver" }>> => {
  const approver = await readApprover(journal.db, verify);
  if (approver === undefined) return fail({ kind: "not_an_approver" });
  return takeKeyCard({ journal }, text, { roots: rootsOf(approver), verify, role: "device" });
};
