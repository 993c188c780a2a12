import { instantFromMs } from "../domain/instant.ts";
import type { BatchId } from "../domain/ids.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { waitingAnew, type UploadEntry } from "../domain/upload.ts";
import { parsePresigned, type TargetFault } from "../domain/upload-target.ts";
import { hashBytes } from "../ledger/base64url.ts";
import { countErasures } from "../storage/forget-erased.ts";
import { addUpload, changeUpload, dropUpload, findUpload } from "../storage/upload-box.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { currentTarget } from "./upload-setting.ts";

/** Two tills may export in the same second: the end of the digest tells their packages apart. */
const ledgerName = (name: string, digest: string): string =>
  name.replace(/(\.\w+)$/, `_${digest.slice(0, 8)}$1`);

/** The file was exported, but no copy of it waits here. */
export type NotQueued = { readonly kind: "upload_not_queued" };

/**
 * A file that was just shared or saved goes to the merchant's own storage as well, where the owner set one. It is no upload
 * to the acquirer: no refund changes by it, and the next package begins where it would have begun without it.
 */
export const queueUpload = async (
  deps: Deps,
  file: OutFile,
  batchId?: BatchId,
): Promise<Result<undefined, NotQueued>> => {
  if ((await currentTarget(deps)) === undefined) return ok(undefined);
  const { name, type, bytes } = file;
  const sha256 = hashBytes(bytes);
  const addedAt = instantFromMs(deps.now());
  const entry: UploadEntry = {
    ...(batchId === undefined
      ? { id: sha256, kind: "ledger", name: ledgerName(name, sha256) }
      : { id: batchId, kind: "batch", name }),
    type,
    size: bytes.length,
    sha256,
    addedAt,
    erasures: await countErasures(deps.journal.db),
    state: { state: "waiting", tries: 0, notBefore: 0 },
  };
  try {
    await addUpload(deps.journal.db, entry, bytes.slice().buffer);
    return ok(undefined);
  } catch {
    return fail({ kind: "upload_not_queued" });
  }
};

export type QueueFault = LockedFault | NotEntitled;

/** Tries it now, whatever it met before. */
export const sendNow = async (deps: Deps, id: string): Promise<Result<undefined, QueueFault>> => {
  const person = whoMay(deps, "export");
  if (!person.ok) return person;
  await changeUpload(deps.journal.db, id, waitingAnew);
  return ok(undefined);
};

/** Takes a file out; one that is just being sent is broken off, and may have arrived. */
export const cancelUpload = async (
  deps: Deps,
  id: string,
): Promise<Result<undefined, QueueFault>> => {
  const person = whoMay(deps, "export");
  if (!person.ok) return person;
  await dropUpload(deps.journal.db, id);
  return ok(undefined);
};

/** A presigned address for one file; it is tried at once. */
export const giveAddress = async (
  deps: Deps,
  id: string,
  typed: string,
): Promise<Result<undefined, QueueFault | TargetFault>> => {
  const person = whoMay(deps, "export");
  if (!person.ok) return person;
  const target = await currentTarget(deps);
  if (target === undefined || (await findUpload(deps.journal.db, id)) === undefined)
    return ok(undefined);
  const address = parsePresigned(target, typed);
  if (!address.ok) return address;
  await changeUpload(deps.journal.db, id, (entry) => ({
    ...waitingAnew(entry),
    address: address.value,
  }));
  return ok(undefined);
};
