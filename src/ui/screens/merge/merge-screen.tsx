import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { DeviceFile, Merged, MergeFault } from "../../../usecases/merge-device.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { ForeignText } from "../../components/foreign-text.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { SeenOfUs } from "../checkpoint/chain-trouble.tsx";
import { megabytes } from "../import-statement/progress-text.ts";
import { DropVeil, useArrivedFiles, useFileDrop } from "../import-statement/use-files.tsx";
import { EraseAsked } from "../refund/erase-asked.tsx";
import { mergeFaultText } from "./merge-fault-text.ts";
import { useMerge, type MergeView } from "./use-merge.ts";

const Reading = ({
  view,
  onCancel,
}: {
  readonly view: Extract<MergeView, { state: "reading" }>;
  readonly onCancel: () => void;
}) => {
  const format = useFormat();
  const { progress } = view;
  const text =
    progress &&
    t("merge.progress", {
      records: format.number(progress.records),
      read: megabytes(progress.bytes),
      of: megabytes(progress.of),
    });
  return (
    <Progress
      label={t("merge.reading", { name: visibleText(view.name).text })}
      text={text}
      done={progress?.bytes}
      of={progress?.of}
      onCancel={onCancel}
    />
  );
};

/** Which device, whose key, and what of it is new here. */
const Found = ({ name, file }: { readonly name: string; readonly file: DeviceFile }) => {
  const format = useFormat();
  const { label, fingerprint, from, to, fresh, known, conflicts } = file;
  const range = t("merge.range", { from: format.number(from), to: format.number(to) });
  return (
    <>
      <Banner
        tone={conflicts.length > 0 ? "danger" : "info"}
        icon={conflicts.length > 0 ? "git-compare" : "shield-check"}
        title={t(fresh > 0 ? "merge.found" : "merge.nothing_new", {
          device: visibleText(label ?? "").text,
        })}
      >
        {conflicts.length > 0 && <p>{t("merge.will_conflict", { n: conflicts.length })}</p>}
      </Banner>
      <Card>
        <KeyValues
          pairs={[
            [t("merge.file"), <ForeignText key="file">{visibleText(name).text}</ForeignText>],
            [t("merge.device"), <bdi key="device">{visibleText(label ?? "").text}</bdi>],
            [
              t("merge.fingerprint"),
              <span key="fp" class="u-mono">
                {fingerprint}
              </span>,
            ],
            [t("merge.records"), range],
            [t("merge.fresh"), format.number(fresh)],
            [t("merge.known"), format.number(known)],
            [t("merge.conflicts"), format.number(conflicts.length)],
          ]}
        />
      </Card>
      <p class="u-small">{t("merge.keeps")}</p>
    </>
  );
};

const Done = ({ merged }: { readonly merged: Merged }) => {
  const { label, fresh, conflicts, versions, copies } = merged;
  return (
    <>
      <Banner
        tone={conflicts.length > 0 ? "danger" : "info"}
        icon={conflicts.length > 0 ? "git-compare" : "circle-check"}
        title={t("merge.done", { n: fresh })}
      >
        <p>{t("merge.one_balance", { device: visibleText(label ?? "").text })}</p>
        {versions > 0 && <p>{t("merge.versions", { n: versions })}</p>}
        {copies === 1 && <p>{t("merge.one_copy")}</p>}
      </Banner>
      <SeenOfUs />
      <EraseAsked />
      {conflicts.length > 0 && (
        <ButtonLink kind="primary" icon="git-compare" href={linkTo("todo")}>
          {t("merge.to_conflicts", { n: conflicts.length })}
        </ButtonLink>
      )}
    </>
  );
};

const Refused = ({ name, fault }: { readonly name: string; readonly fault: MergeFault }) => {
  const { title, advice } = mergeFaultText(fault, useFormat());
  const stopped = fault.kind === "cancelled" || fault.kind === "aborted";
  return (
    <Banner tone={stopped ? "neutral" : "danger"} title={title}>
      <p>
        <ForeignText>{visibleText(name).text}</ForeignText>
      </p>
      <p>{advice}</p>
      {fault.kind === "invalid" && <a href={linkTo("verify")}>{t("merge.to_verify")}</a>}
    </Banner>
  );
};

const View = ({ view, onCancel }: { readonly view: MergeView; readonly onCancel: () => void }) => {
  switch (view.state) {
    case "choosing":
      return (
        <Empty icon="git-compare" text={t("merge.lead")}>
          <p class="u-small">{t("merge.how")}</p>
        </Empty>
      );
    case "reading":
      return <Reading view={view} onCancel={onCancel} />;
    case "read":
      return <Found name={view.name} file={view.file} />;
    case "merging":
      return <Progress label={t("merge.merging")} />;
    case "merged":
      return <Done merged={view.merged} />;
    case "refused":
      return <Refused name={view.name} fault={view.fault} />;
  }
};

/** C5: another device's records are looked at, then taken in: all of them or none. */
export const MergeScreen = () => {
  const { view, rest, take, merge, next, cancel } = useMerge();
  const over = useFileDrop(take);
  useArrivedFiles(take);
  const now = view.value;
  const waiting = rest.value.length;
  const busy = now.state === "reading" || now.state === "merging";
  const ready = now.state === "read";
  return (
    <>
      <PageHeader title={t("merge.title")} back={linkTo("recon")} />
      <View view={now} onCancel={cancel} />
      {!busy && (
        <BottomBar>
          {waiting > 0 && (
            <Button icon="chevron-right" onClick={next}>
              {t("merge.next", { n: waiting })}
            </Button>
          )}
          {waiting === 0 && (
            <FileButton
              kind={ready ? "secondary" : "primary"}
              icon="git-compare"
              multiple
              label={t(now.state === "choosing" ? "merge.choose" : "merge.another")}
              onFiles={take}
            />
          )}
          {ready && (
            <Button kind="primary" icon="check" onClick={merge}>
              {t("merge.merge")}
            </Button>
          )}
        </BottomBar>
      )}
      <DropVeil over={over} text={t("merge.drop")} />
    </>
  );
};
