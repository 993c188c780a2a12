import type { Hash, RecordRef } from "../domain/ids.ts";
import { instantFromSeconds, type Instant } from "../domain/instant.ts";
import { money, type Money } from "../domain/money.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { RefundNumber } from "../domain/refund-number.ts";
import { hashJwt, parseJws, readPayload, verifyParsed, type UnverifiedJws } from "../ledger/jws.ts";
import { fingerprint } from "../ledger/keys.ts";
import { parseClaims } from "../ledger/kinds/index.ts";
import { parseReceipt, shortCode } from "../ledger/receipt-text.ts";
import { casesOfRefunds, findRecord } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";

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
  | { readonly kind: "altered"; readonly slip: SlipFacts | undefined }
  /** Another device's key, which nobody vouches for here. */
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

const judge = async (jws: UnverifiedJws, own: Own | undefined): Promise<SlipCheck> => {
  const slip = factsOf(jws);
  if (own === undefined || jws.kid !== own.device)
    return slip === undefined ? { kind: "not_a_refund" } : { kind: "unknown_device", slip };
  const signed = await verifyParsed(jws, own.jwk, own.verify);
  if (!signed.ok) return { kind: "altered", slip };
  return slip === undefined ? { kind: "not_a_refund" } : { kind: "good", slip };
};

/**
 * Checks the text of a receipt's code, in any of its forms, against this device's own key.
 * Needs neither an unlocked person nor an open shop.
 */
export const checkSlip = async (own: Own | undefined, text: string): Promise<SlipCheck> => {
  const [token = ""] = text.trim().split("~"); // what follows are disclosures, which a slip does not need
  const receipt = parseReceipt(token);
  if (!receipt.ok) return { kind: "unreadable" };
  const jws = parseJws(receipt.value, "refund+sd-jwt");
  if (jws.ok) return judge(jws.value, own);
  if (jws.fault.kind === "E_TYP") return { kind: "not_a_refund" };
  return jws.fault.kind === "E_SIG" ? { kind: "altered", slip: undefined } : { kind: "unreadable" };
};

/** Where the record of a good slip stands in this device's journal. */
export type SlipStanding =
  | { readonly kind: "here"; readonly refundCase: RefundCase }
  /** This device signed it and no longer has it: records were lost. */
  | { readonly kind: "missing" }
  /** Another record stands at its number. */
  | { readonly kind: "differs" };

/** Looks up how the refund of a good slip stands now. */
export const findSlipStanding = async (
  deps: Pick<Deps, "journal">,
  slip: SlipFacts,
): Promise<SlipStanding> => {
  const { db } = deps.journal;
  const record = await findRecord(db, slip.ref);
  if (record === undefined) return { kind: "missing" };
  const [refundCase] = await casesOfRefunds(db, [slip.ref]);
  if (record.hash !== slip.hash || refundCase === undefined) return { kind: "differs" };
  return { kind: "here", refundCase };
};
