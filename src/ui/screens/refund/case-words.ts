import type { StaffId } from "../../../domain/ids.ts";
import { system } from "../../../domain/ids.ts";
import { findReason } from "../../../domain/reasons.ts";
import type { HistoryEntry } from "../../../domain/refund/case.ts";
import type { Staff } from "../../../domain/staff.ts";
import { t } from "../../language.ts";

/** The chip's word of a reason code. */
export const reasonText = (code: string): string => t(`reason.${findReason(code) ?? "other"}`);

/** Who did it, by name where one is known. */
export const nameOf = (people: readonly Staff[], staff: StaffId): string => {
  if (staff === system) return t("records.who.system");
  return people.find((person) => person.staff === staff)?.name ?? staff;
};

const moneyText = ({ state, out }: Extract<HistoryEntry["told"], { kind: "money" }>): string => {
  switch (state) {
    case "exported":
      return t(`records.history.exported.${out ?? "prepared"}`);
    case "submitted":
      return t("records.history.submitted");
    case "ready":
      return t("records.history.recalled");
    case "retracted":
      return t("records.history.retracted");
    case "processing":
    case "needs_action":
    case "unknown":
    case "abnormal":
    case "succeeded":
    case "failed":
    case "closed":
    case "reversed":
      return t("records.history.result", { state: t(`state.${state}`) });
  }
};

/** What one record of the case said, in words. */
export const historyText = ({ told }: HistoryEntry): string => {
  switch (told.kind) {
    case "recorded":
      return told.attempt === 1
        ? t("records.history.recorded")
        : t("records.history.attempt", { n: told.attempt });
    case "withdrawn":
      return t("records.history.withdrawn", { why: t(`records.withdrawn.${told.why}`) });
    case "notice": {
      const via = t(`records.via.${told.via}`);
      if (told.copy !== undefined && told.copy > 1)
        return t("records.history.notice_copy", { via, copy: told.copy });
      return t(`records.history.notice.${told.state}`, { via });
    }
    case "money":
      return moneyText(told);
  }
};

/** Where a result comes from; nothing for what we did ourselves. */
export const evidenceText = ({ told }: HistoryEntry): string | undefined => {
  if (told.kind !== "money") return undefined;
  const ours = ["exported", "submitted", "ready", "retracted"].includes(told.state);
  return ours ? undefined : t(`records.by.${told.by}`);
};
