import { hashText } from "../base64url.ts";
import { canonicalize } from "../canonical.ts";
import { thumbprint } from "../keys.ts";
import { recordKinds } from "../record.ts";
import { mayErase } from "./erasable.ts";
import { checkRole } from "./roles.ts";
import { findReferred, type Rule } from "./state.ts";

/** The first record names the device as its certificate does. */
export const checkGenesis: Rule<"genesis"> = (state, fact) => {
  const { core, seq, det } = fact;
  const { certificate } = state;
  const otherKey = thumbprint(core.jwk) !== state.device;
  const otherName =
    certificate !== undefined && (core.label !== certificate.label || core.pre !== certificate.pre);
  if (seq !== 0 || (core.prev as string) !== state.device || otherKey || otherName)
    state.report("E_GENESIS", seq);
  state.shopCurrency = det?.shop.cur;
};

export const checkPolicy: Rule<"policy"> = (state, fact) => {
  const { core, det, seq } = fact;
  checkRole(state, fact, "policy");
  if (det !== undefined && hashText(canonicalize(det.doc)) !== core.pol)
    state.report("E_POLICY", seq);
  state.policies.set(seq, core.pol);
};

/** An acknowledgement speaks of what was there before it. */
export const checkAck: Rule<"ack"> = (state, fact) => {
  const { core, seq } = fact;
  const known = state.seen.get(core.s);
  const contradicts = known !== undefined && known.hash !== core.h;
  if (core.s >= seq || contradicts) state.report("E_ACK", seq);
};

/** A device cannot witness itself. */
export const checkWit: Rule<"wit"> = (state, fact) => {
  if (fact.core.k === state.device) state.report("E_REF", fact.seq);
};

/**
 * Only `cust` and what it names may be erased, and then this file must not carry it any more. What is said of another
 * chain is judged beside that chain.
 */
export const checkErase: Rule<"erase"> = (state, fact) => {
  const { core, seq } = fact;
  if (fact.ctx?.staff !== "sys" || core.why !== "retention") checkRole(state, fact, "erase");
  if (core.dev === state.device) state.report("E_REF", seq);
  if (core.dev !== undefined) return;
  const found = findReferred(state, fact, core.ref, recordKinds);
  if (found === undefined) return;
  const isCarried = core.ref >= state.from && core.d?.some((digest) => digest === found.cust);
  if (isCarried === true || !mayErase(core, found)) state.report("E_ERASE", seq);
};

export const checkRotate: Rule<"rotate"> = (state, fact) => {
  if (thumbprint(fact.core.jwk) === state.device) state.report("E_REF", fact.seq);
  state.rotated = true;
};

export const checkGap: Rule<"gap"> = (state, fact) => state.report("W_GAP", fact.seq);
