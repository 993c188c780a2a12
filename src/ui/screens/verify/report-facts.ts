import type { FileReport } from "../../../usecases/verify-file.ts";
import { language, t } from "../../language.ts";
import type { Format } from "../../format.ts";
import { writeMinor } from "../import-statement/statement-words.ts";
import { groupFindings, sayCode, sayPlace } from "./finding-groups.ts";
import { sayVerdict } from "./verdict.ts";

type Fact = readonly [name: string, value: string];

const rangeOf = ({ from, to }: FileReport): readonly Fact[] =>
  from === undefined || to === undefined
    ? []
    : [[t("verify.fact.range"), t("verify.fact.range_value", { from, to })]];

const pinsOf = ({ pinnedTo, foreignPins }: FileReport): readonly Fact[] => [
  [
    t("verify.fact.pinned"),
    pinnedTo === undefined
      ? t("verify.fact.pinned_none")
      : t("verify.place.record", { seq: pinnedTo }),
  ],
  ...(foreignPins === 0 ? [] : [[t("verify.fact.foreign_pins"), String(foreignPins)] as const]),
];

/** What the file holds: device, records, range, attachments, totals, witnesses. */
export const factsOf = (report: FileReport, format: Format): readonly Fact[] => {
  const good = report.records.filter(({ isGood }) => isGood).length;
  const { signer } = report;
  const label = signer.kind === "none" ? undefined : signer.label;
  return [
    ...(label === undefined ? [] : [[t("verify.fact.device"), label] as const]),
    [
      t("verify.fact.records"),
      t("verify.fact.records_good", {
        good: format.number(good),
        all: format.number(report.records.length),
      }),
    ],
    ...rangeOf(report),
    [t("verify.fact.attachments"), format.number(report.attachments)],
    ...report.totals.map(({ cur, count, sum }): Fact => [
      `${t("verify.fact.total")} ${cur}`,
      t("verify.fact.total_value", { amount: writeMinor(sum, cur, format), n: count }),
    ]),
    ...pinsOf(report),
  ];
};

/** Fingerprints and checksums that people compare with what they noted elsewhere. */
export const keysOf = ({ signer, head, root }: FileReport): readonly Fact[] => [
  ...(signer.kind === "none"
    ? []
    : [
        [t("verify.key.device"), signer.fingerprint] as const,
        ...(signer.issuerFingerprint === undefined
          ? []
          : [[t("verify.key.shop"), signer.issuerFingerprint] as const]),
      ]),
  ...(head === undefined ? [] : [[t("verify.sum.head"), head] as const]),
  ...(root === undefined ? [] : [[t("verify.sum.root"), root] as const]),
];

const colon = (): string => (language.value === "zh-CN" ? "：" : ": ");

/** The whole report as text for a message or a note. */
export const reportText = (name: string, report: FileReport, format: Format): string => {
  const { title, why } = sayVerdict(report);
  const facts = [[t("verify.fact.file"), name] as const, ...factsOf(report, format)];
  const findings = groupFindings(report.findings).map(({ code, places }) =>
    [
      code,
      sayCode(code, language.value),
      places
        .map(sayPlace)
        .filter((place) => place !== undefined)
        .join(", "),
    ]
      .filter((part) => part !== "")
      .join("  "),
  );
  const lines = [...facts, ...keysOf(report)].map(([key, value]) => `${key}${colon()}${value}`);
  return [title, ...why, ...lines, ...findings].join("\n");
};
