import { severityOf, type Severity } from "../../../ledger/findings.ts";
import type { FileReport } from "../../../usecases/verify-file.ts";
import type { Tone } from "../../components/badge.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { t } from "../../language.ts";

/** The verdict over a file in one sentence, with what it rests on. */
export type SaidVerdict = {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: string;
  readonly why: readonly string[];
};

const countOf = (report: FileReport, severity: Severity): number =>
  report.findings.filter(({ code }) => severityOf(code) === severity).length;

/** Only that nobody here vouches for the shop's key speaks against the file. */
const isOnlyIssuer = (report: FileReport): boolean =>
  report.verdict === "invalid" && report.verdictBesideIssuer !== "invalid";

/** Not one line of it could be read as a record. */
const isNoLog = ({ verdict, records, signer }: FileReport): boolean =>
  verdict === "invalid" && records.length === 0 && signer.kind === "none";

const isPinnedToEnd = ({ pinnedTo, to }: FileReport): boolean =>
  pinnedTo !== undefined && pinnedTo === to;

const tailWords = (report: FileReport): string => {
  if (isPinnedToEnd(report)) return t("verify.why.complete");
  return report.pinnedTo === undefined
    ? t("verify.why.tail")
    : t("verify.why.pinned", { seq: report.pinnedTo });
};

const ours = (): string => t("verify.why.ours");

const whyWrong = ({ findings }: FileReport): readonly string[] =>
  findings.some(({ code }) => code === "E_ENROL_ISSUER") ? [t("verify.why.unknown_beside")] : [];

/** screens.md §5.9, and one verdict more for a file that holds together under an unknown key. */
export const sayVerdict = (report: FileReport): SaidVerdict => {
  if (isOnlyIssuer(report))
    return {
      tone: "warn",
      icon: "circle-question-mark",
      title: t("verify.verdict.unknown_issuer"),
      why: [t("verify.why.unknown_issuer")], // its witnesses are no better known than its key
    };
  if (isNoLog(report))
    return {
      tone: "danger",
      icon: "circle-x",
      title: t("verify.verdict.no_log"),
      why: [t("verify.why.no_log")],
    };
  switch (report.verdict) {
    case "ok":
      return {
        tone: "arrived",
        icon: "shield-check",
        title: t(isPinnedToEnd(report) ? "verify.verdict.complete" : "verify.verdict.tail"),
        why: [ours(), tailWords(report)],
      };
    case "warnings":
      return {
        tone: "warn",
        icon: "shield-check",
        title: t("verify.verdict.warnings", { n: countOf(report, "warning") }),
        why: [ours(), t("verify.why.warnings"), tailWords(report)],
      };
    case "findings":
      return {
        tone: "warn",
        icon: "hand",
        title: t("verify.verdict.findings", { n: countOf(report, "finding") }),
        why: [ours(), t("verify.why.findings"), tailWords(report)],
      };
    case "invalid":
      return {
        tone: "danger",
        icon: "triangle-alert",
        title: t("verify.verdict.invalid", { n: countOf(report, "error") }),
        why: whyWrong(report),
      };
  }
};
