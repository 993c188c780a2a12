import { Banner } from "../../components/banner.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities, useStart } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { OtherLanguages } from "../look/language-choice.tsx";
import { ExportPart } from "./export-part.tsx";
import { findingsOf, type Findings } from "./findings.ts";
import { NewKey } from "./new-key.tsx";

const Facts = ({ facts }: Pick<Findings, "facts">) =>
  facts.length === 0 ? undefined : (
    <Card>
      <KeyValues pairs={facts} />
    </Card>
  );

/** Looks for a newer version first: newer data can only be opened by it. */
const useRetry = (): (() => Promise<void>) => {
  const { checkForUpdate } = useAbilities();
  return async () => {
    await checkForUpdate();
    location.reload();
  };
};

/** The records are good: what is missing is the key. */
const withGoodRecords: ReadonlySet<string> = new Set(["ready", "repaired", "copy_fixed"]);

/** S3: the start found damage or loss. Says what was found, lets everything out, deletes nothing. */
export const RescueScreen = () => {
  const { found, leavePractice, exportRescue } = useStart();
  const { training } = useShell();
  const { copyText } = useAbilities();
  const retry = useRetry();
  const { title, advice, facts, diagnosis } = findingsOf(found, useFormat());
  const isKeyGone = found !== undefined && withGoodRecords.has(found.kind);
  const again = (
    <Button icon="refresh-cw" onClick={() => void retry()}>
      {t("action.retry")}
    </Button>
  );
  return (
    <div class="screen rescue">
      <PageHeader title={t("rescue.title")}>
        <OtherLanguages />
      </PageHeader>
      <Banner tone="danger" title={title}>
        <p>{advice}</p>
        <p>{t("rescue.nothing_deleted")}</p>
      </Banner>
      <Facts facts={facts} />
      {diagnosis !== undefined && (
        <Fold title={t("rescue.diagnosis")}>
          <code class="u-mono">{diagnosis}</code>
          <Button icon="copy" onClick={() => void copyText(diagnosis)}>
            {t("action.copy_diagnosis")}
          </Button>
        </Fold>
      )}
      {isKeyGone && <NewKey />}
      {(found?.kind === "lost" || isKeyGone) && !training && (
        <ButtonLink icon="shield-check" href={linkTo("restore")}>
          {t("backup.restore")}
        </ButtonLink>
      )}
      <p class="u-small">{t("rescue.never_clear")}</p>
      {training && (
        <Button kind="text" onClick={leavePractice}>
          {t("train.leave")}
        </Button>
      )}
      <ExportPart gather={exportRescue}>{again}</ExportPart>
    </div>
  );
};
