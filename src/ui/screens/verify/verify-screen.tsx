import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Empty } from "../../components/empty.tsx";
import { NoteField } from "../../components/field.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { Fold } from "../../components/fold.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { megabytes } from "../import-statement/progress-text.ts";
import { DropVeil, useArrivedFiles, useFileDrop } from "../import-statement/use-files.tsx";
import { SignPart } from "./sign-part.tsx";
import { useVerify, type VerifyView } from "./use-verify.ts";
import { VerifierPage } from "./verifier-page.tsx";
import { VerifyReport } from "./verify-report.tsx";

const Working = ({
  view,
  onCancel,
}: {
  readonly view: Extract<VerifyView, { state: "working" }>;
  readonly onCancel: () => void;
}) => {
  const format = useFormat();
  const { progress } = view;
  const text =
    progress === undefined
      ? undefined
      : t("verify.progress", {
          records: format.number(progress.records),
          read: megabytes(progress.bytes),
          of: megabytes(progress.of),
        });
  return (
    <Progress
      label={t("verify.working", { name: visibleText(view.name).text })}
      text={text}
      done={progress?.bytes}
      of={progress?.of}
      onCancel={onCancel}
    />
  );
};

const Done = ({ file, report, younger }: Extract<VerifyView, { state: "done" }>) => (
  <>
    <VerifyReport name={visibleText(file.name).text} report={report} />
    {younger && <p class="u-small">{t("proof.pins.younger")}</p>}
    <SignPart file={file} report={report} />
  </>
);

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** E2: whether a file of records was changed, lacks something, and whose key signed it. */
export const VerifyScreen = () => {
  const { view, start, cancel } = useVerify();
  const others = useSignal(0);
  const pins = useRef("");
  const take = (files: readonly File[]): void => {
    const [first] = files;
    if (first === undefined || view.peek().state === "working") return;
    others.value = files.length - 1;
    start(first, linesOf(pins.current));
  };
  const over = useFileDrop(take);
  useArrivedFiles(take);
  const now = view.value;
  const done = now.state === "done";
  return (
    <>
      <PageHeader title={t("verify.title")} back={linkTo("more")} />
      {others.value > 0 && <p class="u-small">{t("verify.only_first", { n: others.value })}</p>}
      {now.state === "choosing" && (
        <Empty icon="shield-check" text={t("verify.lead")}>
          <p class="u-small">{t("verify.local")}</p>
        </Empty>
      )}
      {now.state === "no_verdict" && (
        <Banner
          tone={now.because === "failed" ? "danger" : "neutral"}
          title={t(now.because === "failed" ? "verify.failed" : "verify.cancelled")}
        />
      )}
      {now.state === "working" && <Working view={now} onCancel={cancel} />}
      {done && <Done {...now} />}
      {now.state !== "working" && (
        <>
          <Fold title={t("verify.pins")}>
            <NoteField
              name="pins"
              label={t("verify.pins_label")}
              help={t("verify.pins_help")}
              defaultValue={pins.current}
              spellcheck={false}
              onInput={(event) => {
                pins.current = event.currentTarget.value;
              }}
            />
          </Fold>
          <VerifierPage />
          <BottomBar>
            <FileButton
              kind="primary"
              icon="shield-check"
              label={t(done ? "verify.another" : "verify.choose")}
              onFiles={take}
            />
          </BottomBar>
        </>
      )}
      <DropVeil over={over} text={t("verify.drop")} />
    </>
  );
};
