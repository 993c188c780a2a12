import { newPrefix } from "../domain/refund-number.ts";
import { firstOwner, type DeviceId } from "../domain/ids.ts";
import type { JournalEvent, Personal, PublicJwk, Shop } from "../domain/journal-event.ts";
import { checkPin, type PinFault } from "../domain/pin.ts";
import { defaultPolicy, writePolicy } from "../domain/policy/shop-policy.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { cutText } from "../domain/typed-text.ts";
import { documentHash } from "../ledger/document-hash.ts";
import { enrolKey } from "../ledger/enrol.ts";
import { thumbprint } from "../ledger/keys.ts";
import type { Sign } from "../ledger/record.ts";
import { saveEnvelope, saveEnrolment } from "../storage/envelopes.ts";
import { chainsIn } from "../storage/rebuild.ts";
import type { Deps } from "./deps.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";

/** What the first run asks for. */
export type ShopEntry = { readonly shop: Shop; readonly ownerName: string; readonly pin: string };

/** The running app before it has a device: everything but what the first run makes. */
export type SetUpDeps = Omit<
  Deps,
  "device" | "certificate" | "jwk" | "sign" | "staff" | "calendar"
> & {
  /** Makes this device's key, stores it, reads it back, signs and verifies with it. */
  readonly newDeviceKey: () => Promise<
    Result<{ readonly jwk: PublicJwk; readonly sign: Sign }, DeviceKeyFault>
  >;
  readonly newRecoveryCode: () => Promise<string>;
};

export type DeviceKeyFault = { readonly kind: "key_not_kept"; readonly because: string };

export type OpenShopFault =
  | PinFault
  | DeviceKeyFault
  | RecordFault
  | { readonly kind: "shop_name_missing" }
  | { readonly kind: "owner_name_missing" };

export type OpenedShop = {
  readonly device: DeviceId;
  /** Opens the shop root and resets a forgotten PIN; shown once, never stored. */
  readonly recoveryCode: string;
  readonly rootFingerprintOf: DeviceId;
};

const nameOf = (typed: string): string => cutText(typed, 60);

const checkEntry = (entry: ShopEntry): OpenShopFault | undefined => {
  if (nameOf(entry.shop.name) === "") return { kind: "shop_name_missing" };
  if (nameOf(entry.ownerName) === "") return { kind: "owner_name_missing" };
  return checkPin(entry.pin);
};

/** Another window was faster: a second shop over the records of the first would hide them. */
const isOpened = async ({ journal }: SetUpDeps): Promise<boolean> =>
  (await chainsIn(journal.db)).length > 0;

type Planned = { readonly event: JournalEvent; readonly personal?: Personal };

const firstEvents = (
  entry: ShopEntry,
  genesis: { readonly jwk: PublicJwk; readonly label: string; readonly prefix: string },
  ownerJwk: PublicJwk,
): readonly Planned[] => {
  const document = writePolicy(defaultPolicy);
  return [
    {
      event: {
        kind: "genesis",
        ...genesis,
        shop: { ...entry.shop, name: nameOf(entry.shop.name) },
      },
    },
    {
      event: { kind: "staff", staff: firstOwner, op: "added", jwk: ownerJwk, role: "owner" },
      personal: { name: nameOf(entry.ownerName) },
    },
    {
      event: { kind: "policy", what: "policy", version: 1, hash: documentHash(document), document },
    },
  ];
};

/** First run: makes the shop root, this device's key and the owner's key, and writes the first three records. */
export const openShop = async (
  deps: SetUpDeps,
  entry: ShopEntry,
): Promise<Result<OpenedShop, OpenShopFault>> => {
  const fault = checkEntry(entry);
  if (fault !== undefined) return fail(fault);
  if (await isOpened(deps)) return fail({ kind: "head_moved" });
  const key = await deps.newDeviceKey();
  if (!key.ok) return key;
  const device = thumbprint(key.value.jwk);
  const recoveryCode = await deps.newRecoveryCode();
  const root = await deps.secretKeys.wrapNew(recoveryCode);
  const person = await deps.secretKeys.wrapNew(entry.pin);
  const prefix = newPrefix(deps.random(6));
  const label = "T1";
  const certificate = await enrolKey(root, {
    device,
    label,
    now: Math.floor(deps.now() / 1000),
    post: { role: "device", prefix },
  });
  await saveEnrolment(deps.journal.db, { device, certificate, root: root.jwk });
  await saveEnvelope(deps.journal.db, "root", root.envelope);
  await saveEnvelope(deps.journal.db, `pin:${firstOwner}`, person.envelope);
  const events = firstEvents(entry, { jwk: key.value.jwk, label, prefix }, person.jwk);
  const calendar = { zone: entry.shop.zone, cutoffMinutes: 0 };
  const running: Deps = {
    ...deps,
    device,
    certificate,
    ...key.value,
    calendar,
    staff: () => undefined,
  };
  const saved = await recordEvents<never>(running, async () => ok({ events }));
  return saved.ok ? ok({ device, recoveryCode, rootFingerprintOf: thumbprint(root.jwk) }) : saved;
};
