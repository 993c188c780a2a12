import { fail, ok, type Result } from "../domain/result.ts";
import type { FindingCode } from "./findings.ts";
import { makeJws, type Signer } from "./jws.ts";
import type { RingKey, Roots } from "./trust-ring.ts";
import type { Verify } from "./record.ts";
import { statusList, type Revocation, type StatusList } from "./tokens.ts";
import { openToken } from "./verify-tokens.ts";

/** Every key once, with its earliest cut: what was revoked is never given back. Ordered by key. */
export const joinRevocations = (entries: readonly Revocation[]): readonly Revocation[] => {
  const earliest = new Map<string, Revocation>();
  for (const entry of entries) {
    const known = earliest.get(entry.kid);
    if (known === undefined || entry.seq < known.seq) earliest.set(entry.kid, entry);
  }
  return [...earliest.values()].sort((a, b) => (a.kid < b.kid ? -1 : 1));
};

/** The keys that no longer count, signed by root or office: `refund-status+jwt` (refundlog.md §8). */
export const makeStatusList = (
  signer: Signer,
  { iat, list }: { readonly iat: number; readonly list: readonly Revocation[] },
): Promise<string> => {
  const entries = joinRevocations(list).map(({ h, kid, seq, why }) => ({ h, kid, seq, why }));
  return makeJws("refund-status+jwt", { iat, list: entries, v: 1 }, signer);
};

/** Reads a status list; only a pinned root or an office key that one vouches for may have signed it. */
export const readStatusList = async (
  token: string,
  trust: {
    readonly roots: Roots;
    readonly verify: Verify;
    readonly ring?: ReadonlyMap<string, RingKey>;
  },
): Promise<Result<StatusList, { readonly kind: FindingCode }>> => {
  const known = { ring: new Map<string, RingKey>(), ...trust };
  const opened = await openToken(known, token, "refund-status+jwt", statusList);
  if (typeof opened === "string") return fail({ kind: opened });
  return opened.role === "root" || opened.role === "office"
    ? ok(opened.claims)
    : fail({ kind: "E_KEY_ROLE" });
};
