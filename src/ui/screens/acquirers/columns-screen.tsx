import { useComputed, useSignal, type Signal } from "@preact/signals";

import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { profileFormat } from "../../../domain/batches/batch-formats.ts";
import { hasCaptions } from "../../../domain/batches/batch-lines.ts";
import {
  addColumn,
  layoutFiles,
  withCaptions,
  withFile,
} from "../../../domain/batches/edited-layout.ts";
import {
  exportFields,
  extensionOf,
  type ExportField,
  type ExportFormat,
} from "../../../domain/batches/export-format.ts";
import { lookOf } from "../../../domain/batches/read-back.ts";
import { sampleRows } from "../../../domain/batches/sample-rows.ts";
import { writeBatch } from "../../../domain/batches/write-batch.ts";
import type { BatchId } from "../../../domain/ids.ts";
import { instantFromMs } from "../../../domain/instant.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { changeLayout, resetLayout } from "../../../usecases/change-layout.ts";
import { announce } from "../../components/announce.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { FaultLine, SelectField, Switch } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { goBack } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { FileLines } from "../export/file-look.tsx";
import { profileName } from "./acquirer-words.ts";
import { ColumnList } from "./column-list.tsx";
import { useProfiles } from "./use-profiles.ts";

type Draft = Signal<ExportFormat>;

/** The file as it would look with three made-up refunds. */
const Preview = ({ draft, acquirer }: { readonly draft: Draft; readonly acquirer: string }) => {
  const deps = useDeps();
  const look = useComputed(() => {
    const at = instantFromMs(deps.now());
    const context = { batchNo: "1" as BatchId, at, seq: 1, zone: deps.calendar.zone };
    const format = draft.value;
    const isWritable = format.columns.some(({ field }) => field === "amount");
    const written = isWritable ? writeBatch(format, sampleRows(acquirer), context) : undefined;
    return written?.ok === true ? lookOf(format, written.value.bytes) : undefined;
  }).value;
  return (
    <section class="u-tight">
      <h2>{t("acquirers.columns.preview")}</h2>
      {look === undefined ? <p>{t("acquirers.columns.nothing")}</p> : <FileLines look={look} />}
    </section>
  );
};

const FileFields = ({ draft }: { readonly draft: Draft }) => {
  const format = draft.value;
  const extension = extensionOf(format);
  return (
    <>
      <SelectField
        name="file"
        label={t("acquirers.columns.file")}
        choices={layoutFiles.map((value) => ({ value, label: `.${value}` }))}
        value={layoutFiles.find((one) => one === extension)}
        onPick={(kind) => {
          draft.value = withFile(draft.peek(), kind);
        }}
      />
      {format.file.kind === "text" && (
        <SelectField
          name="encoding"
          label={t("acquirers.columns.encoding")}
          choices={(["utf-8", "gbk"] as const).map((value) => ({ value, label: value }))}
          value={format.file.encoding}
          onPick={(encoding) => {
            const now = draft.peek();
            if (now.file.kind === "text") draft.value = { ...now, file: { ...now.file, encoding } };
          }}
        />
      )}
      <Rows>
        <Switch
          name="captions"
          label={t("acquirers.columns.captions")}
          on={hasCaptions(format)}
          onToggle={(on) => {
            draft.value = withCaptions(draft.peek(), on);
          }}
        />
      </Rows>
    </>
  );
};

const AddColumn = ({ draft }: { readonly draft: Draft }) => {
  const field = useSignal<ExportField>("out_trade_no");
  return (
    <div class="u-grid-2">
      <SelectField
        name="add"
        label={t("acquirers.columns.add_what")}
        choices={exportFields.map((value) => ({
          value,
          label: t(`acquirers.columns.field.${value}`),
        }))}
        value={field.value}
        onPick={(value) => {
          field.value = value;
        }}
      />
      <Button
        icon="plus"
        onClick={() => {
          draft.value = addColumn(draft.peek(), field.peek());
        }}
      >
        {t("acquirers.columns.add")}
      </Button>
    </div>
  );
};

const badText = (at: string, { file }: ExportFormat): string => {
  if (at !== "caption" || file.kind !== "text") return t("acquirers.columns.bad");
  return t("acquirers.columns.bad_caption", { delimiter: file.delimiter });
};

const useLayout = (profile: AcquirerProfile, draft: Draft) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const bad = useSignal<string | undefined>(undefined);
  const back = (): void => goBack(linkTo("acquirer", { id: profile.id }));
  const keep = async (): Promise<void> => {
    const done = await run(async (): Promise<KnownFault | undefined> => {
      const saved = await entitled.run((deps) => changeLayout(deps, profile.id, draft.peek()));
      const why = saved.ok ? undefined : saved.fault;
      bad.value = why?.kind === "bad_export_format" ? why.at : undefined;
      return why?.kind === "bad_export_format" ? undefined : why;
    });
    if (!done || bad.peek() !== undefined) return;
    announce(t("acquirers.saved"));
    back();
  };
  const reset = async (): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) => resetLayout(deps, profile.id));
      return saved.ok ? undefined : saved.fault;
    });
    if (done) back();
  };
  return { busy, fault, bad, keep, reset, asking: entitled.sheet };
};

const Layout = ({ profile }: { readonly profile: AcquirerProfile }) => {
  const draft = useSignal<ExportFormat>(profileFormat(profile));
  const { busy, fault, bad, keep, reset, asking } = useLayout(profile, draft);
  return (
    <>
      <p class="u-small">{t("acquirers.columns.lead")}</p>
      <FileFields draft={draft} />
      <ColumnList draft={draft} />
      <AddColumn draft={draft} />
      <Preview draft={draft} acquirer={profile.id} />
      {profile.layout !== undefined && (
        <Button icon="undo-2" busy={busy.value} onClick={() => void reset()}>
          {t("acquirers.columns.reset")}
        </Button>
      )}
      <BottomBar policy={t("acquirers.columns.trial")}>
        {bad.value !== undefined && <FaultLine>{badText(bad.value, draft.value)}</FaultLine>}
        <FaultNote fault={fault.value} />
        <Button kind="primary" busy={busy.value} onClick={() => void keep()}>
          {t("acquirers.edit_save")}
        </Button>
      </BottomBar>
      {asking}
    </>
  );
};

/** P9c: which columns an acquirer's upload file has, in which order, and how it looks. */
export const ColumnsScreen = ({ route }: { readonly route: RouteOf<"acquirer_columns"> }) => {
  const { id } = route.args;
  const profiles = useProfiles();
  const profile = profiles?.find((one) => one.id === id);
  const isFixed = profile !== undefined && profileFormat(profile).file.kind === "json";
  return (
    <>
      <PageHeader
        title={t("acquirers.columns.title", { name: profileName(profile ?? { id }) })}
        back={linkTo("acquirer", { id })}
      />
      {profile !== undefined && !isFixed && <Layout key={id} profile={profile} />}
      {isFixed && <Empty icon="table" text={t("acquirers.columns.fixed")} />}
      {profiles !== undefined && profile === undefined && (
        <Empty icon="search" text={t("screen.missing")} />
      )}
    </>
  );
};
