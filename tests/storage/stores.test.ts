import { schemaVersion } from "../../src/storage/database.ts";
import { webcrypto } from "node:crypto";
import type { DeviceId } from "../../src/domain/ids.ts";
import { beforeEach, describe, expect, it } from "vitest";
import {
  findEnrolment,
  findEnvelope,
  readTries,
  saveEnrolment,
  saveEnvelope,
  writeTries,
} from "../../src/storage/envelopes.ts";
import { keyStore } from "../../src/storage/key-store.ts";
import { aKey } from "../support/crypto.ts";
import { newBrowser, openTestDatabase } from "./a-till.ts";

beforeEach(newBrowser);

describe("keys, envelopes and tries", () => {
  it("a key comes back through a new connection, and cannot be read out", async () => {
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const { privateKey } = await webcrypto.subtle.generateKey(curve, false, ["sign", "verify"]);
    const { jwk, kid } = await aKey();
    const store = keyStore(await openTestDatabase());
    await store.put(kid, { privateKey, jwk });
    const found = await store.get(kid);
    expect(found?.jwk).toEqual(jwk);
    expect(found?.privateKey.extractable).toBe(false);
    expect(await store.get("other" as DeviceId)).toBeUndefined();
  });

  it("an envelope, an enrolment and the tries of a person are kept apart", async () => {
    const db = await openTestDatabase();
    const { jwk, kid } = await aKey();
    const enrolment = { device: kid, certificate: "c", root: jwk };
    await saveEnvelope(db, "pin:s1", { salt: "x" });
    await writeTries(db, "s1", { fails: 2, lastFailMs: 5 });
    await saveEnrolment(db, enrolment);
    expect(await findEnvelope(db, "pin:s1")).toEqual({ salt: "x" });
    expect(await findEnvelope(db, "pin:s2")).toBeUndefined();
    expect(await readTries(db, "s1")).toEqual({ fails: 2, lastFailMs: 5 });
    expect(await readTries(db, "s2")).toBeUndefined();
    expect(await findEnrolment(db)).toEqual(enrolment);
  });

  it("F24 nothing of this is written into the database of a newer build", async () => {
    const db = await openTestDatabase();
    await db.meta.put({ name: "schema", value: schemaVersion + 1 });
    await expect(saveEnvelope(db, "pin:s1", {})).rejects.toMatchObject({ name: "VersionError" });
    await expect(writeTries(db, "s1", { fails: 1, lastFailMs: 0 })).rejects.toThrow(/newer build/);
  });
});
