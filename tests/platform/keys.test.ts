import { afterEach, describe, expect, test, vi } from "vitest";

import type { JsonObject } from "../../src/domain/journal-event.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import type { Sign } from "../../src/ledger/record.ts";
import {
  newDeviceKey,
  openDeviceKey,
  type KeyStore,
  type StoredKey,
} from "../../src/platform/device-key.ts";
import { newRecoveryCode, openKey, wrapNewKey } from "../../src/platform/pin-key.ts";
import { verify } from "../../src/workers/web-verify.ts";

const message = new TextEncoder().encode("退款 18.00");

const aStore = (change: Partial<KeyStore> = {}): KeyStore => {
  const rows = new Map<string, StoredKey>();
  return {
    put: async (device, key) => rows.set(device, key),
    get: async (device) => rows.get(device),
    ...change,
  };
};

const signed = async (sign: Sign) => new Uint8Array(await sign(message));

afterEach(() => vi.unstubAllGlobals());

describe("device key", () => {
  test("rel-X6 a new key signs what its public half verifies, and is named by its thumbprint", async () => {
    const made = await newDeviceKey(aStore());
    if (!made.ok) throw new Error(made.fault.because);
    const { device, jwk, sign } = made.value;
    expect(device).toBe(thumbprint(jwk));
    expect(Object.keys(jwk).sort()).toEqual(["crv", "kty", "x", "y"]);
    expect(await verify(jwk, await signed(sign), message)).toBe(true);
    expect(await verify(jwk, await signed(sign), message.slice(1))).toBe(false);
  });

  test("rel-X6 nobody can export the private half", async () => {
    const kept: StoredKey[] = [];
    const made = await newDeviceKey(
      aStore({ get: async () => kept[0], put: async (_, key) => kept.push(key) }),
    );
    expect(made.ok).toBe(true);
    const [key] = kept;
    if (key === undefined) throw new Error("nothing was stored");
    await expect(crypto.subtle.exportKey("pkcs8", key.privateKey)).rejects.toThrow();
    await expect(crypto.subtle.exportKey("jwk", key.privateKey)).rejects.toThrow();
  });

  test("the key opens again at the next start", async () => {
    const store = aStore();
    const made = await newDeviceKey(store);
    if (!made.ok) throw new Error(made.fault.because);
    const opened = await openDeviceKey(store, made.value.device);
    if (!opened.ok) throw new Error(opened.fault.because);
    expect(await verify(made.value.jwk, await signed(opened.value.sign), message)).toBe(true);
  });

  test.each<[string, Partial<KeyStore>, string]>([
    [
      "a store that cannot clone keys",
      { put: () => Promise.reject(new DOMException("no clone", "DataCloneError")) },
      "cannot_store",
    ],
    ["a row that is gone", { get: async () => undefined }, "null_read_back"],
    [
      "a row that cannot be read",
      { get: () => Promise.reject(new DOMException("bad", "UnknownError")) },
      "null_read_back",
    ],
  ])("%s is told as %s", async (_case, change, because) => {
    expect(await newDeviceKey(aStore(change))).toEqual({
      ok: false,
      fault: { kind: "key_not_kept", because },
    });
  });

  test("a key that comes back as null is told apart", async () => {
    const store = aStore();
    const nulled = aStore({
      put: store.put,
      get: async (device) => {
        const row = await store.get(device);
        return row && { ...row, privateKey: null as unknown as CryptoKey };
      },
    });
    expect(await newDeviceKey(nulled)).toMatchObject({ fault: { because: "null_read_back" } });
  });

  test("another key under the same name is a bad signature", async () => {
    const store = aStore();
    const first = await newDeviceKey(store);
    const second = await newDeviceKey(store);
    if (!first.ok || !second.ok) throw new Error("no keys");
    const swapped = aStore({
      get: async (device) => {
        const [row, other] = [await store.get(device), await store.get(second.value.device)];
        return row && other && { jwk: row.jwk, privateKey: other.privateKey };
      },
    });
    expect(await openDeviceKey(swapped, first.value.device)).toMatchObject({
      fault: { because: "bad_signature" },
    });
  });

  test("a page without crypto.subtle is told before anything is tried", async () => {
    vi.stubGlobal("crypto", { getRandomValues: () => undefined });
    expect(await newDeviceKey(aStore())).toMatchObject({ fault: { because: "no_subtle" } });
  });

  test("a key that is no point of the curve verifies nothing", async () => {
    const made = await newDeviceKey(aStore());
    if (!made.ok) throw new Error(made.fault.because);
    const jwk = { ...made.value.jwk, x: made.value.jwk.y, y: made.value.jwk.x };
    expect(await verify(jwk, await signed(made.value.sign), message)).toBe(false);
  });
});

describe("PIN and recovery code", () => {
  test("rel-X2 the PIN opens the key, and the key signs under its public half", async () => {
    const { jwk, sign, envelope } = await wrapNewKey("482915");
    const opened = await openKey("482915", envelope);
    if (!opened.ok) throw new Error(opened.fault.kind);
    expect(await verify(jwk, await signed(opened.value), message)).toBe(true);
    expect(await verify(jwk, await signed(sign), message)).toBe(true);
  });

  test("rel-X2 a wrong PIN is refused", async () => {
    const { envelope } = await wrapNewKey("482915");
    expect(await openKey("482916", envelope)).toEqual({
      ok: false,
      fault: { kind: "wrong_secret" },
    });
  });

  test("rel-X2 the envelope is plain data with at least 600,000 iterations and a 16-byte salt", async () => {
    const { envelope, jwk } = await wrapNewKey("482915");
    expect(JSON.parse(JSON.stringify(envelope))).toEqual(envelope);
    expect(envelope).toMatchObject({ v: 1, kdf: "PBKDF2-SHA-256", iterations: 600_000, jwk });
    expect(envelope["salt"]).toMatch(/^[\w-]{22}$/);
    expect(JSON.stringify(envelope)).not.toContain("482915");
  });

  test("the same PIN never gives the same envelope", async () => {
    const [one, other] = [await wrapNewKey("482915"), await wrapNewKey("482915")];
    expect(one.envelope["salt"]).not.toBe(other.envelope["salt"]);
    expect(one.envelope["iv"]).not.toBe(other.envelope["iv"]);
    expect(one.jwk).not.toEqual(other.jwk);
  });

  test.each<[string, (envelope: JsonObject) => JsonObject]>([
    ["fewer iterations", (envelope) => ({ ...envelope, iterations: 1000 })],
    ["iterations that would hang the phone", (envelope) => ({ ...envelope, iterations: 1e12 })],
    ["another version", (envelope) => ({ ...envelope, v: 2 })],
    ["no salt", (envelope) => ({ ...envelope, salt: 5 })],
    ["damaged bytes", (envelope) => ({ ...envelope, wrapped: "AAAA" })],
    ["nothing in it", () => ({})],
  ])("an envelope with %s opens with no PIN", async (_case, change) => {
    const { envelope } = await wrapNewKey("482915");
    expect(await openKey("482915", change(envelope))).toMatchObject({ ok: false });
  });

  test("an envelope with another person's public key opens with no PIN", async () => {
    const [mine, other] = [await wrapNewKey("482915"), await wrapNewKey("482915")];
    const swapped = { ...mine.envelope, jwk: { ...other.jwk } };
    expect(await openKey("482915", swapped)).toMatchObject({ ok: false });
  });

  test("a recovery code is six groups of four and opens however it is typed", async () => {
    const code = newRecoveryCode();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(newRecoveryCode()).not.toBe(code);
    const { envelope } = await wrapNewKey(code);
    const typed = ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")}`;
    expect(await openKey(typed, envelope)).toMatchObject({ ok: true });
  });
});
