import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";

import type { Abilities } from "../../../usecases/abilities.ts";
import { describeJournal, type JournalReport } from "../../../usecases/describe-device.ts";
import type { Start } from "../../../usecases/start.ts";
import { Tag } from "../../components/badge.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities, useMaybeDeps, useStart } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { KeepCard } from "./keep-card.tsx";

type Pair = readonly [name: string, value: ComponentChildren];

const useJournalReport = (): JournalReport | undefined => {
  const deps = useMaybeDeps();
  const { status } = useShell();
  const report = useSignal<JournalReport | undefined>(undefined);
  useLayoutEffect(() => {
    if (deps === undefined) return;
    void describeJournal(deps).then((found) => {
      report.value = found;
    });
  }, [deps, status]);
  return report.value;
};

type Space = Awaited<ReturnType<Abilities["storage"]>>;

const useSpace = (): Space | undefined => {
  const { storage } = useAbilities();
  const space = useSignal<Space | undefined>(undefined);
  useLayoutEffect(() => {
    void storage().then((found) => {
      space.value = found;
    });
  }, []);
  return space.value;
};

const checkText = (found: Start["found"], format: Format): string => {
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

const journalPairs = (report: JournalReport | undefined, format: Format): readonly Pair[] =>
  report === undefined
    ? []
    : [
        [t("storage.copies"), <Copies key="copies" copies={report.copies} />],
        [t("storage.records"), format.number(report.records)],
        [t("storage.last"), format.time(report.lastAt)],
      ];

const spacePairs = (space: Space | undefined, format: Format): readonly Pair[] => {
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

/** P5: how the journal lies on this device, by what the stores and the browser answer now. */
export const StorageScreen = () => {
  const format = useFormat();
  const { found } = useStart();
  const report = useJournalReport();
  const space = useSpace();
  return (
    <>
      <PageHeader title={t("storage.title")} back={linkTo("more")} />
      <Card>
        <KeyValues
          pairs={[
            ...journalPairs(report, format),
            [t("storage.check"), checkText(found, format)],
            ...spacePairs(space, format),
          ]}
        />
      </Card>
      <KeepCard />
      <section class="u-tight">
        <h2>{t("storage.honest")}</h2>
        <p>{t("storage.promise")}</p>
        <p>{t("storage.never_clear")}</p>
        <p>{t("storage.verification")}</p>
      </section>
    </>
  );
};
