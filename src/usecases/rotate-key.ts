import { given } from "../domain/given.ts";
import type { RotateEvent } from "../domain/chain-event.ts";
import { nextLabel } from "../domain/device-label.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import type { Staff } from "../domain/staff.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { encodeBase64url } from "../ledger/base64url.ts";
import { enrolKey, limitOfCertificate } from "../ledger/enrol.ts";
import { thumbprint } from "../ledger/keys.ts";
import type { Jwk, Sign } from "../ledger/record.ts";
import { changeHome, hasEnded } from "../storage/change-home.ts";
import {
  dropEnvelope,
  findEnrolment,
  findNextPlace,
  keepNextPlace,
  nextPlaceName,
  type NextPlace,
} from "../storage/envelopes.ts";
import { dropKey } from "../storage/key-store.ts";
import { countCommanded, listDevices, listStaff, shopAndDevice } from "../storage/queries.ts";
import { importsHere } from "../storage/reconcile-facts.ts";
import { rootsOf, saveRingKey } from "../storage/ring.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { freePrefix } from "./enrol-device.ts";
import { countAsked } from "./erase-as-asked.ts";
import { takenPlaces } from "./list-devices.ts";
import type { DeviceKeyFault, SetUpDeps } from "./open-shop.ts";
import { openRoot, type OpenRoot, type RootFault } from "./own-root.ts";
import { recordEvents, type Plan, type RecordFault } from "./record-event.ts";
import { signCut } from "./revoke-key.ts";

/** What the owner decides: why this device gets a new key, and the code that opens the shop's root for it. */
export type RotateEntry = {
  readonly why: RotateEvent["why"];
  readonly recoveryCode: string;
};

export type RotateFault =
  | LockedFault
  | NotEntitled
  | RootFault
  | DeviceKeyFault
  | RecordFault
  /** Only this chain may go on with them: they come first. */
  | { readonly kind: "rotate_open_work"; readonly count: number };

/** What going on under another key needs; everything that belongs to a key comes from the place. */
export type RotationDeps = Omit<
  Deps,
  "device" | "certificate" | "jwk" | "sign" | "staff" | "calendar"
>;

/** What has to be known of the key that is replaced; it need not be here. */
type OldKey = Pick<
  Deps,
  "journal" | "verify" | "random" | "now" | "device" | "certificate" | "jwk"
>;

type NewKey = { readonly jwk: Jwk; readonly sign: Sign };

const findOpenWork = async (
  deps: Deps,
): Promise<Extract<RotateFault, { kind: "rotate_open_work" }> | undefined> => {
  const count = (await countCommanded(deps.journal.db, deps.device)) + (await countAsked(deps));
  return count === 0 ? undefined : { kind: "rotate_open_work", count };
};

/** The root gives the new key a place of its own: a label and a prefix that no key of this shop ever had (X45). */
const placeFor = async (deps: OldKey, root: OpenRoot, jwk: Jwk): Promise<NextPlace> => {
  const { device: before } = await shopAndDevice(deps.journal.db, deps.device);
  const { labels, prefixes } = await takenPlaces(deps);
  const label = nextLabel(before.label, labels);
  const prefix = freePrefix(deps, prefixes);
  const device = thumbprint(jwk);
  const now = Math.floor(deps.now() / 1000);
  const post = { role: "device", prefix, limit: limitOfCertificate(deps.certificate) } as const;
  const certificate = await enrolKey(root, { device, label, now, post });
  return { device, certificate, root: root.jwk, jwk, label, prefix };
};

/** The old key's last two records: its successor, and the export that the last file bears. */
const endChain = (deps: Deps, event: RotateEvent) =>
  recordEvents<Extract<RotateFault, { kind: "rotate_open_work" }>>(deps, async () => {
    const open = await findOpenWork(deps);
    if (open !== undefined) return fail(open);
    const exportId = encodeBase64url(deps.random(16));
    return ok({ events: [{ event }, { event: { kind: "export", exportId } }] });
  });

/** The certificate of the old key stays known: its records and slips are checked with it. */
const keepOldKey = async (deps: OldKey, root: OpenRoot): Promise<void> => {
  const { certificate, jwk } = deps;
  const trust = { roots: rootsOf({ root: root.jwk }), verify: deps.verify };
  await saveRingKey(deps.journal.db, { certificate, jwk }, trust);
};

type Planned = Plan["events"][number];

const personAgain = ({ staff, name, role, limit, grants, jwk }: Staff): readonly Planned[] =>
  jwk === undefined
    ? []
    : [
        {
          event: {
            kind: "staff",
            staff,
            op: "added",
            jwk,
            role,
            ...given("limit", limit),
            ...given("grants", grants.length === 0 ? undefined : grants),
          },
          personal: { name },
        },
      ];

/** What the new chain has to say itself, as no other chain's word counts in it: people, rules and statements (refundlog.md §16). */
const eventsAgain = async (
  { journal: { db } }: RotationDeps,
  { jwk, label, prefix }: NextPlace,
  before: Deps["device"],
): Promise<readonly Planned[]> => {
  const { shop } = await shopAndDevice(db, before);
  const head = await db.heads.get(before);
  if (head === undefined) throw new Error("a chain that ended has a head");
  const continues = { device: before, seq: head.seq, hash: head.hash };
  const people = (await listStaff(db)).filter(({ active }) => active);
  const policies = await db.policies.toArray();
  const imports = await importsHere(db);
  return [
    { event: { kind: "genesis", jwk, label, prefix, continues, shop } },
    ...people.flatMap(personAgain),
    ...policies.map(({ policy: { what, version, hash, document } }) => ({
      event: { kind: "policy", what, version, hash, document } as const,
    })),
    ...imports.map(({ event }) => ({ event })),
  ];
};

/** Begins the chain of the next place, unless it has begun, and makes it this device's own. The page must be opened anew after it. */
const goOn = async (
  deps: RotationDeps,
  place: NextPlace,
  sign: Sign,
): Promise<Result<undefined, RecordFault>> => {
  const { db } = deps.journal;
  const before = await findEnrolment(db);
  if (before === undefined) throw new Error("an open shop has an enrolment");
  if ((await db.heads.get(place.device)) === undefined) {
    const { shop } = await shopAndDevice(db, before.device);
    const calendar = { zone: shop.zone, cutoffMinutes: 0 };
    const running: Deps = { ...deps, ...place, sign, calendar, staff: () => undefined };
    const begun = await recordEvents<never>(running, async () =>
      ok({ events: await eventsAgain(deps, place, before.device) }),
    );
    if (!begun.ok) return begun;
  }
  await changeHome(db, place);
  return ok(undefined);
};

const giveUp = async ({ journal }: RotationDeps, { device }: NextPlace): Promise<void> => {
  await dropEnvelope(journal.db, nextPlaceName);
  await dropKey(journal.db, device);
};

/**
 * Gives this device a new key (X45, refundlog.md §8): the old chain ends with `rotate` and `export`, the root cuts it there,
 * and a new chain goes on in its place. Until the old chain has ended nothing is changed; from then on every start goes on
 * where this was interrupted.
 */
export const rotateKey = async (
  deps: Deps & Pick<SetUpDeps, "newDeviceKey">,
  { why, recoveryCode }: RotateEntry,
): Promise<Result<undefined, RotateFault>> => {
  const person = whoMay(deps, "manage_devices");
  if (!person.ok) return person;
  const open = await findOpenWork(deps);
  if (open !== undefined) return fail(open);
  const root = await openRoot(deps, recoveryCode);
  if (!root.ok) return root;
  const key = await deps.newDeviceKey();
  if (!key.ok) return key;
  return rotateTo(deps, key.value, { root: root.value, why });
};

const rotateTo = async (
  deps: Deps,
  { jwk, sign }: NewKey,
  { root, why }: { readonly root: OpenRoot; readonly why: RotateEvent["why"] },
): Promise<Result<undefined, RotateFault>> => {
  const place = await placeFor(deps, root, jwk);
  await keepOldKey(deps, root);
  await keepNextPlace(deps.journal.db, place);
  const ended = await endChain(deps, { kind: "rotate", jwk, why });
  if (!ended.ok) {
    await giveUp(deps, place);
    return ended;
  }
  const last = ended.value.records.at(-1);
  if (last === undefined) throw new Error("a saved plan has records");
  await signCut(deps, root, { kid: deps.device, seq: last.seq, h: last.hash, why: "retired" });
  return goOn(deps, place, sign);
};

export type ReplaceFault =
  | RootFault
  | DeviceKeyFault
  | RecordFault
  /** There is no chain here to go on from. */
  | { readonly kind: "nothing_to_go_on" };

/**
 * Gives this device a new key where the old one is gone: the browser lost it (F70), or its records came from a backup
 * (reliability.md S14). A new chain goes on from the last record that is here; the old one keeps what stands in it. The page
 * must be opened anew after it.
 */
export const replaceLostKey = async (
  deps: RotationDeps & Pick<SetUpDeps, "newDeviceKey">,
  recoveryCode: string,
): Promise<Result<undefined, ReplaceFault>> => {
  const { db } = deps.journal;
  const enrolment = await findEnrolment(db);
  const known = (await listDevices(db)).find(({ device }) => device === enrolment?.device);
  if (enrolment === undefined || known === undefined) return fail({ kind: "nothing_to_go_on" });
  const root = await openRoot(deps, recoveryCode);
  if (!root.ok) return root;
  const key = await deps.newDeviceKey();
  if (!key.ok) return key;
  const old = { ...deps, ...enrolment, jwk: known.jwk };
  const place = { ...(await placeFor(old, root.value, key.value.jwk)), lost: true as const };
  await keepOldKey(old, root.value);
  await keepNextPlace(db, place);
  return goOn(deps, place, key.value.sign);
};

/** `moved`: this device has another chain now and the page must be opened anew; `stuck`: its new key cannot be used. */
type RotationAtStart = "nothing" | "moved" | "stuck";

/**
 * Looks at a start for a change of key that was interrupted: before the old chain had ended it is forgotten, after that it
 * is finished.
 */
export const finishRotation = async (
  deps: RotationDeps,
  openKey: (device: Deps["device"]) => Promise<Sign | undefined>,
): Promise<RotationAtStart> => {
  const { db } = deps.journal;
  const place = await findNextPlace(db);
  const enrolment = await findEnrolment(db);
  if (place === undefined || enrolment === undefined) return "nothing";
  if (place.lost !== true && !(await hasEnded(db, enrolment.device))) {
    await giveUp(deps, place);
    return "nothing";
  }
  const sign = await openKey(place.device);
  return sign !== undefined && (await goOn(deps, place, sign)).ok ? "moved" : "stuck";
};
