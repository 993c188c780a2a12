import { instantFromSeconds, type Instant } from "../domain/instant.ts";
import type { WitnessEvent } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { hashText } from "../ledger/base64url.ts";
import { makeJws } from "../ledger/jws.ts";
import { shortCode } from "../ledger/keys.ts";
import { tokenReaders } from "../ledger/open-tokens.ts";
import type { Checkpoint } from "../ledger/tokens.ts";
import { saveTokens } from "../storage/tokens.ts";
import { compareChain, type Named } from "./compare-chain.ts";
import { compareOwn, type OwnChainFault } from "./compare-own.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { knownAs, knownKeys, revokedKeys, type Known, type KnownKeys } from "./known-keys.ts";
import { isOwnNonce, spendNonce } from "./make-checkpoint.ts";
import { openSigned, type Signed, type SignedFault } from "./open-signed.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

/** What another till's checkpoint says, after it was compared with all that is known of that till. */
export type SeenCheckpoint = Named & {
  readonly token: string;
  readonly till: Known;
  readonly short: string;
  readonly at: Instant;
  /** Made just now for this till, not a picture of an older one. */
  readonly isLive: boolean;
  /** The last record known of that till before; -1 for none. */
  readonly last: number;
  /** This very head was seen before. */
  readonly isKnown: boolean;
};

/** The other till's chain is not the one that was seen before; facts for the sentence. */
export type ChainFault =
  | {
      readonly kind: "chain_rolled_back" | "chain_forked";
      readonly label: string;
      readonly seq: number;
      readonly last: number;
    }
  | { readonly kind: "signer_revoked"; readonly label: string; readonly seq: number };

export type WitnessFault =
  | LockedFault
  | SignedFault
  | ChainFault
  | OwnChainFault
  | { readonly kind: "checkpoint_own" };

const labelOf = ({ label, fingerprint }: Known): string => label ?? fingerprint.slice(0, 9);

/** Whether a named record may follow what is known of its chain; the number of the last known one when it may. */
const judge = async (
  { journal }: Pick<Deps, "journal">,
  named: Named,
  label: string,
): Promise<Result<{ readonly last: number; readonly isKnown: boolean }, ChainFault>> => {
  const { kind, last } = await compareChain(journal.db, named);
  const { seq } = named;
  if (kind === "forked") return fail({ kind: "chain_forked", label, seq, last });
  if (seq < last) return fail({ kind: "chain_rolled_back", label, seq, last });
  return ok({ last, isKnown: kind === "same" });
};

/** What a revoked key signed behind its cut is no sighting of it. */
export const notRevoked = async (
  { journal }: Deps,
  keys: KnownKeys,
  named: Named,
): Promise<Result<undefined, ChainFault>> => {
  const cut = (await revokedKeys(journal.db, keys)).get(named.device);
  if (cut === undefined || named.seq <= cut.seq) return ok(undefined);
  const label = labelOf(knownAs(keys, named.device));
  return fail({ kind: "signer_revoked", label, seq: cut.seq });
};

type Read = {
  readonly keys: KnownKeys;
  readonly signed: Signed<Checkpoint>;
  readonly named: Named;
};

const open = async (deps: Deps, token: string): Promise<Result<Read, WitnessFault>> => {
  const keys = await knownKeys(deps);
  const signed = await openSigned(keys, token, tokenReaders.checkpoint, ["device"]);
  if (!signed.ok) return signed;
  const { by, claims } = signed.value;
  const { seq, head } = claims;
  const named = { device: by.kid, seq, head };
  if (by.kid === deps.device) return fail(await judgeOwn(deps, named, token));
  return ok({ keys, signed: signed.value, named });
};

/** A code of this very till that comes back, from a shift's slip above all: it bears nothing out, but it may contradict. */
const judgeOwn = async (
  deps: Deps,
  named: Named,
  token: string,
): Promise<OwnChainFault | { readonly kind: "checkpoint_own" }> => {
  const compared = await compareOwn(deps, named);
  if (compared.ok) return { kind: "checkpoint_own" };
  await keepEvidence(deps, named, token);
  return compared.fault;
};

/** The code that contradicts is evidence: it stays, to be laid beside that till's file. */
const keepEvidence = (deps: Deps, { device, seq, head }: Named, token: string): Promise<void> =>
  saveTokens(deps.journal.db, [{ kind: "cp", device, seq, head, token }]);

/** Reads another till's checkpoint and compares it; records nothing. */
export const readCheckpoint = async (
  deps: Deps,
  token: string,
): Promise<Result<SeenCheckpoint, WitnessFault>> => {
  const read = await open(deps, token);
  if (!read.ok) return read;
  const { keys, signed, named } = read.value;
  const counts = await notRevoked(deps, keys, named);
  if (!counts.ok) return counts;
  const judged = await judge(deps, named, labelOf(signed.by));
  if (!judged.ok) {
    await keepEvidence(deps, named, token);
    return judged;
  }
  const { iat, nonce } = signed.claims;
  return ok({
    ...named,
    ...judged.value,
    token,
    till: signed.by,
    short: shortCode(named.head),
    at: instantFromSeconds(iat),
    isLive: await isOwnNonce(deps, nonce),
  });
};

type Witnessing = Named & { readonly via: WitnessEvent["via"]; readonly label: string };

const isWitnessed = async ({ journal, device }: Deps, named: Named): Promise<boolean> => {
  const seen = await journal.db.witnessed
    .where("[device+seq]")
    .equals([named.device, named.seq])
    .toArray();
  return seen.some(({ record }) => record.device === device);
};

/** Writes down that this till has seen a record of another chain, once; a lower or another one is refused. */
export const recordSighting = async (
  deps: Deps,
  { device, seq, head, via, label }: Witnessing,
): Promise<Result<undefined, ChainFault | RecordFault>> => {
  const named = { device, seq, head };
  const done = await recordEvents<ChainFault | { readonly kind: "seen_before" }>(deps, async () => {
    const judged = await judge(deps, named, label);
    if (!judged.ok) return judged;
    if (await isWitnessed(deps, named)) return fail({ kind: "seen_before" });
    return planOf({ kind: "wit", device, seq, head, via });
  });
  if (done.ok || done.fault.kind === "seen_before") return ok(undefined);
  return fail(done.fault);
};

/** Witnesses another till's checkpoint; the answer is the statement that the other till scans back. */
export const recordWitness = async (
  deps: Deps,
  token: string,
): Promise<Result<{ readonly statement: string }, WitnessFault | RecordFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  const seen = await readCheckpoint(deps, token);
  if (!seen.ok) return seen;
  const { device, seq, head, till } = seen.value;
  const recorded = await recordSighting(deps, {
    device,
    seq,
    head,
    via: "checkpoint",
    label: labelOf(till),
  });
  if (!recorded.ok) return recorded;
  if (seen.value.isLive) await spendNonce(deps);
  await keepEvidence(deps, seen.value, token);
  const iat = Math.floor(deps.now() / 1000);
  const claims = { cp: hashText(token), head, iat, k: device, s: seq, v: 1 };
  const signer = { kid: deps.device, sign: deps.sign };
  return ok({ statement: await makeJws("refund-wit+jwt", claims, signer) });
};
