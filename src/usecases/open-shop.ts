import { newPrefix } from "../domain/refund-number.ts";
import type { DeviceId } from "../domain/ids.ts";
import type { PublicJwk, Shop } from "../domain/journal-event.ts";
import { checkPin, type PinFault } from "../domain/pin.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { enrolKey } from "../ledger/enrol.ts";
import { thumbprint } from "../ledger/keys.ts";
import type { Sign } from "../ledger/record.ts";
import { saveEnvelope } from "../storage/envelopes.ts";
import { chainsIn } from "../storage/rebuild.ts";
import { beginChain, firstLabel, nameOf } from "./begin-chain.ts";
import type { Deps } from "./deps.ts";
import type { RecordFault } from "./record-event.ts";

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

const checkEntry = (entry: ShopEntry): OpenShopFault | undefined => {
  if (nameOf(entry.shop.name) === "") return { kind: "shop_name_missing" };
  if (nameOf(entry.ownerName) === "") return { kind: "owner_name_missing" };
  return checkPin(entry.pin);
};

/** Another window was faster: a second shop over the records of the first would hide them. */
export const isOpened = async ({ journal }: Pick<SetUpDeps, "journal">): Promise<boolean> =>
  (await chainsIn(journal.db)).length > 0;

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
  const prefix = newPrefix(deps.random(6));
  const label = firstLabel;
  const certificate = await enrolKey(root, {
    device,
    label,
    now: Math.floor(deps.now() / 1000),
    post: { role: "device", prefix },
  });
  await saveEnvelope(deps.journal.db, "root", root.envelope);
  const placed = { ...key.value, device, certificate, label, prefix, root: root.jwk };
  const saved = await beginChain(deps, placed, entry);
  return saved.ok ? ok({ device, recoveryCode, rootFingerprintOf: thumbprint(root.jwk) }) : saved;
};
