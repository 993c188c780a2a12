import { acquirerIds } from "../../../domain/acquirers/index.ts";
import { rightFor, type ErrorAction } from "../../../domain/acquirers/error-catalogue.ts";
import { isConfirmed, type Fact } from "../../../domain/acquirers/fact.ts";
import { writeMinute } from "../../../domain/acquirers/profile-form.ts";
import type { AcquirerProfile, ProfileFact } from "../../../domain/acquirers/profile.ts";
import type { Role } from "../../../domain/journal-event.ts";
import { rightOf } from "../../../domain/rights.ts";
import { t } from "../../language.ts";

/** The owner's name of a profile, else ours; an id that nobody named stands for itself. */
export const profileName = ({ id, name }: Pick<AcquirerProfile, "id" | "name">): string => {
  const shipped = acquirerIds.find((one) => one === id);
  return name ?? (shipped === undefined ? id : t(`acquirers.name.${shipped}`));
};

const joined = (parts: readonly string[]): string => parts.join(t("word.separator"));

const days = (n: number | undefined, otherwise: "none" | "never" = "none"): string =>
  n === undefined ? t(`acquirers.value.${otherwise}`) : t("acquirers.value.days", { n });

const hoursText = ({ refundHours: hours }: AcquirerProfile): string =>
  hours === undefined
    ? t("acquirers.value.none")
    : t("acquirers.value.hours", { from: writeMinute(hours[0]), to: writeMinute(hours[1]) });

const cutoffText = ({ voids, voidCutoffMinutes: cutoff }: AcquirerProfile): string => {
  if (voids !== "yes") return t("acquirers.value.none");
  return cutoff === undefined ? t("acquirers.value.midnight") : writeMinute(cutoff);
};

const partialsText = ({ partials, partialLimit: n }: AcquirerProfile): string =>
  joined([
    t(`acquirers.partials.${partials}`),
    ...(n === undefined ? [] : [t("acquirers.value.times", { n })]),
  ]);

const prefixText = ({
  refundNoPrefix: prefix,
  refundNoPrefixLength: n,
}: AcquirerProfile): readonly string[] => {
  if (prefix !== undefined) return [t("acquirers.value.prefix", { prefix })];
  return n === undefined ? [] : [t("acquirers.value.prefix_missing", { n })];
};

const spacingText = ({ minIntervalSeconds: n }: AcquirerProfile): string =>
  n === undefined ? t("acquirers.value.none") : t("acquirers.value.seconds", { n });

const dailyText = ({ dailyRefunds: n, dailyAmount: amount }: AcquirerProfile): string =>
  joined([
    ...(n === undefined ? [] : [t("acquirers.value.times", { n })]),
    ...(amount === undefined ? [] : [t("acquirers.value.amount", { amount })]),
  ]) || t("acquirers.value.none");

const writers: Readonly<Record<ProfileFact, (profile: AcquirerProfile) => string>> = {
  settlement: ({ settlement }) => t(`acquirers.settlement.${settlement}`),
  d0Refund: ({ d0Refund }) => t(`acquirers.d0Refund.${d0Refund}`),
  balanceSource: ({ balanceSource }) => t(`acquirers.balanceSource.${balanceSource}`),
  refundWindowDays: ({ refundWindowDays }) => days(refundWindowDays),
  refundHours: hoursText,
  closesAfterDays: ({ closesAfterDays }) => days(closesAfterDays),
  handbackDays: ({ handbackDays }) => days(handbackDays),
  noRecordFinalAfterDays: ({ noRecordFinalAfterDays }) => days(noRecordFinalAfterDays, "never"),
  voids: ({ voids }) => t(`acquirers.voids.${voids}`),
  voidCutoffMinutes: cutoffText,
  partials: partialsText,
  minIntervalSeconds: spacingText,
  dailyRefunds: dailyText,
  feeRule: ({ feeRule }) => t(`acquirers.fee.${feeRule}`),
  refundNoMax: (profile) =>
    joined([t("acquirers.value.longest", { n: profile.refundNoMax }), ...prefixText(profile)]),
  resendIdempotent: ({ resendIdempotent }) =>
    t(`acquirers.resendIdempotent.${resendIdempotent ? "yes" : "no"}`),
  place: ({ place }) => t(`acquirers.place.${place}`),
  batchFormat: ({ batchFormat, layout }) =>
    joined([
      t(`export.format.${batchFormat}`),
      ...(layout === undefined ? [] : [t("acquirers.columns.own")]),
    ]),
  fields: ({ fields }) => joined(fields.map((field) => t(`acquirers.field.${field}`))),
  amountUnit: ({ amountUnit }) => t(`acquirers.amountUnit.${amountUnit}`),
  checklist: ({ checklist }) => joined(checklist.map((item) => t(`acquirers.prepare.${item}`))),
  expected: ({ expected }) =>
    t("acquirers.value.expected", { minutes: expected.walletMinutes, days: expected.bankDays }),
  support: ({ support }) =>
    joined([
      support.phone ?? t("acquirers.value.no_phone"),
      ...(support.hours === undefined ? [] : [support.hours]),
    ]),
};

/** What a profile says about one fact. */
export const factText = (profile: AcquirerProfile, fact: ProfileFact): string =>
  writers[fact](profile);

/** 已核实 or 未核实. */
export const levelWord = (fact: Fact): string =>
  t(isConfirmed(fact) ? "acquirers.verified" : "acquirers.unverified");

/** Places a shop can look up; our own papers say nothing to it. */
const publicSource = (source: string): string =>
  source
    .split(", ")
    .filter((place) => !/\.md\b/.test(place))
    .join(", ");

/** How sure a fact is and where it was read. */
export const sourceText = ({ level, source = "" }: Fact): string => {
  const told = publicSource(source);
  return joined([
    t(`acquirers.level.${level}`),
    ...(told === "" ? [] : [t("acquirers.source", { source: told })]),
  ]);
};

const tillRoles: readonly Role[] = ["clerk", "lead", "owner"];

/** Who may take a step, where not everybody at the till may. */
const rolesFor = (action: ErrorAction): readonly Role[] => {
  const right = rightFor[action];
  if (right === undefined) return [];
  const may = tillRoles.filter(
    (role) => rightOf({ role, grants: [], active: true }, right) !== "no",
  );
  return may.length === tillRoles.length ? [] : may;
};

/** What to do about an error, and who may. */
export const actionText = (action: ErrorAction): string => {
  const roles = rolesFor(action).map((role) => t(`role.${role}`));
  const words = t(`acquirers.action.${action}`);
  return roles.length === 0
    ? words
    : t("acquirers.action.by", { action: words, roles: roles.join(t("word.separator")) });
};
