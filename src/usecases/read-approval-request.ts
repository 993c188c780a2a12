import type { DeviceId, Hash, RecordRef } from "../domain/ids.ts";
import { instantFromMs, instantFromSeconds, secondsOf, type Instant } from "../domain/instant.ts";
import type { RefundEvent } from "../domain/journal-event.ts";
import { money, type Money } from "../domain/money.ts";
import type { RefundNumber } from "../domain/refund-number.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { parseApprovalRequest, type ApprovalRequest } from "../ledger/approval-request.ts";
import { hashJwt, parseJws, verifyParsed, type VerifiedJws } from "../ledger/jws.ts";
import { fingerprint, shortCode } from "../ledger/keys.ts";
import { parseClaims, type Core } from "../ledger/kinds/index.ts";
import type { Sign } from "../ledger/record.ts";
import { isWithin } from "../ledger/validity.ts";
import { readApprover, readRing, rootsOf, type Approver, type ShopKey } from "../storage/ring.ts";
import { tokensOfKind } from "../storage/tokens.ts";
import { compareChain } from "./compare-chain.ts";
import type { Deps } from "./deps.ts";
import { certificateFault, type CertificateFault } from "./judge-approver.ts";
import { revokedKeys } from "./known-keys.ts";
import { approverTrust } from "./status-lists.ts";
import { takeKeyCard, type TakeCardFault } from "./take-key-card.ts";

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
        | "till_revoked"
        | "approver_key_lost";
    }
  /** No key of this shop: of a stranger, or of a till whose key card was not scanned yet. */
  | { readonly kind: "till_unknown"; readonly fingerprint: string }
  /** Another record of that till is known at this number. */
  | { readonly kind: "chain_forked"; readonly label: string; readonly seq: number }
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
  const facts = factsOf(verified.value, core, till.value);
  const fault = await faultOfChain(deps, approver, facts);
  return fault === undefined ? ok(facts) : fail(fault);
};

/** A till that was switched off before this record, or that signed two records with one number. */
const faultOfChain = async (
  deps: ApproverDeps,
  approver: Approver,
  { ref: { device, seq }, hash, till: { label } }: RequestFacts,
): Promise<RequestFault | undefined> => {
  const { db } = deps.journal;
  const cut = (await revokedKeys(db, await approverTrust(deps, approver))).get(device);
  if (cut !== undefined && seq > cut.seq) return { kind: "till_revoked" };
  const { kind } = await compareChain(db, { device, seq, head: hash });
  const answered = await tokensOfKind(db, "slip", device);
  const isOther = answered.some((slip) => slip.seq === seq && slip.head !== hash);
  return kind === "forked" || isOther ? { kind: "chain_forked", label, seq } : undefined;
};

/** By the phone's own clock. */
export const secondsNow = ({ now }: ApproverDeps): number => secondsOf(instantFromMs(now()));

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

/** Gets to know a till of the shop by its key card, as the root of this approver vouches for it. */
export const meetTill = async (
  { journal, verify }: ApproverDeps,
  text: string,
): Promise<Result<ShopKey, TakeCardFault | { readonly kind: "not_an_approver" }>> => {
  const approver = await readApprover(journal.db, verify);
  if (approver === undefined) return fail({ kind: "not_an_approver" });
  return takeKeyCard({ journal, verify }, text, { roots: rootsOf(approver), role: "device" });
};
