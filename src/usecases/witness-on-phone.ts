import { fail, ok, type Result } from "../domain/result.ts";
import { hashText } from "../ledger/base64url.ts";
import { makeJws } from "../ledger/jws.ts";
import { shortCode } from "../ledger/keys.ts";
import { tokenReaders } from "../ledger/open-tokens.ts";
import { readApprover, readRing, rootsOf, type Approver } from "../storage/ring.ts";
import { saveTokens, tokensOfKind } from "../storage/tokens.ts";
import { compareChain, type Named } from "./compare-chain.ts";
import { revokedKeys, trustIn, type Known, type KnownKeys } from "./known-keys.ts";
import { openSigned, type SignedFault } from "./open-signed.ts";
import { secondsNow, type ApproverDeps } from "./read-approval-request.ts";
import type { ChainFault } from "./witness-chain.ts";

/** What an approver's phone saw of a till, and its statement, which the till scans back. */
export type PhoneSight = {
  readonly till: string;
  readonly seq: number;
  readonly short: string;
  readonly statement: string;
};

export type PhoneSightFault =
  | SignedFault
  | ChainFault
  | { readonly kind: "not_an_approver" | "approver_key_lost" };

const keysUnder = async (
  { journal, verify }: ApproverDeps,
  approver: Approver,
): Promise<KnownKeys> => {
  const trust = { roots: rootsOf(approver), verify };
  const shopKeys = await readRing(journal.db, trust);
  return { ...trustIn(trust, shopKeys), shopKeys };
};

/** Compares a till's head with every code and record of that till that this phone has seen (refundlog.md §6). */
const judge = async (
  { journal: { db } }: ApproverDeps,
  keys: KnownKeys,
  { named, label }: { readonly named: Named; readonly label: string },
): Promise<ChainFault | undefined> => {
  const { device, seq, head } = named;
  const cut = (await revokedKeys(db, keys)).get(device);
  if (cut !== undefined && seq > cut.seq) return { kind: "signer_revoked", label, seq: cut.seq };
  const seen = [
    ...(await tokensOfKind(db, "cp", device)),
    ...(await tokensOfKind(db, "slip", device)),
  ];
  const { kind, last: known } = await compareChain(db, named);
  const last = Math.max(known, ...seen.map((one) => one.seq));
  const isOther = seen.some((one) => one.seq === seq && one.head !== head);
  if (kind === "forked" || isOther) return { kind: "chain_forked", label, seq, last };
  return seq < last ? { kind: "chain_rolled_back", label, seq, last } : undefined;
};

const nameOf = ({ label, fingerprint }: Known): string => label ?? fingerprint.slice(0, 9);

/** Sees a till's checkpoint on an approver's phone, where no shop need be open, and states what it saw. */
export const witnessOnPhone = async (
  deps: ApproverDeps,
  token: string,
): Promise<Result<PhoneSight, PhoneSightFault>> => {
  const { db } = deps.journal;
  const approver = await readApprover(db, deps.verify);
  if (approver === undefined) return fail({ kind: "not_an_approver" });
  const keys = await keysUnder(deps, approver);
  const signed = await openSigned(keys, token, tokenReaders.checkpoint, ["device"]);
  if (!signed.ok) return signed;
  const { by, claims } = signed.value;
  const { seq, head } = claims;
  const named = { device: by.kid, seq, head };
  const fault = await judge(deps, keys, { named, label: nameOf(by) });
  await saveTokens(db, [{ kind: "cp", ...named, token }]); // what contradicts is evidence
  if (fault !== undefined) return fail(fault);
  const sign = await deps.openKey(approver.kid);
  if (sign === undefined) return fail({ kind: "approver_key_lost" });
  const said = { cp: hashText(token), head, iat: secondsNow(deps), k: by.kid, s: seq, v: 1 };
  const statement = await makeJws("refund-wit+jwt", said, { kid: approver.kid, sign });
  return ok({ till: nameOf(by), seq, short: shortCode(head), statement });
};
