import { findCurrency } from "../domain/currency.ts";
import { money, writeAmount } from "../domain/money.ts";
import { findings as words, severityOf, type Finding, type Severity } from "../ledger/findings.ts";
import { fingerprint } from "../ledger/keys.ts";
import type { ToldReport } from "../ledger/verify-report.ts";
import type { TogetherFinding } from "../ledger/verify-together.ts";

/** The same said in both languages; a stand-alone verifier does not know who reads it. */
export type Said = { readonly zh: string; readonly en: string };

export type Headline = Said & { readonly tone: "ok" | "warn" | "bad" };

const countOf = (report: ToldReport, severity: Severity): number =>
  report.findings.filter(({ code }) => severityOf(code) === severity).length;

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

const validHeadline = (report: ToldReport): Headline =>
  report.pinnedTo !== undefined && report.pinnedTo === report.to
    ? { tone: "ok", zh: "全部有效，无缺口", en: "All valid, no gap" }
    : {
        tone: "ok",
        zh: "有效；无法排除末尾被删",
        en: "Valid; a cut tail cannot be excluded",
      };

const isOnlyIssuer = (report: ToldReport): boolean =>
  report.verdict === "invalid" && report.verdictBesideIssuer !== "invalid";

/** The verdict in one line (screens.md §5.9), and one more for a file that holds together under an unknown key. */
export const headlineOf = (report: ToldReport): Headline => {
  if (isOnlyIssuer(report))
    return {
      tone: "warn",
      zh: "内容前后一致，但不知道是谁的密钥",
      en: "The content holds together, but whose key signed it is unknown",
    };
  switch (report.verdict) {
    case "ok":
      return validHeadline(report);
    case "warnings": {
      const n = countOf(report, "warning");
      return { tone: "ok", zh: `有效，有 ${n} 处提醒`, en: `Valid with ${counted(n, "remark")}` };
    }
    case "findings": {
      const n = countOf(report, "finding");
      return { tone: "warn", zh: `数据有效，需人核对 ${n} 笔`, en: `Valid data, ${n} to check` };
    }
    case "invalid": {
      const n = countOf(report, "error");
      return { tone: "bad", zh: `有问题：${n} 处`, en: counted(n, "problem") };
    }
  }
};

/** What the reader should do about the key, when it is not known. */
export const adviceOf = (report: ToldReport): Said | undefined =>
  isOnlyIssuer(report)
    ? {
        zh: "把下面的店铺密钥指纹与海报或恢复单上的比对；一样，填入后再核对。",
        en: "Compare the shop key's fingerprint below with the poster or recovery sheet; if equal, enter it and check again.",
      }
    : undefined;

const placeOf = ({ seq, line }: Finding): Said => {
  const zh = [
    ...(seq === undefined ? [] : [`记录 ${seq}`]),
    ...(line === undefined ? [] : [`第 ${line} 行`]),
  ];
  const en = [
    ...(seq === undefined ? [] : [`record ${seq}`]),
    ...(line === undefined ? [] : [`line ${line}`]),
  ];
  return { zh: zh.join("，"), en: en.join(", ") };
};

const join = (place: string, sentence: string, mark: string): string =>
  place === "" ? sentence : `${place}${mark}${sentence}`;

/** One finding in words. */
export const sayFinding = (finding: Finding): Said => {
  const { zh, en } = words[finding.code];
  const place = placeOf(finding);
  return { zh: join(place.zh, zh, "："), en: join(place.en, en, ": ") };
};

/** An amount with its currency; of a currency this build does not know, the minor units. */
export const sayAmount = (minor: number, code: string): string => {
  const currency = findCurrency(code);
  return currency === undefined
    ? `${minor} ${code}`
    : `${writeAmount(money(minor, currency))} ${code}`;
};

/** Facts about the file, name and value. */
export const factsOf = (report: ToldReport): readonly (Said & { readonly value: string })[] => {
  const { signer, from, to } = report;
  const good = report.records.filter(({ isGood }) => isGood).length;
  const range = from === undefined || to === undefined ? "–" : `${from}–${to}`;
  const signed =
    signer.kind === "none"
      ? [{ zh: "设备密钥", en: "Device key", value: "–" }]
      : [
          { zh: "设备", en: "Device", value: signer.label ?? "–" },
          { zh: "设备密钥指纹", en: "Device key fingerprint", value: signer.fingerprint },
          {
            zh: "店铺密钥指纹",
            en: "Shop key fingerprint",
            value: signer.issuerFingerprint ?? "–",
          },
        ];
  const pinned = report.pinnedTo === undefined ? "–" : String(report.pinnedTo);
  return [
    ...signed,
    { zh: "记录", en: "Records", value: `${good}/${report.records.length} ✓ (${range})` },
    { zh: "附件", en: "Attachments", value: String(report.attachments) },
    ...report.totals.map(({ cur, count, sum }) => ({
      zh: "登记的退款（笔数）",
      en: "Refunds recorded (count)",
      value: `${sayAmount(sum, cur)} (${count})`,
    })),
    { zh: "有外部见证到记录", en: "Witnessed up to record", value: pinned },
    { zh: "末条记录", en: "Last record", value: report.head ?? "–" },
    { zh: "总校验", en: "Checksum of all", value: report.root ?? "–" },
  ];
};

/** The whole report as lines of text, both languages. */
export const reportLines = (report: ToldReport): readonly string[] => {
  const headline = headlineOf(report);
  const advice = adviceOf(report);
  return [
    `${headline.zh} / ${headline.en}`,
    ...(advice === undefined ? [] : [advice.zh, advice.en]),
    ...factsOf(report).map(({ zh, en, value }) => `${zh} / ${en}: ${value}`),
    ...report.findings.map((finding) => {
      const said = sayFinding(finding);
      return `${finding.code}  ${said.zh} / ${said.en}`;
    }),
  ];
};

/** What several files show together, as lines of text, each with the device it is about. */
export const togetherLines = (found: readonly TogetherFinding[]): readonly string[] =>
  found.length === 0
    ? ["这些文件之间没有矛盾 / The files do not contradict each other"]
    : found.map((finding) => {
        const { zh, en } = sayFinding(finding);
        return `${finding.code}  ${fingerprint(finding.device)}  ${zh} / ${en}`;
      });
