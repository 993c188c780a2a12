import { useSignal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Empty } from "../../components/empty.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { later } from "../later.tsx";
import { DownloadHelp } from "./download-help.tsx";
import { ConfirmImport } from "./confirm-import.tsx";
import { ImportDone, ImportRefused } from "./import-result.tsx";
import { megabytes, secondsLeft } from "./progress-text.ts";
import { DropVeil, useArrivedFiles, useFileDrop } from "./use-files.tsx";
import { isBusy, useImport, type ImportView } from "./use-import.ts";

const NameColumns = later(async () => (await import("./name-columns.tsx")).NameColumns);

type Take = (files: readonly File[]) => void;

const Choosing = ({ take }: { readonly take: Take }) => (
  <>
    <Empty icon="table" text={t("recon.import.lead")}>
      <p class="u-small">{t("recon.import.local")}</p>
    </Empty>
    <DownloadHelp />
    <BottomBar>
      <FileButton kind="primary" icon="table" label={t("recon.import.choose")} onFiles={take} />
    </BottomBar>
  </>
);

const useProgressText = ({ progress, startedAt }: Extract<ImportView, { state: "reading" }>) => {
  const format = useFormat();
  if (progress === undefined) return undefined;
  const { bytes, total, rows } = progress;
  const text = t("recon.import.progress", {
    rows: format.number(rows),
    read: megabytes(bytes),
    of: megabytes(total),
  });
  const left = secondsLeft(performance.now() - startedAt, bytes, total);
  return left === undefined
    ? text
    : [text, t("recon.import.left", { n: left })].join(t("word.separator"));
};

/** The last bytes are in: totals are compared and the last rows written. */
const isChecking = ({ progress }: Extract<ImportView, { state: "reading" }>): boolean =>
  progress !== undefined && progress.bytes >= progress.total;

const Reading = ({
  view,
  onCancel,
}: {
  readonly view: Extract<ImportView, { state: "reading" }>;
  readonly onCancel: () => void;
}) => {
  const text = useProgressText(view);
  const checking = isChecking(view);
  const name = visibleText(view.name).text;
  return (
    <Progress
      label={checking ? t("recon.import.checking") : t("recon.import.reading", { name })}
      text={text}
      done={checking ? undefined : view.progress?.bytes}
      of={view.progress?.total}
      onCancel={onCancel}
    />
  );
};

/** C1: one statement is read, checked against its own totals, shown, and kept once somebody says so. */
export const ImportStatementScreen = () => {
  const { view, start, nameColumns, cancel, reset, asking } = useImport();
  const others = useSignal(0);
  const take: Take = (files) => {
    const [first] = files;
    if (first === undefined || isBusy(view.peek())) return;
    others.value = files.length - 1;
    start(first);
  };
  const over = useFileDrop(take);
  useArrivedFiles(take);
  const now = view.value;
  return (
    <>
      <PageHeader title={t("recon.import")} back={linkTo("recon")} />
      {others.value > 0 && (
        <p class="u-small">{t("recon.import.only_first", { n: others.value })}</p>
      )}
      {now.state === "choosing" && <Choosing take={take} />}
      {now.state === "reading" && <Reading view={now} onCancel={cancel} />}
      {now.state === "confirming" && <ConfirmImport read={now.read} answer={now.answer} />}
      {now.state === "done" && <ImportDone read={now.read} take={take} />}
      {now.state === "refused" && (
        <ImportRefused
          refused={now}
          take={take}
          onAnyway={() => start(now.file, { allowMissingSummary: true })}
          onColumns={(lines) => nameColumns({ file: now.file, lines, before: undefined })}
        />
      )}
      {now.state === "naming" && (
        <NameColumns
          lines={now.lines}
          before={now.before}
          onNamed={(mapping) => start(now.file, { mapping })}
          onCancel={reset}
        />
      )}
      <DropVeil over={over} text={t("recon.drop")} />
      {asking}
    </>
  );
};
