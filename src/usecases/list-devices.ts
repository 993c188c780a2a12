import { given } from "../domain/given.ts";
import type { DeviceId, StaffId } from "../domain/ids.ts";
import type { Money } from "../domain/money.ts";
import type { PublicJwk } from "../domain/journal-event.ts";
import { limitOf } from "../ledger/enrol.ts";
import { writeKeyCard } from "../ledger/key-card.ts";
import { fingerprint } from "../ledger/keys.ts";
import type { Enrolment, Revocation } from "../ledger/tokens.ts";
import { furthestWitnessed } from "../storage/borne.ts";
import { listDevices } from "../storage/queries.ts";
import type { ShopKey } from "../storage/ring.ts";
import type { Deps } from "./deps.ts";
import { knownKeys, revokedKeys, type KeysDeps, type KnownKeys } from "./known-keys.ts";

/** A key of this shop as people know it. */
export type KnownDevice = {
  readonly kid: DeviceId;
  readonly label: string;
  readonly role: Enrolment["role"];
  /** 8 groups to compare. */
  readonly fingerprint: string;
  readonly prefix?: string;
  readonly limit?: Money;
  /** Who holds an approver's phone. */
  readonly staff?: StaffId;
  /** The last record that lies here; none before its file was merged. */
  readonly held?: number;
  /** The last record that anybody here has seen. */
  readonly seen?: number;
  readonly revoked?: Revocation;
  /** Lets another phone know this key: `RLK1:…`; none where no certificate lies here. */
  readonly card?: string;
};

type Known = Pick<KnownDevice, "kid" | "label" | "role" | "prefix" | "limit" | "staff" | "card">;

const byCertificate = (
  { kid, claims, certificate, jwk }: ShopKey,
  root: PublicJwk | undefined,
): Known => ({
  kid,
  label: claims.label,
  ...given("card", root && writeKeyCard({ certificate, jwk, root })),
  role: claims.role,
  ...given("prefix", claims.pre),
  ...given("staff", claims.sid),
  ...given("limit", limitOf(claims)),
});

/** Tills, approvers' phones and offices of this shop: those it gave certificates to, and those whose records lie here. */
const everyKey = async (
  { journal }: KeysDeps,
  { shopKeys, roots }: KnownKeys,
): Promise<readonly Known[]> => {
  const [root] = roots.values();
  const known = new Map<DeviceId, Known>();
  for (const { device, label, prefix } of await listDevices(journal.db))
    known.set(device, { kid: device, label, role: "device", prefix });
  for (const key of shopKeys.values()) known.set(key.kid, byCertificate(key, root));
  return [...known.values()];
};

/** Labels and prefixes that were ever given away in this shop, as far as this device knows: none is given twice (X45). */
export const takenPlaces = async (
  deps: KeysDeps,
): Promise<{ readonly labels: ReadonlySet<string>; readonly prefixes: ReadonlySet<string> }> => {
  const known = await everyKey(deps, await knownKeys(deps));
  return {
    labels: new Set(known.map(({ label }) => label.toUpperCase())),
    prefixes: new Set(known.flatMap(({ prefix }) => prefix ?? [])),
  };
};

/** Whether another till of this shop may refund a payment before this one hears of it. */
export const hasOtherTills = async (deps: KeysDeps & Pick<Deps, "device">): Promise<boolean> => {
  const keys = await knownKeys(deps);
  const tills = [...keys.shopKeys.values()].filter(
    ({ kid, claims }) => claims.role === "device" && kid !== deps.device,
  );
  if (tills.length === 0) return false;
  const revoked = await revokedKeys(deps.journal.db, keys);
  return tills.some(({ kid }) => !revoked.has(kid));
};

/** Every key of this shop that is known here, by its name. */
export const listKnownDevices = async (deps: KeysDeps): Promise<readonly KnownDevice[]> => {
  const { db } = deps.journal;
  // a live query follows only what was read before the first signature is checked
  for (const table of [db.envelopes, db.tokens, db.heads, db.devices, db.witnessed])
    await table.count();
  const keys = await knownKeys(deps);
  const revoked = await revokedKeys(db, keys);
  const known = await everyKey(deps, keys);
  const standing = async (one: Known): Promise<KnownDevice> => {
    const held = (await db.heads.get(one.kid))?.seq;
    const seen = (await furthestWitnessed(db, one.kid))?.seq;
    return {
      ...one,
      fingerprint: fingerprint(one.kid),
      ...given("held", held),
      ...given("seen", seen),
      ...given("revoked", revoked.get(one.kid)),
    };
  };
  const devices = await Promise.all(known.map(standing));
  return devices.sort((a, b) => a.label.localeCompare(b.label, "en", { numeric: true }));
};
