import { baseProfile } from "../domain/acquirers/edited-profile.ts";
import { layoutDocument } from "../domain/batches/edited-layout.ts";
import {
  parseExportFormat,
  type ExportFormat,
  type ExportFormatFault,
} from "../domain/batches/export-format.ts";
import type { Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { editProfile, type ChangeProfileFault } from "./change-profile.ts";
import type { Deps } from "./deps.ts";

export type ChangeLayoutFault = ChangeProfileFault | ExportFormatFault;

/** Records the merchant's own columns for an acquirer's file; no portal has taken such a file yet. */
export const changeLayout = async (
  deps: Deps,
  id: string,
  format: ExportFormat,
): Promise<Result<Saved, ChangeLayoutFault>> => {
  const layout = layoutDocument(format);
  const read = parseExportFormat({ ...layout, id: `own-${id}` });
  if (!read.ok) return read;
  return editProfile(deps, id, (profile) => ({
    ...profile,
    layout,
    facts: { ...profile.facts, batchFormat: { level: "unverified" } },
  }));
};

/** Takes the merchant's own columns away: the file, and what is known of it, is as this version ships it. */
export const resetLayout = (deps: Deps, id: string): Promise<Result<Saved, ChangeProfileFault>> =>
  editProfile(deps, id, (profile) => {
    const { layout: _, ...shipped } = profile;
    const { batchFormat } = baseProfile(profile).facts;
    return { ...shipped, facts: { ...profile.facts, batchFormat } };
  });
