import type { DeviceId } from "../../../domain/ids.ts";
import { isFormer, prepareLastFile } from "../../../usecases/last-file.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Progress } from "../../components/progress.tsx";
import { useAbilities, useDeps, useStart } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";

const useLastFile = (device: DeviceId) => {
  const { approver } = useStart();
  const { deliver } = useAbilities();
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const save = async (): Promise<void> => {
    await run(async () => {
      const job = { onProgress: () => undefined, signal: new AbortController().signal };
      const made = await entitled.run((deps) =>
        prepareLastFile(deps, { device, openKey: approver.openKey }, job),
      );
      if (!made.ok) return made.fault;
      await deliver(made.value, t("devices.former.title"));
      return undefined;
    });
  };
  return { busy, fault, save, sheet: entitled.sheet };
};

const Saving = ({ device }: { readonly device: DeviceId }) => {
  const { busy, fault, save, sheet } = useLastFile(device);
  return (
    <section class="u-stack">
      <h3>{t("devices.former.title")}</h3>
      <p>{t("devices.former.note")}</p>
      <FaultNote fault={fault.value} />
      {busy.value && <Progress label={t("devices.former.title")} />}
      <Button icon="share-2" busy={busy.value} onClick={() => void save()}>
        {t("devices.former.save")}
      </Button>
      {sheet}
    </section>
  );
};

/** Of the key that this device had before: its last file, as often as it is asked for. */
export const FormerPart = ({ device }: { readonly device: DeviceId }) => {
  const deps = useDeps();
  const former = readyValue(
    useLive(
      () => deps,
      (open) => isFormer(open, device),
    ).value,
  );
  return former === true ? <Saving device={device} /> : undefined;
};
