import type { DeviceId } from "../domain/ids.ts";
import { fingerprint } from "../ledger/keys.ts";
import type { RingKey } from "../ledger/trust-ring.ts";
import { joinRevocations, readStatusList } from "../ledger/status-list.ts";
import type { Revocation } from "../ledger/tokens.ts";
import type { Trust } from "../ledger/verify-tokens.ts";
import type { Database } from "../storage/database.ts";
import { readRing, shopRoots, vouchedKey, type ShopKey } from "../storage/ring.ts";
import { tokensOfKind } from "../storage/tokens.ts";
import type { Deps } from "./deps.ts";

/** Every key that this till's pinned root vouches for, its own among them. */
export type KnownKeys = Trust & { readonly shopKeys: ReadonlyMap<string, ShopKey> };

export type KeysDeps = Pick<Deps, "journal" | "verify" | "certificate" | "jwk">;

/** Who signed something, as people know it. */
export type Known = {
  readonly kid: DeviceId;
  /** `T2`; the shop's root has none. */
  readonly label: string | undefined;
  readonly fingerprint: string;
};

const ringKey = (root: string | undefined, { kid, jwk, claims }: ShopKey): RingKey => ({
  kid,
  jwk,
  certificate: claims,
  issuer: root,
  isPinned: true,
});

/** Every key of this ring as a verifier takes it, and the roots that vouch for them. */
export const trustIn = (
  { roots, verify }: Pick<Trust, "roots" | "verify">,
  keys: ReadonlyMap<string, ShopKey>,
): Trust => {
  const [root] = roots.keys();
  const ring = new Map([...keys].map(([kid, key]) => [kid, ringKey(root, key)]));
  return { roots, verify, ring };
};

/** Reads the ring under the pinned root; nothing in it comes from what was just scanned. */
export const knownKeys = async (deps: KeysDeps): Promise<KnownKeys> => {
  const { db } = deps.journal;
  const roots = await shopRoots(db);
  const trust = { roots, verify: deps.verify };
  const own = await vouchedKey({ certificate: deps.certificate, jwk: deps.jwk }, trust);
  const others = await readRing(db, trust);
  const shopKeys = new Map(others);
  if (own.ok) shopKeys.set(own.value.kid, own.value);
  return { ...trustIn(trust, shopKeys), shopKeys };
};

export const knownAs = ({ shopKeys }: KnownKeys, kid: string): Known => ({
  kid: kid as DeviceId,
  label: shopKeys.get(kid)?.claims.label,
  fingerprint: fingerprint(kid),
});

/** From which record on a key no longer counts, by every status list that lies here. */
export const revokedKeys = async (
  db: Database,
  keys: Trust,
): Promise<ReadonlyMap<string, Revocation>> => {
  const stored = await tokensOfKind(db, "status");
  const read = await Promise.all(stored.map(({ token }) => readStatusList(token, keys)));
  const entries = read.flatMap((list) => (list.ok ? list.value.list : []));
  return new Map(joinRevocations(entries).map((entry) => [entry.kid, entry]));
};
