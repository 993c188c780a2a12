import { fail, type Result } from "../domain/result.ts";
import { parseKeyCard, type KeyCardFault } from "../ledger/key-card.ts";
import type { Enrolment } from "../ledger/tokens.ts";
import type { Roots } from "../ledger/trust-ring.ts";
import {
  saveRingKey,
  shopRoots,
  vouchedKey,
  type RingFault,
  type ShopKey,
} from "../storage/ring.ts";
import type { Deps } from "./deps.ts";

export type TakeCardFault = KeyCardFault | RingFault;

/**
 * Takes in the key card of another device, if a root that was pinned before vouches for it: this till's, or the one that
 * is named. Where a post is named it has to be that.
 */
export const takeKeyCard = async (
  { journal: { db }, verify }: Pick<Deps, "journal" | "verify">,
  text: string,
  { role, roots }: { readonly role?: Enrolment["role"]; readonly roots?: Roots } = {},
): Promise<Result<ShopKey, TakeCardFault>> => {
  const card = parseKeyCard(text.trim());
  if (!card.ok) return card;
  const trust = { roots: roots ?? (await shopRoots(db)), verify };
  const vouched = await vouchedKey(card.value, trust);
  if (!vouched.ok) return vouched;
  return role === undefined || vouched.value.claims.role === role
    ? saveRingKey(db, card.value, trust)
    : fail({ kind: "key_not_trusted", because: "E_KEY_ROLE" });
};
