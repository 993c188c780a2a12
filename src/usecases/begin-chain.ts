import { firstOwner, type DeviceId } from "../domain/ids.ts";
import type { JournalEvent, Personal, PublicJwk, Shop } from "../domain/journal-event.ts";
import { defaultPolicy, writePolicy } from "../domain/policy/shop-policy.ts";
import { ok, type Result } from "../domain/result.ts";
import { cutText } from "../domain/typed-text.ts";
import { documentHash } from "../ledger/document-hash.ts";
import type { Sign } from "../ledger/record.ts";
import { saveEnvelope, saveEnrolment } from "../storage/envelopes.ts";
import type { Saved } from "../storage/append-record.ts";
import type { Deps } from "./deps.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";

/** A device in its place: its key, and the certificate that the shop's root gave it. */
export type Placed = {
  readonly device: DeviceId;
  readonly jwk: PublicJwk;
  readonly sign: Sign;
  readonly certificate: string;
  readonly label: string;
  readonly prefix: string;
  readonly root: PublicJwk;
};

/** What a person tells a new device. */
export type FirstEntry = {
  readonly shop: Shop;
  readonly ownerName: string;
  readonly pin: string;
};

/** What the device is called that opens a shop. */
export const firstLabel = "T1";

/** A name as it is kept. */
export const nameOf = (typed: string): string => cutText(typed, 60);

type Planned = { readonly event: JournalEvent; readonly personal?: Personal };

const firstEvents = (
  { jwk, label, prefix }: Placed,
  { shop, ownerName }: FirstEntry,
  ownerJwk: PublicJwk,
): readonly Planned[] => {
  const document = writePolicy(defaultPolicy);
  return [
    {
      event: { kind: "genesis", jwk, label, prefix, shop: { ...shop, name: nameOf(shop.name) } },
    },
    {
      event: { kind: "staff", staff: firstOwner, op: "added", jwk: ownerJwk, role: "owner" },
      personal: { name: nameOf(ownerName) },
    },
    {
      event: { kind: "policy", what: "policy", version: 1, hash: documentHash(document), document },
    },
  ];
};

/** Puts a device in its place: keeps its certificate and the owner's key, and writes the first three records of its chain. */
export const beginChain = async (
  deps: Omit<Deps, "device" | "certificate" | "jwk" | "sign" | "staff" | "calendar">,
  placed: Placed,
  entry: FirstEntry,
): Promise<Result<Saved, RecordFault>> => {
  const { device, certificate, root } = placed;
  const { db } = deps.journal;
  const person = await deps.secretKeys.wrapNew(entry.pin);
  await saveEnrolment(db, { device, certificate, root });
  await saveEnvelope(db, `pin:${firstOwner}`, person.envelope);
  const calendar = { zone: entry.shop.zone, cutoffMinutes: 0 };
  const running: Deps = { ...deps, ...placed, calendar, staff: () => undefined };
  const events = firstEvents(placed, entry, person.jwk);
  return recordEvents<never>(running, async () => ok({ events }));
};
