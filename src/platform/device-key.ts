import type { DeviceId } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { thumbprint } from "../ledger/keys.ts";
import type { Jwk, Sign } from "../ledger/record.ts";
import { verify } from "../workers/web-verify.ts";
import { curve, publicJwk, random, signer } from "./signing.ts";

/** A key pair as the browser keeps it: the private half can be used and never read. */
export type StoredKey = { readonly jwk: Jwk; readonly privateKey: CryptoKey };

/** `get` must read through a connection opened after `put`, or the probe proves nothing. */
export type KeyStore = {
  readonly put: (device: DeviceId, key: StoredKey) => Promise<unknown>;
  readonly get: (device: DeviceId) => Promise<StoredKey | undefined>;
};

/** The device cannot sign; `because` tells which step of the probe failed. */
export type DeviceKeyFault = {
  readonly kind: "key_not_kept";
  readonly because: "no_subtle" | "cannot_store" | "null_read_back" | "bad_signature";
};

export type DeviceKey = { readonly device: DeviceId; readonly jwk: Jwk; readonly sign: Sign };

const notKept = (because: DeviceKeyFault["because"]): { ok: false; fault: DeviceKeyFault } =>
  fail({ kind: "key_not_kept", because });

const hasSubtle = (): boolean =>
  (globalThis.crypto as { readonly subtle?: SubtleCrypto } | undefined)?.subtle !== undefined;

const signsRightly = async ({ jwk, privateKey }: StoredKey): Promise<boolean> => {
  const challenge = new Uint8Array(random(32));
  try {
    const signature = await signer(privateKey)(challenge);
    return await verify(jwk, new Uint8Array(signature), challenge);
  } catch {
    return false; // a key that came back as something else (WebKit) makes sign() throw
  }
};

/** Reads the key back, signs and verifies with it (rel-X6): at creation and at each start. */
export const openDeviceKey = async (
  store: Pick<KeyStore, "get">,
  device: DeviceId,
): Promise<Result<DeviceKey, DeviceKeyFault>> => {
  if (!hasSubtle()) return notKept("no_subtle");
  const key = await store.get(device).catch(() => undefined);
  // Some browsers store the row and return null in place of the key.
  const privateKey = key?.privateKey as CryptoKey | null | undefined;
  if (key === undefined || privateKey === undefined || privateKey === null) {
    return notKept("null_read_back");
  }
  if (thumbprint(key.jwk) !== device || !(await signsRightly(key))) {
    return notKept("bad_signature");
  }
  return ok({ device, jwk: key.jwk, sign: signer(privateKey) });
};

/** Makes this device's key, which nobody can export, and proves that the browser keeps it. */
export const newDeviceKey = async (store: KeyStore): Promise<Result<DeviceKey, DeviceKeyFault>> => {
  if (!hasSubtle()) return notKept("no_subtle");
  const pair = await crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
  const jwk = await publicJwk(pair.publicKey);
  const device = thumbprint(jwk);
  try {
    await store.put(device, { jwk, privateKey: pair.privateKey });
  } catch {
    return notKept("cannot_store"); // DataCloneError in private windows, or no room
  }
  return openDeviceKey(store, device);
};
