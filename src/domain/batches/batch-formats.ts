import { acquirerIds } from "../acquirers/index.ts";
import type { AcquirerProfile } from "../acquirers/profile.ts";
import type { Payment } from "../payment.ts";
import { isForPeople, parseExportFormat, type ExportFormat } from "./export-format.ts";
import { exportFormats } from "./index.ts";

type Profile = Pick<AcquirerProfile, "id" | "copyOf" | "batchFormat" | "layout">;

/** The file whose columns the owner has set for this acquirer, under a name of its own. */
const ownFormat = ({ id, layout }: Profile): ExportFormat | undefined => {
  const own = layout === undefined ? undefined : parseExportFormat({ ...layout, id: `own-${id}` });
  return own?.ok === true ? own.value : undefined;
};

/** The file that a profile sends its refunds in. */
export const profileFormat = (profile: Profile): ExportFormat =>
  ownFormat(profile) ?? exportFormats[profile.batchFormat];

const list = exportFormats["refund-list-csv"];

const shippedFormats: readonly ExportFormat[] = Object.values(exportFormats);

/** The file that this version ships under a name; undefined for an owner's own and for one of another version. */
export const shippedFormat = (id: string): ExportFormat | undefined =>
  shippedFormats.find((format) => format.id === id);

/** The file that a batch of an acquirer was made in, by its name. */
export const formatOf = (id: string, profile: Profile): ExportFormat | undefined => {
  const own = profileFormat(profile);
  return own.id === id ? own : shippedFormat(id);
};

/** Whether a payment has the numbers and the currency that a file needs of it. */
const suits = ({ columns, currency }: ExportFormat, { numbers, amount }: Payment): boolean =>
  (currency === undefined || currency === amount.currency) &&
  columns.every(
    ({ field, needed = false }) =>
      !needed ||
      (field !== "out_trade_no" && field !== "transaction_id") ||
      numbers[field] !== undefined,
  );

/** The file a refund belongs into: its acquirer's own, or the list to type from when its key number is missing. */
export const mainFormat = (profile: Profile, payment: Payment | undefined): ExportFormat => {
  const wanted = profileFormat(profile);
  return payment !== undefined && suits(wanted, payment) ? wanted : list;
};

/** The acquirer's other files, request bodies among them, and the list as a sheet. */
export const otherFormats = (profile: Profile): readonly ExportFormat[] => {
  const base = profile.copyOf ?? profile.id;
  const known = acquirerIds.find((id) => id === base) ?? "custom";
  return shippedFormats.filter(
    (format) =>
      format.id !== profile.batchFormat &&
      (isForPeople(format) ? format.id !== list.id : format.acquirer === known),
  );
};
