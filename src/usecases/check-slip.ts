import type { Hash, RecordRef } from "../domain/ids.ts";
import { instantFromSeconds, type Instant } from "../domain/instant.ts";
import { money, type Money } from "../domain/money.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { RefundNumber } from "../domain/refund-number.ts";
import { hashJwt, parseJws, readPayload, verifyParsed, type UnverifiedJws } from "../ledger/jws.ts";
import { fingerprint, shortCode } from "../ledger/keys.ts";
import { parseClaims } from "../ledger/kinds/index.ts";
import { parseReceipt } from "../ledger/receipt-text.ts";
import type { Revocation } from "../ledger/tokens.ts";
import { findKey } from "../ledger/verify-tokens.ts";
import { casesOfRefunds, findRecord } from "../storage/queries.ts";
import { saveTokens } from "../storage/tokens.ts";
import { compareChain } from "./compare-chain.ts";
import type { Deps } from "./deps.ts";
import { knownAs, type Known, type KnownKeys } from "./known-keys.ts";

/** What a slip claims; believed only under a good signature. */
export type SlipFacts = {
  readonly refundNo: RefundNumber;
  readonly amount: Money;
  readonly recordedAt: Instant;
  readonly training: boolean;
  readonly ref: RecordRef;
  readonly hash: Hash;
  /** Under the code on paper: `XEZV-YNJB`. */
  readonly short: string;
  /** The signing key as people compare it: 8 groups of 4. */
  readonly fingerprint: string;
};

/** What can be said of a slip. */
export type SlipCheck =
  /** Not whole, or so changed that nothing can be read. */
  | { readonly kind: "unreadable" }
  /** Signed by this app, but not about a refund. */
  | { readonly kind: "not_a_refund" }
  /** This device's key, and not one character differs from what it signed. */
  | { readonly kind: "good"; readonly slip: SlipFacts }
  /** Another till of this shop, which the shop's root vouches for. */
  | { readonly kind: "good_other"; readonly slip: SlipFacts; readonly till: Known }
  | { readonly kind: "altered"; readonly slip: SlipFacts | undefined }
  /** Another device's key, which nobody vouches for here, or not any more when this was signed. */
  | { readonly kind: "unknown_device"; readonly slip: SlipFacts };

type Own = Pick<Deps, "device" | "jwk" | "verify">;

const factsOf = (jws: UnverifiedJws): SlipFacts | undefined => {
  const payload = readPayload(jws.payload);
  const claims = payload.ok ? parseClaims("refund", { payload: payload.value }) : undefined;
  if (claims?.ok !== true || claims.value.kind !== "refund") return undefined;
  const { no, amt, cur, iat, seq, trn } = claims.value.core;
  const hash = hashJwt(jws.token);
  return {
    refundNo: no,
    amount: money(amt, cur),
    recordedAt: instantFromSeconds(iat),
    training: trn === true,
    ref: { device: jws.kid as RecordRef["device"], seq },
    hash,
    short: shortCode(hash),
    fingerprint: fingerprint(jws.kid),
  };
};

/** The keys of the shop, and from which record on some of them no longer count. */
export type ShopTrust = {
  readonly keys: KnownKeys;
  readonly revoked: ReadonlyMap<string, Revocation>;
};

/** A slip of another device: believed when its certificate makes it a till of this shop, up to where it was revoked. */
const judgeOther = async (
  jws: UnverifiedJws,
  trust: ShopTrust | undefined,
  slip: SlipFacts | undefined,
): Promise<SlipCheck> => {
  const key = trust && findKey(trust.keys, jws.kid);
  if (trust === undefined || key?.role !== "device")
    return slip === undefined ? { kind: "not_a_refund" } : { kind: "unknown_device", slip };
  const signed = await verifyParsed(jws, key.jwk, trust.keys.verify);
  if (!signed.ok) return { kind: "altered", slip };
  if (slip === undefined) return { kind: "not_a_refund" };
  const cut = trust.revoked.get(jws.kid);
  return cut !== undefined && slip.ref.seq > cut.seq
    ? { kind: "unknown_device", slip }
    : { kind: "good_other", slip, till: knownAs(trust.keys, jws.kid) };
};

const judge = async (
  jws: UnverifiedJws,
  own: Own | undefined,
  trust: ShopTrust | undefined,
): Promise<SlipCheck> => {
  const slip = factsOf(jws);
  if (own === undefined || jws.kid !== own.device) return judgeOther(jws, trust, slip);
  const signed = await verifyParsed(jws, own.jwk, own.verify);
  if (!signed.ok) return { kind: "altered", slip };
  return slip === undefined ? { kind: "not_a_refund" } : { kind: "good", slip };
};

/** The record's own text inside a receipt's code, whichever form it has. */
const slipToken = (text: string): string | undefined => {
  const [token = ""] = text.trim().split("~"); // what follows are disclosures, which a slip does not need
  const receipt = parseReceipt(token);
  return receipt.ok ? receipt.value : undefined;
};

/**
 * Checks the text of a receipt's code, in any of its forms, against this device's own key and, where they are given, the
 * keys of the shop. Needs neither an unlocked person nor an open shop.
 */
export const checkSlip = async (
  own: Own | undefined,
  text: string,
  trust?: ShopTrust,
): Promise<SlipCheck> => {
  const token = slipToken(text);
  if (token === undefined) return { kind: "unreadable" };
  const jws = parseJws(token, "refund+sd-jwt");
  if (jws.ok) return judge(jws.value, own, trust);
  if (jws.fault.kind === "E_TYP") return { kind: "not_a_refund" };
  return jws.fault.kind === "E_SIG" ? { kind: "altered", slip: undefined } : { kind: "unreadable" };
};

/** Where the record of a good slip stands in the journals here. */
export type SlipStanding =
  | { readonly kind: "here"; readonly refundCase: RefundCase }
  /** It is further than this device's chain goes: the end of the chain was cut off. */
  | { readonly kind: "cut"; readonly seq: number; readonly last: number }
  /** Another till's, of which nothing is here yet. */
  | { readonly kind: "elsewhere"; readonly isAhead: boolean }
  /** This device signed it and no longer has it: records were lost. */
  | { readonly kind: "missing" }
  /** Another record stands at its number. */
  | { readonly kind: "differs" };

const absent = async (
  { journal: { db } }: Pick<Deps, "journal">,
  { ref, hash }: SlipFacts,
  isOwn: boolean,
): Promise<SlipStanding> => {
  const { kind, last } = await compareChain(db, { ...ref, head: hash });
  if (kind === "forked") return { kind: "differs" };
  if (!isOwn) return { kind: "elsewhere", isAhead: kind === "ahead" };
  return kind === "ahead" && last >= 0 ? { kind: "cut", seq: ref.seq, last } : { kind: "missing" };
};

/** Looks up how the refund of a good slip stands now; every slip that comes back is held against the chain (refundlog.md §6). */
export const findSlipStanding = async (
  deps: Pick<Deps, "journal">,
  slip: SlipFacts,
  isOwn = true,
): Promise<SlipStanding> => {
  const { db } = deps.journal;
  const record = await findRecord(db, slip.ref);
  if (record === undefined) return absent(deps, slip, isOwn);
  const [refundCase] = await casesOfRefunds(db, [slip.ref]);
  if (record.hash !== slip.hash || refundCase === undefined) return { kind: "differs" };
  return { kind: "here", refundCase };
};

/**
 * A slip that this device signed and its journal does not hold is proof against the journal: it is kept, and the next
 * start stops before anything is written over the gap.
 */
export const keepSlipProof = async (
  deps: Pick<Deps, "journal">,
  slip: SlipFacts,
  text: string,
): Promise<void> => {
  const token = slipToken(text);
  const { kind } = await findSlipStanding(deps, slip);
  if (token === undefined || (kind !== "cut" && kind !== "differs")) return;
  const { device, seq } = slip.ref;
  await saveTokens(deps.journal.db, [{ kind: "slip", device, seq, head: slip.hash, token }]);
};
