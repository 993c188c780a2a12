import { useSignal } from "@preact/signals";

import { latestAttempt } from "../../../domain/refund/case.ts";
import { batchState, openToWord } from "../../../domain/refund/decide-acknowledge.ts";
import { needsConsent } from "../../../domain/refund/decide-batch.ts";
import { commandAllowed } from "../../../domain/refund/money-track.ts";
import { AmountHead } from "../../components/amount.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Facts } from "../../components/facts.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { FaultLine, TextField } from "../../components/field.tsx";
import { CopyNumber } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Rows } from "../../components/row.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { useLive } from "../../live.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useProfiles } from "../acquirers/use-profiles.ts";
import { BatchTag, formatText } from "../export/export-history.tsx";
import { nameOf } from "../refund/case-words.ts";
import { RefundRow } from "../refund/refund-row.tsx";
import { AcknowledgeSheet } from "./acknowledge-sheet.tsx";
import { RecallSheet } from "./recall-sheet.tsx";
import { Checklist } from "./checklist.tsx";
import { loadBatch, useBatchActions, type BatchActions, type LoadedBatch } from "./use-batch.ts";

/** An uploaded file leaves again only after a look at when it was uploaded and by whom (X16). */
const ShareAgain = ({
  loaded,
  actions,
}: {
  readonly loaded: LoadedBatch;
  readonly actions: BatchActions;
}) => {
  const format = useFormat();
  const asking = useSignal(false);
  const { batch, people } = loaded;
  const uploaded = batch.state === "uploaded";
  return (
    <>
      <Button
        icon="share-2"
        busy={actions.busy.value}
        onClick={() => (uploaded ? (asking.value = true) : void actions.share())}
      >
        {t("export.upload.share_again")}
      </Button>
      {asking.value && (
        <Sheet title={t("export.upload.share_again")} onClose={() => (asking.value = false)}>
          <p>
            {t("export.upload.twice", {
              time: format.time(batch.uploadedAt ?? batch.createdAt),
              name: batch.uploadedBy === undefined ? "" : nameOf(people, batch.uploadedBy),
            })}
          </p>
          <Button
            kind="danger"
            onClick={() => {
              asking.value = false;
              void actions.share();
            }}
          >
            {t("export.upload.share_anyway")}
          </Button>
        </Sheet>
      )}
    </>
  );
};

const Uploaded = ({ batch, cases, people }: LoadedBatch) => {
  const format = useFormat();
  const isKnown = batchState(batch, cases) === "acknowledged";
  return (
    <Banner
      tone="info"
      icon={isKnown ? "check" : "circle-arrow-up"}
      title={t(isKnown ? "export.batch.acknowledged" : "export.upload.is_uploaded")}
    >
      {t("export.upload.twice", {
        time: format.time(batch.uploadedAt ?? batch.createdAt),
        name: batch.uploadedBy === undefined ? "" : nameOf(people, batch.uploadedBy),
      })}
    </Banner>
  );
};

const Acknowledge = ({ loaded }: { readonly loaded: LoadedBatch }) => {
  const asking = useSignal(false);
  if (openToWord(loaded.cases, loaded.batch).length === 0) return undefined;
  return (
    <>
      <Button icon="check" onClick={() => (asking.value = true)}>
        {t("export.ack.title")}
      </Button>
      {asking.value && <AcknowledgeSheet loaded={loaded} onClose={() => (asking.value = false)} />}
    </>
  );
};

const BatchCases = ({ cases }: Pick<LoadedBatch, "cases">) => {
  return (
    <section class="u-tight">
      <h2>{t("export.upload.refunds")}</h2>
      <Rows>
        {cases.map((refundCase) => (
          <RefundRow key={refundCase.caseId} refundCase={refundCase} />
        ))}
      </Rows>
    </section>
  );
};

const UploadForm = ({
  loaded,
  actions,
}: {
  readonly loaded: LoadedBatch;
  readonly actions: BatchActions;
}) => {
  const format = useFormat();
  const { batch, cases } = loaded;
  const recalling = useSignal(false);
  const asks = needsConsent(cases, batch);
  const waits = cases.every((refundCase) =>
    commandAllowed(latestAttempt(refundCase).money, "ready"),
  );
  return (
    <>
      <form
        class="screen"
        onSubmit={(event) => {
          event.preventDefault();
          void actions.upload(textIn(new FormData(event.currentTarget), "where"));
        }}
      >
        {loaded.sheet !== undefined && <Checklist sheet={loaded.sheet} />}
        <TextField
          name="where"
          label={t("export.upload.where")}
          help={t("export.upload.where_help")}
          maxLength={200}
          optional
        />
        <div class="u-grid-2">
          <ShareAgain loaded={loaded} actions={actions} />
          {waits && (
            <Button
              icon="undo-2"
              busy={actions.busy.value}
              onClick={() => (asks ? (recalling.value = true) : void actions.recall())}
            >
              {t("export.upload.recall")}
            </Button>
          )}
        </div>
        <BatchCases cases={cases} />
        <BottomBar policy={t("export.upload.once")}>
          <FaultNote fault={actions.fault.value} />
          <Button kind="primary" type="submit" icon="circle-arrow-up" busy={actions.busy.value}>
            {t("export.upload.report", {
              count: t("word.count", { n: batch.rows }),
              amount: format.money(batch.total),
            })}
          </Button>
        </BottomBar>
      </form>
      {recalling.value && <RecallSheet loaded={loaded} onClose={() => (recalling.value = false)} />}
    </>
  );
};

const UploadView = ({ loaded }: { readonly loaded: LoadedBatch }) => {
  const format = useFormat();
  const { batch, cases } = loaded;
  const actions = useBatchActions(loaded);
  return (
    <>
      <div class="case-head">
        <AmountHead money={batch.total}>
          <Facts
            facts={[
              formatText(batch.format, useProfiles()),
              t("word.count", { n: batch.rows }),
              format.time(batch.createdAt),
            ]}
          />
        </AmountHead>
        <BatchTag batch={batch} state={batchState(batch, cases)} />
      </div>
      {batch.state === "uploaded" && <Uploaded {...loaded} />}
      <div class="case-numbers">
        <CopyNumber label={t("records.field.batch")} number={batch.batchId} />
      </div>
      {actions.refused.value && <FaultLine>{t("export.blocked_by_system")}</FaultLine>}
      {batch.state === "created" ? (
        <UploadForm loaded={loaded} actions={actions} />
      ) : (
        <>
          {batch.state === "uploaded" && (
            <>
              <div class="u-grid-2">
                <ShareAgain loaded={loaded} actions={actions} />
                <ButtonLink icon="table" href={linkTo("import_results")}>
                  {t("export.result.title")}
                </ButtonLink>
              </div>
              <Acknowledge loaded={loaded} />
            </>
          )}
          <FaultNote fault={actions.fault.value} />
          <BatchCases cases={cases} />
        </>
      )}
      {actions.asking}
    </>
  );
};

/** E4: what to have ready, and then that the file was uploaded, where and when. */
export const UploadScreen = ({ route }: { readonly route: RouteOf<"upload"> }) => {
  const deps = useDeps();
  const { batch } = route.args;
  const live = useLive(
    () => batch,
    (wanted) => loadBatch(deps, wanted),
  ).value;
  const loaded = live.status === "ready" ? live.value : undefined;
  return (
    <>
      <PageHeader title={t("export.upload.title")} back={linkTo("export")} />
      {loaded !== undefined && <UploadView loaded={loaded} />}
      {live.status === "ready" && loaded === undefined && (
        <Empty icon="search" text={t("export.upload.missing")} />
      )}
    </>
  );
};
