import { fail, type Result } from "../domain/result.ts";
import { parseKeyCard, type KeyCardFault } from "../ledger/key-card.ts";
import type { Enrolment } from "../ledger/tokens.ts";
import {
  saveRingKey,
  vouchedKey,
  type RingFault,
  type ShopKey,
  type Trust,
} from "../storage/ring.ts";
import type { Deps } from "./deps.ts";

export type TakeCardFault = KeyCardFault | RingFault;

/** Takes in the key card of a device with this post, if a root that was pinned before vouches for it. */
export const takeKeyCard = async (
  { journal }: Pick<Deps, "journal">,
  text: string,
  { role, ...trust }: Trust & { readonly role: Enrolment["role"] },
): Promise<Result<ShopKey, TakeCardFault>> => {
  const card = parseKeyCard(text.trim());
  if (!card.ok) return card;
  const vouched = await vouchedKey(card.value, trust);
  if (!vouched.ok) return vouched;
  return vouched.value.claims.role === role
    ? saveRingKey(journal.db, card.value, trust)
    : fail({ kind: "key_not_trusted", because: "E_KEY_ROLE" });
};
