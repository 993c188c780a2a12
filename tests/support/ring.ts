import type { DeviceId } from "../../src/domain/ids.ts";
import { makeJws } from "../../src/ledger/jws.ts";
import type { Jwk, Sign } from "../../src/ledger/record.ts";
import { saveRingKey, shopRoots, type Certified, type ShopKey } from "../../src/storage/ring.ts";
import { findEnvelope, findEnrolment } from "../../src/storage/envelopes.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { valueOf } from "./a.ts";
import { aKey, verify, type TestKey } from "./crypto.ts";
import type { TestShop } from "./deps.ts";

/** A shop's root with its private half, as the recovery code opens it. */
export type TestRoot = { readonly jwk: Jwk; readonly kid: string; readonly sign: Sign };

type Claims = { readonly role: string } & Readonly<Record<string, unknown>>;

/** 2026-11-22, when the shop of the tests is opened. */
export const enrolledAt = Date.parse("2026-11-22T06:00:00Z") / 1000;

/** What a root says of a key: `refund-enrol+jwt`. */
export const certify = async (
  root: TestRoot,
  key: { readonly kid: DeviceId; readonly jwk: Jwk },
  claims: Claims,
): Promise<Certified> => ({
  jwk: key.jwk,
  certificate: await makeJws(
    "refund-enrol+jwt",
    {
      exp: enrolledAt + 100_000_000,
      iat: enrolledAt,
      label: "审批手机",
      sub: key.kid,
      v: 1,
      ...claims,
    },
    root,
  ),
});

/** A root that belongs to nobody here. */
export const aRoot = async (): Promise<TestRoot> => aKey();

/** The root of an open shop, whose private half its recovery code opens. */
export const rootOf = async ({ deps, recoveryCode }: TestShop): Promise<TestRoot> => {
  const { db } = deps.journal;
  const [enrolment, envelope] = [await findEnrolment(db), await findEnvelope(db, "root")];
  if (enrolment === undefined || envelope === undefined) throw new Error("no root");
  const sign = valueOf(await deps.secretKeys.open(recoveryCode, envelope));
  const [kid = ""] = [...(await shopRoots(db)).keys()];
  return { jwk: enrolment.root, kid, sign };
};

/** Puts a new key of this shop into the ring of a till. */
export const enrolInRing = async (
  { journal: { db } }: Pick<Deps, "journal">,
  root: TestRoot,
  claims: Claims,
): Promise<{ readonly key: TestKey; readonly known: ShopKey }> => {
  const key = await aKey();
  const trust = { roots: new Map([[root.kid, root.jwk]]), verify };
  return { key, known: valueOf(await saveRingKey(db, await certify(root, key, claims), trust)) };
};
