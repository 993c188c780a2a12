import { useSignal } from "@preact/signals";

import { listStaff } from "../../../storage/queries.ts";
import { describeDevice, type DeviceReport } from "../../../usecases/describe-device.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { listKnownDevices, type KnownDevice } from "../../../usecases/list-devices.ts";
import { Banner } from "../../components/banner.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { DayGroup, Row } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { CodeCard } from "./code-card.tsx";
import { DeviceFacts, revokedText } from "./device-facts.tsx";
import { DeviceSheet } from "./device-sheet.tsx";
import { Fingerprint } from "./fingerprint.tsx";
import { RotatePart } from "./rotate-part.tsx";
import { StatusPart } from "./status-part.tsx";

type Known = {
  readonly own: KnownDevice | undefined;
  readonly others: readonly KnownDevice[];
  readonly report: DeviceReport;
  readonly nameOf: (device: KnownDevice) => string | undefined;
};

const readAll = async (deps: Deps): Promise<Known> => {
  const all = await listKnownDevices(deps);
  const people = await listStaff(deps.journal.db);
  return {
    own: all.find(({ kid }) => kid === deps.device),
    others: all.filter(({ kid }) => kid !== deps.device),
    report: await describeDevice(deps),
    nameOf: ({ staff }) => people.find((one) => one.staff === staff)?.name,
  };
};

const Own = ({ own, report }: { readonly own: KnownDevice; readonly report: DeviceReport }) => (
  <section class="u-stack">
    {own.revoked !== undefined && <Banner tone="danger" title={t("devices.own_revoked")} />}
    <h2>{t("devices.own")}</h2>
    <Card>
      <DeviceFacts device={own} isOwn />
    </Card>
    <Card>
      <Fingerprint label={t("devices.own_fingerprint")} text={own.fingerprint} />
    </Card>
    {report.rootFingerprint !== undefined && (
      <Card>
        <Fingerprint label={t("devices.root_fingerprint")} text={report.rootFingerprint} />
      </Card>
    )}
    {own.card !== undefined && (
      <Fold title={t("devices.card")}>
        <p class="u-small">{t("devices.card_note")}</p>
        <CodeCard text={own.card} what={t("devices.card_what")} />
      </Fold>
    )}
    <RotatePart />
  </section>
);

const Others = ({
  others,
  onPick,
}: {
  readonly others: readonly KnownDevice[];
  readonly onPick: (device: KnownDevice) => void;
}) => {
  const format = useFormat();
  if (others.length === 0) return <p class="u-small">{t("devices.none")}</p>;
  return (
    <DayGroup title={t("devices.others")}>
      {others.map((device) => (
        <Row
          key={device.kid}
          icon={device.role === "approver" ? "user-check" : "store"}
          title={device.label}
          facts={[t(`devices.role.${device.role}`), revokedText(device, format)].filter(
            (fact) => fact !== undefined,
          )}
          onClick={() => onPick(device)}
          chevron
        />
      ))}
    </DayGroup>
  );
};

const Doors = () => {
  const { training } = useDeps();
  if (training) return <Banner tone="info" title={t("devices.add_practice")} />;
  return (
    <>
      <ButtonLink kind="primary" icon="plus" href={linkTo("device_add")}>
        {t("devices.add")}
      </ButtonLink>
      <ButtonLink icon="user-check" href={linkTo("join")}>
        {t("devices.join_here")}
      </ButtonLink>
    </>
  );
};

/** P10: this device and the others of the shop, how they are told apart, who joins and who is lost. */
export const DevicesScreen = () => {
  const deps = useDeps();
  const open = useSignal<string | undefined>(undefined);
  const known = readyValue(useLive(() => deps, readAll).value);
  const picked = known?.others.find(({ kid }) => kid === open.value);
  const close = (): void => {
    open.value = undefined;
  };
  return (
    <>
      <PageHeader title={t("devices.title")} back={linkTo("more")} />
      {known !== undefined && (
        <div class="u-stack">
          {known.own !== undefined && <Own own={known.own} report={known.report} />}
          <Others
            others={known.others}
            onPick={({ kid }) => {
              open.value = kid;
            }}
          />
          <Doors />
          <StatusPart />
        </div>
      )}
      {picked !== undefined && (
        <DeviceSheet device={picked} holder={known?.nameOf(picked)} onClose={close} />
      )}
    </>
  );
};
