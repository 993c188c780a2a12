import { ok, fail, type Result } from "../domain/result.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import type { UploadEntry } from "../domain/upload.ts";
import {
  originOf,
  parseTypedTarget,
  type TargetFault,
  type TypedTarget,
  type UploadTarget,
} from "../domain/upload-target.ts";
import { storageFault, type StorageFault } from "../storage/storage-fault.ts";
import { emptyUploads, findTarget, listUploads, saveTarget } from "../storage/upload-box.ts";
import { changeSetting, currentSetting, type ChangeSettingFault } from "./change-setting.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";

/** Practice sends nothing, whatever is asked for. */
export type PracticeFault = { readonly kind: "upload_in_practice" };

export type UploadSettingFault =
  | TargetFault
  | PracticeFault
  | NotEntitled
  | LockedFault
  | StorageFault
  | ChangeSettingFault;

/** Where this device sends now: only what the signed setting still names. */
export const currentTarget = async (deps: Deps): Promise<UploadTarget | undefined> => {
  if (deps.training) return undefined;
  const { uploadOrigin } = await currentSetting(deps);
  if (uploadOrigin === "") return undefined;
  const target = await findTarget(deps.journal.db);
  const origin = target && originOf(target.address);
  return origin?.ok === true && origin.value === uploadOrigin ? target : undefined;
};

/** What the page of uploads shows; of the secret only the name of its header. */
export type Uploads = {
  readonly target: (Omit<UploadTarget, "secret"> & { readonly secretName?: string }) | undefined;
  readonly entries: readonly UploadEntry[];
};

export const readUploads = async (deps: Deps): Promise<Uploads> => {
  const target = await currentTarget(deps);
  if (target === undefined) return { target: undefined, entries: [] };
  const { secret, ...shown } = target;
  return {
    target: secret === undefined ? shown : { ...shown, secretName: secret.name },
    entries: await listUploads(deps.journal.db),
  };
};

const kept = async (work: () => Promise<void>): Promise<Result<undefined, StorageFault>> => {
  try {
    await work();
    return ok(undefined);
  } catch (error) {
    return fail(storageFault(error));
  }
};

/**
 * The owner names where files go. The journal gets scheme, host and port as a signed setting, so that it says since when
 * and by whom; the whole address and the secret stay on this device.
 */
export const setUploadTarget = async (
  deps: Deps,
  typed: TypedTarget,
): Promise<Result<undefined, UploadSettingFault>> => {
  const person = whoMay(deps, "manage_policy");
  if (!person.ok) return person;
  if (deps.training) return fail({ kind: "upload_in_practice" });
  const target = parseTypedTarget(typed, await currentTarget(deps));
  if (!target.ok) return target;
  const origin = originOf(target.value.address);
  if (!origin.ok) return origin;
  const saved = await kept(() => saveTarget(deps.journal.db, target.value));
  if (!saved.ok) return saved;
  const changed = await changeSetting(deps, { uploadOrigin: origin.value });
  return changed.ok ? ok(undefined) : changed;
};

/** Sends nothing any more: address, secret and what waits are forgotten, and the journal says so. */
export const stopUploads = async (deps: Deps): Promise<Result<undefined, UploadSettingFault>> => {
  const person = whoMay(deps, "manage_policy");
  if (!person.ok) return person;
  if (deps.training) return fail({ kind: "upload_in_practice" });
  const changed = await changeSetting(deps, { uploadOrigin: "" });
  if (!changed.ok) return changed;
  return kept(() => emptyUploads(deps.journal.db));
};
