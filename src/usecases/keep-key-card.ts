import type { Result } from "../domain/result.ts";
import { parseKeyCard, type KeyCardFault } from "../ledger/key-card.ts";
import { saveRingKey, shopRoots, type RingFault, type ShopKey } from "../storage/ring.ts";
import type { Deps } from "./deps.ts";

/** Keeps the key of another device of this shop, whatever its post, if the pinned root vouches for it. */
export const keepKeyCard = async (
  { journal: { db }, verify }: Pick<Deps, "journal" | "verify">,
  text: string,
): Promise<Result<ShopKey, KeyCardFault | RingFault>> => {
  const card = parseKeyCard(text.trim());
  if (!card.ok) return card;
  return saveRingKey(db, card.value, { roots: await shopRoots(db), verify });
};
