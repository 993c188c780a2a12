import type { ProfileFault } from "../domain/acquirers/profile-fault.ts";
import type { AcquirerProfile } from "../domain/acquirers/profile.ts";
import { layoutDocument } from "../domain/batches/edited-layout.ts";
import {
  parseExportFormat,
  type ExportFormat,
  type ExportFormatFault,
} from "../domain/batches/export-format.ts";
import { findCardNumbers } from "../domain/pan-guard.ts";
import { fail, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { changeProfile, type ChangeProfileFault } from "./change-profile.ts";
import type { Deps } from "./deps.ts";

export type ChangeLayoutFault = ChangeProfileFault | ExportFormatFault;

const textsIn = ({ columns, head, trailer, name }: ExportFormat): readonly string[] => [
  name,
  ...[...head, ...trailer].flat(),
  ...columns.flatMap(({ caption = "", text = "" }) => [caption, text]),
];

const cardFault = (format: ExportFormat): ProfileFault | undefined =>
  textsIn(format).some((text) => findCardNumbers(text).length > 0)
    ? { kind: "card_number_in_text" }
    : undefined;

/** Records the merchant's own columns for an acquirer's file, as the next version of its profile. */
export const changeLayout = async (
  deps: Deps,
  profile: AcquirerProfile,
  format: ExportFormat,
): Promise<Result<Saved, ChangeLayoutFault>> => {
  const layout = layoutDocument(format);
  const read = parseExportFormat({ ...layout, id: `own-${profile.id}` });
  if (!read.ok) return read;
  const fault = cardFault(read.value);
  return fault === undefined ? changeProfile(deps, { ...profile, layout }) : fail(fault);
};

/** Takes the merchant's own columns away: the file is as this version ships it. */
export const resetLayout = (
  deps: Deps,
  profile: AcquirerProfile,
): Promise<Result<Saved, ChangeProfileFault>> => {
  const { layout: _, ...shipped } = profile;
  return changeProfile(deps, shipped);
};
