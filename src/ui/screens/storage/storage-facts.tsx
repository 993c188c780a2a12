import type { ComponentChildren } from "preact";

import type { Instant } from "../../../domain/instant.ts";
import type { Abilities } from "../../../usecases/abilities.ts";
import type { JournalReport } from "../../../usecases/describe-device.ts";
import type { Start } from "../../../usecases/start.ts";
import { Tag } from "../../components/badge.tsx";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";

type Pair = readonly [name: string, value: ComponentChildren];

/** What the browser answers about its space. */
export type Space = Awaited<ReturnType<Abilities["storage"]>>;

/** What the comparison at the start has found. */
export const checkText = (found: Start["found"], format: Format): string => {
  switch (found?.kind) {
    case undefined:
      return t("storage.check.running");
    case "fresh":
    case "ready":
      return t("storage.check.whole");
    case "repaired":
      return t("storage.check.repaired", { n: format.number(found.records) });
    case "copy_fixed":
      return t("storage.check.copy_fixed");
    case "lost":
    case "partly_lost":
    case "two_truths":
    case "gaps":
    case "newer_schema":
    case "unreadable":
      return t("storage.check.rescue");
  }
};

const Copies = ({ copies }: Pick<JournalReport, "copies">) =>
  copies === 2 ? (
    <Tag icon="hard-drive" tone="neutral">
      {t("storage.copies_two")}
    </Tag>
  ) : (
    <Tag icon="hard-drive" tone="warn">
      {t("storage.copies_one")}
    </Tag>
  );

const sizeText = (bytes: number, format: Format): string => {
  const megabytes = Math.max(1, Math.round(bytes / 1_000_000));
  return megabytes < 1000
    ? t("storage.megabytes", { size: format.number(megabytes) })
    : t("storage.gigabytes", { size: format.number(Math.floor(megabytes / 1000)) });
};

const yesNo = (answer: boolean | undefined): string => {
  if (answer === undefined) return t("storage.unknown");
  return t(answer ? "storage.yes" : "storage.no");
};

const whenText = (at: Instant | undefined, format: Format): string =>
  at === undefined ? t("storage.never") : format.fullTime(at);

/** Where the records lie, here and outside. */
export const journalPairs = (report: JournalReport, format: Format): readonly Pair[] => [
  [t("storage.copies"), <Copies key="copies" copies={report.copies} />],
  [t("storage.records"), format.number(report.records)],
  [t("storage.last"), format.time(report.lastAt)],
  [
    t("storage.copy"),
    report.copyBytes === undefined ? t("storage.copy_none") : sizeText(report.copyBytes, format),
  ],
  [t("storage.exported"), whenText(report.exportedAt, format)],
  [t("storage.backed_up"), whenText(report.backedUpAt, format)],
  [t("storage.files"), format.number(report.files)],
];

/** How long the key signs. */
export const keyPairs = ({ keyUntil }: JournalReport, format: Format): readonly Pair[] => [
  [
    t("storage.key"),
    keyUntil === undefined
      ? t("storage.key_here")
      : t("storage.key_until", { at: format.fullTime(keyUntil) }),
  ],
];

/** So much must be left, or four fifths may be used (rel-S11). */
const leastLeft = 50_000_000;
const mostUsed = 0.8;

/** Whether space runs short. */
export const isTight = (space: Space | undefined): boolean => {
  const { used, quota } = space ?? {};
  if (used === undefined || quota === undefined) return false;
  return used > quota * mostUsed || quota - used < leastLeft;
};

/** What the browser says of the space. */
export const spacePairs = (space: Space | undefined, format: Format): readonly Pair[] => {
  if (space === undefined) return [];
  const { used, quota, persisted, installed } = space;
  const size =
    used === undefined || quota === undefined
      ? t("storage.unknown")
      : t("storage.used_of", { used: sizeText(used, format), quota: sizeText(quota, format) });
  return [
    [t("storage.used"), size],
    [t("storage.persisted"), yesNo(persisted)],
    [t("storage.installed"), yesNo(installed)],
  ];
};
