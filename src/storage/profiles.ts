import { parseProfile } from "../domain/acquirers/edited-profile.ts";
import { acquirerIds } from "../domain/acquirers/index.ts";
import type { AcquirerProfile } from "../domain/acquirers/profile.ts";
import type { Hash } from "../domain/ids.ts";
import type { Database } from "./database.ts";
import { findPolicy } from "./queries.ts";

const keyOf = (id: string): string => `profile:${id}`;

/** An acquirer's profile as the owner has it, with the hash of the edit if there is one. */
export const findProfile = async (
  db: Database,
  acquirer: string,
): Promise<{ readonly profile: AcquirerProfile; readonly hash?: Hash }> => {
  const edited = await findPolicy(db, keyOf(acquirer));
  return edited === undefined
    ? { profile: parseProfile(acquirer, {}) }
    : { profile: parseProfile(acquirer, edited.document), hash: edited.hash };
};

/** The profiles of some acquirers, each read once. */
export const profilesOf = async (
  db: Database,
  acquirers: readonly string[],
): Promise<ReadonlyMap<string, AcquirerProfile>> => {
  const found = new Map<string, AcquirerProfile>();
  for (const acquirer of new Set(acquirers))
    found.set(acquirer, (await findProfile(db, acquirer)).profile);
  return found;
};

/** Ids of the profiles that are the owner's own. */
export const ownProfileIds = async (db: Database): Promise<readonly string[]> => {
  const keys = await db.policies.where("key").startsWith(keyOf("")).primaryKeys();
  const ids = keys.map((key) => key.slice(keyOf("").length));
  return ids.filter((id) => !acquirerIds.some((shipped) => shipped === id));
};
