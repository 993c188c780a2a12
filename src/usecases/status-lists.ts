import { fail, ok, type Result } from "../domain/result.ts";
import { parseJws } from "../ledger/jws.ts";
import { parseRefundAck } from "../ledger/refundack.ts";
import { joinRevocations, readStatusList } from "../ledger/status-list.ts";
import type { Revocation, StatusList } from "../ledger/tokens.ts";
import type { Trust } from "../ledger/verify-tokens.ts";
import { readApprover, readRing, rootsOf, type Approver } from "../storage/ring.ts";
import { saveTokens, tokensOfKind } from "../storage/tokens.ts";
import type { DeviceId } from "../domain/ids.ts";
import { knownKeys, revokedKeys, trustIn, type KeysDeps, type KnownKeys } from "./known-keys.ts";

/**
 * Every status list that lies here and was signed by this shop's root or office, the newest last; `known` where the keys
 * were read already.
 */
export const statusLists = async (
  deps: KeysDeps,
  known?: KnownKeys,
): Promise<readonly string[]> => {
  const stored = await tokensOfKind(deps.journal.db, "status"); // first: a live query follows it
  const keys = known ?? (await knownKeys(deps));
  const ordered = [...stored].sort((one, other) => one.seq - other.seq);
  const read = await Promise.all(
    ordered.map(async ({ token }) => ({ token, good: (await readStatusList(token, keys)).ok })),
  );
  return read.filter(({ good }) => good).map(({ token }) => token);
};

/** The keys of this shop that no longer count, each with its earliest cut. */
export const revocations = async (deps: KeysDeps): ReturnType<typeof revokedKeys> =>
  revokedKeys(deps.journal.db, await knownKeys(deps));

export type StatusFault =
  | { readonly kind: "status_unreadable" }
  /** Signed by a key that this shop's root does not vouch for. */
  | { readonly kind: "status_of_another" };

/** Takes in a status list from another device, if this shop's root or office signed it. */
export const takeStatusList = async (
  deps: KeysDeps,
  token: string,
): Promise<Result<StatusList, StatusFault>> => takeUnder(deps, await knownKeys(deps), token);

/**
 * The same on an approver's phone, where no shop need be open: a scanned list, or every list in the text of a
 * `.refundack`. Says which keys they revoke.
 */
export const takeRevocations = async (
  deps: Pick<KeysDeps, "journal" | "verify">,
  text: string,
): Promise<Result<readonly Revocation[], StatusFault | { readonly kind: "not_an_approver" }>> => {
  const { journal, verify } = deps;
  const approver = await readApprover(journal.db, verify);
  if (approver === undefined) return fail({ kind: "not_an_approver" });
  const parsed = await parseRefundAck(text);
  if (!parsed.ok || parsed.value.statuses.length === 0) return fail({ kind: "status_unreadable" });
  const trust = await approverTrust(deps, approver);
  const revoked: Revocation[] = [];
  for (const token of parsed.value.statuses) {
    const taken = await takeUnder(deps, trust, token);
    if (!taken.ok) return taken;
    revoked.push(...taken.value.list);
  }
  return ok(joinRevocations(revoked));
};

/** Whom an approver's phone believes: its root, and every key here that this root vouches for. */
export const approverTrust = async (
  { journal, verify }: Pick<KeysDeps, "journal" | "verify">,
  approver: Approver,
): Promise<Trust> => {
  const trust = { roots: rootsOf(approver), verify };
  return trustIn(trust, await readRing(journal.db, trust));
};

const takeUnder = async (
  deps: Pick<KeysDeps, "journal">,
  trust: Trust,
  token: string,
): Promise<Result<StatusList, StatusFault>> => {
  const jws = parseJws(token, "refund-status+jwt");
  if (!jws.ok) return fail({ kind: "status_unreadable" });
  const read = await readStatusList(token, trust);
  if (!read.ok) {
    const unknown = ["E_KEY_UNKNOWN", "E_ENROL_ISSUER", "E_KEY_ROLE"].includes(read.fault.kind);
    return fail({ kind: unknown ? "status_of_another" : "status_unreadable" });
  }
  await keepStatusList(deps, { token, signer: jws.value.kid, iat: read.value.iat });
  return ok(read.value);
};

/** Keeps a status list that was just signed or checked. */
export const keepStatusList = async (
  { journal }: Pick<KeysDeps, "journal">,
  { token, signer, iat }: { readonly token: string; readonly signer: string; readonly iat: number },
): Promise<void> =>
  saveTokens(journal.db, [{ kind: "status", device: signer as DeviceId, seq: iat, token }]);
