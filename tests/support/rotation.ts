import type { DeviceId } from "../../src/domain/ids.ts";
import { firstOwner } from "../../src/domain/ids.ts";
import { ok, type Result } from "../../src/domain/result.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { listStaff } from "../../src/storage/queries.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { rotateKey, type RotateEntry, type RotateFault } from "../../src/usecases/rotate-key.ts";
import { aKey } from "./crypto.ts";
import type { TestShop } from "./deps.ts";

/** A shop's device and the key that it is about to get. */
export type Rotation = {
  readonly shop: TestShop;
  readonly next: Awaited<ReturnType<typeof aKey>>;
  readonly rotate: (
    over?: Partial<RotateEntry>,
    deps?: Deps,
  ) => Promise<Result<undefined, RotateFault>>;
  /** The use cases of the device that is enrolled now, as a page that is opened anew has them. */
  readonly reopened: () => Promise<Deps>;
};

export const aRotation = async (shop: TestShop): Promise<Rotation> => {
  const next = await aKey();
  return {
    shop,
    next,
    rotate: (over = {}, deps = shop.deps) =>
      rotateKey(
        { ...deps, newDeviceKey: async () => ok(next) },
        { why: "schedule", recoveryCode: shop.recoveryCode, ...over },
      ),
    reopened: async () => {
      const { journal } = shop.deps;
      const outcome = await checkAtStart(journal);
      if (outcome.kind !== "ready" || outcome.device !== next.kid)
        throw new Error(`the start found ${JSON.stringify(outcome)}`);
      const enrolment = await findEnrolment(journal.db);
      const person = (await listStaff(journal.db)).find(({ staff }) => staff === firstOwner);
      const { kid, jwk, sign } = next;
      const certificate = enrolment?.certificate ?? "";
      return { ...shop.deps, device: kid, jwk, sign, certificate, staff: () => person };
    },
  };
};

/** Every key that the browser of this device keeps. */
export const keysOf =
  (...keys: readonly Pick<Rotation["next"], "kid" | "sign">[]) =>
  async (device: DeviceId) =>
    keys.find(({ kid }) => kid === device)?.sign;
