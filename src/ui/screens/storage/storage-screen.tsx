import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { describeJournal, type JournalReport } from "../../../usecases/describe-device.ts";
import { Banner } from "../../components/banner.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities, useMaybeDeps, useStart } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { KeepCard } from "./keep-card.tsx";
import { Stopped } from "./stopped.tsx";
import {
  checkText,
  isTight,
  journalPairs,
  keyPairs,
  spacePairs,
  type Space,
} from "./storage-facts.tsx";

const useJournalReport = (again: number): JournalReport | undefined => {
  const deps = useMaybeDeps();
  const { status } = useShell();
  const report = useSignal<JournalReport | undefined>(undefined);
  useLayoutEffect(() => {
    if (deps === undefined) return;
    void describeJournal(deps).then((found) => {
      report.value = found;
    });
  }, [deps, status, again]);
  return report.value;
};

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

/** P5: how the journal lies on this device, by what the stores and the browser answer now. */
export const StorageScreen = () => {
  const format = useFormat();
  const { found } = useStart();
  const again = useSignal(0);
  const report = useJournalReport(again.value);
  const space = useSpace();
  return (
    <>
      <PageHeader title={t("storage.title")} back={linkTo("more")} />
      {report?.isStopped === true && <Stopped onDone={() => again.value++} />}
      {isTight(space) && <Banner tone="warn" title={t("storage.tight")} />}
      <Card>
        <KeyValues
          pairs={[
            ...(report === undefined ? [] : journalPairs(report, format)),
            [t("storage.check"), checkText(found, format)],
            ...(report === undefined ? [] : keyPairs(report, format)),
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
