import { figureLimits, type FigureName } from "../../../domain/acquirers/profile-members.ts";
import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { t } from "../../language.ts";

const isFigure = (member: string): member is FigureName => Object.hasOwn(figureLimits, member);

/** What is wrong with a member of the form, in words. */
export const badMemberText = (
  member: string,
  { refundNoPrefixLength = 8 }: Pick<AcquirerProfile, "refundNoPrefixLength">,
): string => {
  if (member === "refundHours") return t("acquirers.bad.hours");
  if (member === "voidCutoffMinutes") return t("acquirers.bad.time");
  if (member === "refundNoPrefix") return t("acquirers.bad.prefix", { n: refundNoPrefixLength });
  if (member === "phone") return t("acquirers.bad.phone");
  if (!isFigure(member)) return t("acquirers.bad.text");
  const [from, to] = figureLimits[member];
  return t("acquirers.bad.figure", { from, to });
};
