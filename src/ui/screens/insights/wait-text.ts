import { t } from "../../language.ts";

const minute = 60;
const hour = 60 * minute;

/** A time in its largest whole unit. */
export const waitText = (seconds: number | undefined): string => {
  if (seconds === undefined) return t("insights.not_yet");
  if (seconds < hour)
    return t("insights.minutes", { n: Math.max(1, Math.round(seconds / minute)) });
  return seconds < 48 * hour
    ? t("insights.hours", { n: Math.round(seconds / hour) })
    : t("insights.days", { n: Math.round(seconds / (24 * hour)) });
};
