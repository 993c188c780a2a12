import { originOf, shownAddress } from "../../../domain/upload-target.ts";
import { readUploads, stopUploads, type Uploads } from "../../../usecases/upload-setting.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { QueueList } from "./queue-list.tsx";
import { TargetForm } from "./target-form.tsx";

type Target = NonNullable<Uploads["target"]>;

/** The browser would stop what the site was not built for: said before anything is tried. */
const PolicyNote = ({ address }: { readonly address: string }) => {
  const { mayReach } = useAbilities();
  const origin = originOf(address);
  if (!origin.ok || mayReach(origin.value)) return undefined;
  return <Banner tone="warn" title={t("uploads.policy_forbids", { origin: origin.value })} />;
};

const TargetFacts = ({ target }: { readonly target: Target }) => (
  <Card>
    <KeyValues
      pairs={[
        [t("uploads.target"), <bdi key="address">{shownAddress(target.address)}</bdi>],
        [t("uploads.method"), target.method],
        [t("uploads.accepts"), target.accepts.join(", ")],
        ...(target.secretName === undefined
          ? []
          : [[t("uploads.proof"), t("uploads.secret_kept", { name: target.secretName })] as const]),
      ]}
    />
  </Card>
);

const StopPart = () => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const stop = async (): Promise<void> => {
    const done = await run(async () => {
      const stopped = await entitled.run(stopUploads);
      return stopped.ok ? undefined : stopped.fault;
    });
    if (done) announce(t("uploads.stopped"));
  };
  return (
    <section class="u-tight">
      <p class="u-small">{t("uploads.stop_note")}</p>
      <FaultNote fault={fault.value} />
      <Button icon="ban" busy={busy.value} onClick={() => void stop()}>
        {t("uploads.stop")}
      </Button>
      {entitled.sheet}
    </section>
  );
};

const On = ({
  target,
  entries,
}: {
  readonly target: Target;
  readonly entries: Uploads["entries"];
}) => (
  <>
    <PolicyNote address={target.address} />
    <QueueList entries={entries} way={target.way} />
    <TargetFacts target={target} />
    <Fold title={t("uploads.change")}>
      <TargetForm key={target.address} target={target} />
      <StopPart />
    </Fold>
  </>
);

const Off = () => (
  <>
    <p>{t("uploads.off")}</p>
    <section class="u-tight">
      <h2>{t("uploads.set")}</h2>
      <TargetForm target={undefined} />
    </section>
  </>
);

/** E11: copies of exported files to the merchant's own storage: where to, and how far each is. */
export const UploadsScreen = () => {
  const deps = useDeps();
  const live = useLive(
    () => deps,
    (open) => readUploads(open),
  );
  const uploads = readyValue(live.value);
  return (
    <>
      <PageHeader title={t("uploads.title")} back={linkTo("more")} />
      <p>{t("uploads.what")}</p>
      {deps.training && <p>{t("uploads.practice")}</p>}
      {!deps.training && uploads?.target !== undefined && (
        <On target={uploads.target} entries={uploads.entries} />
      )}
      {!deps.training && uploads !== undefined && uploads.target === undefined && <Off />}
    </>
  );
};
