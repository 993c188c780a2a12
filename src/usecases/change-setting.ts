import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import {
  defaultSetting,
  findSettingFault,
  parseSetting,
  writeSetting,
  type SettingFault,
  type ShopSetting,
} from "../domain/shop-setting.ts";
import { documentHash } from "../ledger/document-hash.ts";
import { findPolicy } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

export type ChangeSettingFault = SettingFault | NotEntitled | LockedFault | RecordFault;

/** The shop's setting in force, its defaults before anybody changed it. */
export const currentSetting = async ({ journal }: Pick<Deps, "journal">): Promise<ShopSetting> =>
  parseSetting((await findPolicy(journal.db, "setting"))?.document ?? {});

type Unchanged = { readonly kind: "unchanged" };

/** Records the shop's setting with these changes as its next version, if it is another; the calendar and the lock follow it at once. */
export const changeSetting = async (
  deps: Deps,
  change: Partial<ShopSetting>,
): Promise<Result<ShopSetting, ChangeSettingFault>> => {
  const person = whoMay(deps, "manage_policy");
  if (!person.ok) return person;
  let setting: ShopSetting = defaultSetting;
  const saved = await recordEvents<Unchanged | SettingFault>(deps, async () => {
    const known = await findPolicy(deps.journal.db, "setting");
    setting = { ...parseSetting(known?.document ?? {}), ...change };
    const fault = findSettingFault(setting);
    if (fault !== undefined) return fail(fault);
    const document = writeSetting(setting);
    const hash = documentHash(document);
    if (known?.hash === hash) return fail({ kind: "unchanged" });
    const version = (known?.version ?? 0) + 1;
    return planOf({ kind: "policy", what: "setting", version, hash, document });
  });
  if (saved.ok) return ok(setting);
  return saved.fault.kind === "unchanged" ? ok(setting) : fail(saved.fault);
};
