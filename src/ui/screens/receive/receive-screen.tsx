import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { writeOwnHeads } from "../../../usecases/send-records.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { QrPanel } from "../../components/qr-panel.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { go } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { handOver } from "../import-statement/handed-files.ts";
import { useCamera } from "../scan/use-camera.ts";
import { Viewfinder } from "../scan/viewfinder.tsx";
import { useReception, type ReceptionJob } from "./use-reception.ts";

/** What this phone has, for the other one to scan before it sends. */
const OwnHeads = () => {
  const deps = useDeps();
  const live = useLive(
    () => deps,
    (now) => writeOwnHeads(now),
  );
  const text = readyValue(live.value);
  return (
    <>
      <p>{t("transfer.receive.lead")}</p>
      {text !== undefined && <QrPanel text={text} what={t("transfer.receive.qr")} />}
    </>
  );
};

const HowFar = ({ job }: { readonly job: ReceptionJob }) => {
  const view = job.view.value;
  const reception = view.state === "receiving" ? view.reception : undefined;
  const resumed = job.resumed.value;
  return (
    <>
      <Progress
        label={
          reception === undefined
            ? t("transfer.receive.waiting")
            : t("transfer.receive.progress", reception)
        }
        text={resumed && t("transfer.receive.resume", resumed)}
        done={reception?.got ?? 0}
        of={reception?.of ?? 1}
      />
      <FaultNote fault={job.fault.value} />
      {(reception !== undefined || job.fault.value !== undefined) && (
        <Button icon="refresh-cw" onClick={job.again}>
          {t("transfer.receive.again")}
        </Button>
      )}
    </>
  );
};

/** The camera looks at the other screen; other codes before it, payment codes above all, are passed by. */
const Filming = ({ job }: { readonly job: ReceptionJob }) => {
  const { markDraftOpen } = useAbilities();
  const video = useRef<HTMLVideoElement>(null);
  const camera = useCamera(video, ({ codes }) => job.take(codes.map(({ text }) => text)), "film");
  useLayoutEffect(() => {
    void camera.start();
    return markDraftOpen();
  }, []);
  return (
    <>
      <Viewfinder camera={camera} video={video} hint={t("transfer.receive.hint")} square />
      {camera.view.value.kind === "fault" && (
        <ButtonLink icon="git-compare" href={linkTo("merge")}>
          {t("transfer.receive.no_camera")}
        </ButtonLink>
      )}
      <HowFar job={job} />
    </>
  );
};

const Done = ({ file }: { readonly file: File }) => {
  const format = useFormat();
  const { save } = useAbilities();
  const merge = (): void => {
    handOver([file]);
    go(linkTo("merge"));
  };
  const saveIt = async (): Promise<void> => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    await save({ name: file.name, type: file.type, bytes });
  };
  return (
    <>
      <Banner
        tone="info"
        icon="package-check"
        title={t("transfer.receive.done", { size: format.number(Math.ceil(file.size / 1000)) })}
      />
      <BottomBar>
        <Button icon="download" onClick={() => void saveIt()}>
          {t("transfer.receive.save")}
        </Button>
        <Button kind="primary" icon="git-compare" onClick={merge}>
          {t("transfer.receive.merge")}
        </Button>
      </BottomBar>
    </>
  );
};

/** E8: films another phone's codes until its records are here; they are merged on the next page, not here. */
export const ReceiveScreen = () => {
  const job = useReception();
  const filming = useSignal(false);
  const view = job.view.value;
  return (
    <>
      <PageHeader title={t("transfer.receive.title")} back={linkTo("more")} />
      {view.state === "done" ? (
        <Done file={view.file} />
      ) : filming.value ? (
        <Filming job={job} />
      ) : (
        <>
          {job.resumed.value === undefined ? <OwnHeads /> : <HowFar job={job} />}
          <BottomBar>
            <Button
              kind="primary"
              icon="camera"
              onClick={() => {
                filming.value = true;
              }}
            >
              {t("transfer.receive.start")}
            </Button>
          </BottomBar>
        </>
      )}
    </>
  );
};
