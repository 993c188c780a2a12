import {
  findings as words,
  severityOf,
  type Finding,
  type FindingCode,
  type Severity,
} from "../../../ledger/findings.ts";
import type { LanguageTag } from "../../../i18n/index.ts";
import { t } from "../../language.ts";

/** Every place of one code, in the order of the report: worst codes first. */
export type FindingGroup = {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly places: readonly Finding[];
};

export const groupFindings = (findings: readonly Finding[]): readonly FindingGroup[] => {
  const groups = new Map<FindingCode, Finding[]>();
  for (const finding of findings) {
    const known = groups.get(finding.code);
    if (known === undefined) groups.set(finding.code, [finding]);
    else known.push(finding);
  }
  return Array.from(groups, ([code, places]) => ({ code, severity: severityOf(code), places }));
};

/** What a code means, in the language on screen. */
export const sayCode = (code: FindingCode, language: LanguageTag): string =>
  language === "zh-CN" ? words[code].zh : words[code].en;

/** Where something was found; undefined when it is about the whole file. */
export const sayPlace = ({ seq, line }: Finding): string | undefined => {
  if (seq === undefined) return line === undefined ? undefined : t("verify.place.line", { line });
  return line === undefined
    ? t("verify.place.record", { seq })
    : t("verify.place.both", { seq, line });
};
