import { firstOwner } from "../../src/domain/ids.ts";
import { ok } from "../../src/domain/result.ts";
import { backupCrypto } from "../../src/platform/backup-crypto.ts";
import type { BackupCrypto } from "../../src/usecases/backup-crypto.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { listStaff } from "../../src/storage/queries.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { makeBackup, prepareBackups, type Backup } from "../../src/usecases/make-backup.ts";
import { valueOf } from "./a.ts";
import { aKey } from "./crypto.ts";
import { anEmptyDevice } from "./deps.ts";

/** The browser's own cryptography, as it is. */
export const crypto: BackupCrypto = backupCrypto;

export const quietly = () => ({
  onProgress: () => undefined,
  signal: new AbortController().signal,
});

/** A backup of a till as it would be handed out. */
export const backupOf = async (
  deps: Deps,
  recoveryCode: string,
  by: BackupCrypto = crypto,
): Promise<Backup> => {
  valueOf(await prepareBackups(deps, by, recoveryCode));
  return valueOf(await makeBackup(deps, by, quietly()));
};

/** The lines of a backup sealed again after somebody changed them. */
export const sealedLines = async (
  deps: Deps,
  lines: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> => {
  const row = await deps.journal.db.envelopes.get("backup_key");
  const key = row?.content as unknown as Awaited<ReturnType<BackupCrypto["newKey"]>>;
  const all = async function* () {
    yield* lines;
  };
  return backupCrypto.seal(key, all());
};

/** Another browser with nothing in it, that has the keys of people as they travel in the envelopes. */
export const anotherDevice = async (deps: Deps) => {
  const device = await anEmptyDevice();
  const next = await aKey();
  const setUp = {
    ...device.setUp,
    secretKeys: deps.secretKeys,
    newDeviceKey: async () => ok({ jwk: next.jwk, sign: next.sign }),
  };
  return { setUp, next };
};

export type Other = Awaited<ReturnType<typeof anotherDevice>>;

/** The app as the page finds it when it is opened anew. */
export const reopened = async (deps: Deps, { setUp, next }: Other): Promise<Deps> => {
  const outcome = await checkAtStart(setUp.journal);
  if (outcome.kind !== "ready") throw new Error(JSON.stringify(outcome));
  const enrolment = await findEnrolment(setUp.journal.db);
  const person = (await listStaff(setUp.journal.db)).find(({ staff }) => staff === firstOwner);
  return {
    ...deps,
    ...setUp,
    device: next.kid,
    jwk: next.jwk,
    sign: next.sign,
    certificate: enrolment?.certificate ?? "",
    staff: () => person,
  };
};
