import { beforeEach, describe, expect, it } from "vitest";

import {
  readApprover,
  readRing,
  saveApprover,
  saveRingKey,
  shopRoots,
  type Trust,
} from "../../src/storage/ring.ts";
import { saveEnrolment } from "../../src/storage/envelopes.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aKey, verify } from "../support/crypto.ts";
import { aRoot, certify, enrolledAt } from "../support/ring.ts";
import { newBrowser, openTestDatabase } from "./a-till.ts";

beforeEach(newBrowser);

const approver = { role: "approver", sid: "s2" };

const aShopRing = async () => {
  const db = await openTestDatabase();
  const [root, device] = [await aRoot(), await aKey()];
  await saveEnrolment(db, { device: device.kid, certificate: "c", root: root.jwk });
  const trust: Trust = { roots: await shopRoots(db), verify };
  return { db, root, trust };
};

describe("the ring of a shop's keys", () => {
  it("refundlog §8 keeps approvers, offices and other tills that the pinned root vouches for", async () => {
    const { db, root, trust } = await aShopRing();
    const posts = [approver, { role: "office" }, { role: "device", pre: "R7K2Q4" }];
    for (const post of posts)
      valueOf(await saveRingKey(db, await certify(root, await aKey(), post), trust));
    const roles = [...(await readRing(db, trust)).values()].map(({ claims }) => claims.role);
    expect(roles.sort()).toEqual(["approver", "device", "office"]);
  });

  it("X29 takes no key from a root that nobody pinned, whatever the text says", async () => {
    const { db, root, trust } = await aShopRing();
    const [other, key] = [await aRoot(), await aKey()];
    const foreign = await certify(other, key, approver);
    const signedByOther = await certify({ ...other, kid: root.kid }, key, approver);
    const ofAnother = { ...(await certify(root, key, approver)), jwk: (await aKey()).jwk };
    const refused = [foreign, signedByOther, ofAnother].map((one) => saveRingKey(db, one, trust));
    expect((await Promise.all(refused)).map(faultOf)).toEqual([
      { kind: "key_not_trusted", because: "E_ENROL_ISSUER" },
      { kind: "key_not_trusted", because: "E_ENROL" },
      { kind: "key_not_trusted", because: "E_KEY_MISMATCH" },
    ]);
    expect((await readRing(db, trust)).size).toBe(0);
  });

  it("X29 believes nothing that was changed in the store, and nothing once the root is another", async () => {
    const { db, root, trust } = await aShopRing();
    const key = await aKey();
    valueOf(await saveRingKey(db, await certify(root, key, approver), trust));
    const other = await aRoot();
    expect((await readRing(db, { roots: new Map([[other.kid, other.jwk]]), verify })).size).toBe(0);
    const forged = await certify({ ...other, kid: root.kid }, key, approver);
    await db.envelopes.put({
      name: `ring:${key.kid}`,
      content: { certificate: forged.certificate, jwk: { ...forged.jwk } },
    });
    expect((await readRing(db, trust)).size).toBe(0);
  });

  it("refundlog §8 an older certificate of a key does not come back over the later one", async () => {
    const { db, root, trust } = await aShopRing();
    const key = await aKey();
    const early = await certify(root, key, { ...approver, cur: "CNY", max: 900_000 });
    const late = await certify(root, key, {
      ...approver,
      cur: "CNY",
      max: 5_000,
      iat: enrolledAt + 60,
    });
    for (const one of [early, late, early]) valueOf(await saveRingKey(db, one, trust));
    expect((await readRing(db, trust)).get(key.kid)?.claims.max).toBe(5_000);
  });

  it("checks no other key than the one it keeps, however many there are", async () => {
    const { db, root, trust } = await aShopRing();
    const posts = [approver, approver, { role: "office" }];
    for (const post of posts)
      valueOf(await saveRingKey(db, await certify(root, await aKey(), post), trust));
    const certified = await certify(root, await aKey(), approver);
    let checks = 0;
    const counting: Trust = { ...trust, verify: (...one) => ((checks += 1), verify(...one)) };
    valueOf(await saveRingKey(db, certified, counting));
    valueOf(await saveRingKey(db, certified, counting));
    expect(checks).toBe(3);
  });
});

describe("this phone as an approver's", () => {
  it("refundlog §8 is one as soon as the root that was pinned says so, and only with that role", async () => {
    const { db, root } = await aShopRing();
    const key = await aKey();
    expect(await readApprover(db, verify)).toBeUndefined();
    const place = { root: root.jwk, lock: { salt: "x" }, shop: "小林饰品摊" };
    const office = { ...(await certify(root, key, { role: "office" })), ...place };
    expect(faultOf(await saveApprover(db, office, verify))).toEqual({
      kind: "key_not_trusted",
      because: "E_KEY_ROLE",
    });
    const certified = await certify(root, key, approver);
    valueOf(await saveApprover(db, { ...certified, ...place }, verify));
    expect(await readApprover(db, verify)).toMatchObject({
      kid: key.kid,
      claims: approver,
      ...place,
    });
  });
});
