import {
  baseProfile,
  copyProfile,
  newProfileId,
  parseProfile,
  writeProfile,
} from "../domain/acquirers/edited-profile.ts";
import { acquirerIds } from "../domain/acquirers/index.ts";
import { findProfileFault, type ProfileFault } from "../domain/acquirers/profile-fault.ts";
import { mostMappings } from "../domain/acquirers/profile-members.ts";
import type { AcquirerProfile, ProfileFact } from "../domain/acquirers/profile.ts";
import { given } from "../domain/given.ts";
import type { JsonObject, PolicyEvent } from "../domain/journal-event.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { ResultMapping } from "../domain/results/result-mapping.ts";
import { savedMapping, type SavedMapping } from "../domain/statements/mapping.ts";
import { documentHash } from "../ledger/document-hash.ts";
import type { Saved } from "../storage/append-record.ts";
import { findProfile, ownProfileIds } from "../storage/profiles.ts";
import { findPolicy } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type Plan, type RecordFault } from "./record-event.ts";

export type ChangeProfileFault = ProfileFault | LockedFault | NotEntitled | RecordFault;

const keyOf = (id: string): string => `profile:${id}`;

const eventOf = (document: JsonObject, version: number): PolicyEvent => ({
  kind: "policy",
  what: "profile",
  version,
  hash: documentHash(document),
  document,
});

/** The next version of a profile's own document; what the document in force says already is not written again. */
const planFor = async (
  deps: Deps,
  profile: AcquirerProfile,
): Promise<Result<Plan, ProfileFault>> => {
  const fault = findProfileFault(profile);
  if (fault !== undefined) return fail(fault);
  const known = await findPolicy(deps.journal.db, keyOf(profile.id));
  const event = eventOf(writeProfile(profile), (known?.version ?? 0) + 1);
  const inForce = known?.hash ?? documentHash({ acquirer: profile.id });
  return event.hash === inForce ? ok({ events: [] }) : planOf(event);
};

/** Decides on the profile in force when it is recorded, so that two windows never undo each other. */
const change = async (
  deps: Deps,
  decide: () => Promise<AcquirerProfile>,
): Promise<Result<Saved, ChangeProfileFault>> => {
  const staff = whoMay(deps, "manage_policy");
  if (!staff.ok) return staff;
  return recordEvents(deps, async () => planFor(deps, await decide()));
};

const profileOf = async (deps: Deps, id: string): Promise<AcquirerProfile> =>
  (await findProfile(deps.journal.db, id)).profile;

/** Records an edited profile as its next version; from then on refunds of this acquirer are judged by it. */
export const changeProfile = (
  deps: Deps,
  edited: AcquirerProfile,
): Promise<Result<Saved, ChangeProfileFault>> => change(deps, () => Promise.resolve(edited));

/** Every rule as this version ships it again; an own profile keeps its name, and how statements are read stays. */
export const resetProfile = (deps: Deps, id: string): Promise<Result<Saved, ChangeProfileFault>> =>
  change(deps, async () => {
    const { name, copyOf, statements, results } = await profileOf(deps, id);
    const shipped =
      copyOf === undefined
        ? parseProfile(id, {})
        : copyProfile(baseProfile({ id, copyOf }), { id, name: name ?? id });
    return { ...shipped, ...given("statements", statements), ...given("results", results) };
  });

/** Records one change of a profile as it is in force by then. */
export const editProfile = (
  deps: Deps,
  id: string,
  edit: (profile: AcquirerProfile) => AcquirerProfile,
): Promise<Result<Saved, ChangeProfileFault>> =>
  change(deps, async () => edit(await profileOf(deps, id)));

/** The merchant has asked the acquirer and confirms a fact as it stands. */
export const markVerified = (
  deps: Deps,
  id: string,
  fact: ProfileFact,
): Promise<Result<Saved, ChangeProfileFault>> =>
  editProfile(deps, id, (profile) => ({
    ...profile,
    facts: { ...profile.facts, [fact]: { level: "merchant" } },
  }));

/** Records a copy of a profile under the owner's name and gives its id. */
export const addProfile = async (
  deps: Deps,
  source: string,
  name: string,
): Promise<Result<string, ChangeProfileFault>> => {
  let id = "";
  const saved = await change(deps, async () => {
    const profile = await profileOf(deps, source);
    id = newProfileId(profile, await ownProfileIds(deps.journal.db));
    return copyProfile(profile, { id, name });
  });
  return saved.ok ? ok(id) : saved;
};

/** Every profile as it is in force: the shipped ones in their order, then the owner's own. */
export const listProfiles = async (deps: Deps): Promise<readonly AcquirerProfile[]> =>
  Promise.all(
    [...acquirerIds, ...(await ownProfileIds(deps.journal.db))].map((id) => profileOf(deps, id)),
  );

/** How the statements of every acquirer are read that no layout knows. */
export const listMappings = async (deps: Deps): Promise<readonly SavedMapping[]> =>
  (await listProfiles(deps)).flatMap((profile) =>
    (profile.statements ?? []).map((mapping) => savedMapping(profile, mapping)),
  );

const readsHeader = ({ statements = [] }: AcquirerProfile, header: string): boolean =>
  statements.some((one) => one.header === header);

/** What is to be recorded so that files of one header are read in this way, for this acquirer alone. */
export const planMapping = async (
  deps: Deps,
  { acquirer, mapping }: Omit<SavedMapping, "channel">,
): Promise<Result<Plan, ProfileFault>> => {
  const events: Plan["events"][number][] = [];
  for (const profile of await listProfiles(deps)) {
    const isOwn = profile.id === acquirer;
    if (!isOwn && !readsHeader(profile, mapping.header)) continue;
    const others = (profile.statements ?? []).filter(({ header }) => header !== mapping.header);
    const statements = isOwn ? [mapping, ...others].slice(0, mostMappings) : others;
    const plan = await planFor(deps, { ...profile, statements });
    if (!plan.ok) return plan;
    events.push(...plan.value.events);
  }
  return ok({ events });
};

/** What is to be recorded so that the answers of one header are read in this way, for this acquirer alone. */
export const planResultMapping = async (
  deps: Deps,
  acquirer: string,
  mapping: ResultMapping,
): Promise<Result<Plan, ProfileFault>> => {
  const profile = await profileOf(deps, acquirer);
  const others = (profile.results ?? []).filter(({ header }) => header !== mapping.header);
  return planFor(deps, { ...profile, results: [mapping, ...others].slice(0, mostMappings) });
};
