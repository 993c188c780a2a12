import { useSignal } from "@preact/signals";

import type { DeviceId } from "../../../domain/ids.ts";
import { ok } from "../../../domain/result.ts";
import type { OutFile } from "../../../usecases/deps.ts";
import { isFormer, prepareLastFile } from "../../../usecases/last-file.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Progress } from "../../components/progress.tsx";
import { useAbilities, useDeps, useStart } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";

/** A share sheet opens only soon after a tap: a file that took longer waits here for the second one. */
const useLastFile = (device: DeviceId) => {
  const { approver } = useStart();
  const { deliver } = useAbilities();
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const ready = useSignal<OutFile | undefined>(undefined);
  const note = useSignal<"export.ready" | "export.blocked_by_system" | undefined>(undefined);
  const save = async (): Promise<void> => {
    await run(async () => {
      const isSecond = ready.peek() !== undefined;
      const job = { onProgress: () => undefined, signal: new AbortController().signal };
      const made = await entitled.run(async (deps) => {
        const file = ready.peek();
        const key = { device, openKey: approver.openKey };
        return file === undefined ? prepareLastFile(deps, key, job) : ok(file);
      });
      if (!made.ok) return made.fault;
      ready.value = made.value;
      const out = await deliver(made.value, t("devices.former.title"));
      const blocked = isSecond ? "export.blocked_by_system" : "export.ready";
      note.value = out === "blocked" ? blocked : undefined;
      return undefined;
    });
  };
  return { busy, fault, note, save, sheet: entitled.sheet };
};

const Saving = ({ device }: { readonly device: DeviceId }) => {
  const { busy, fault, note, save, sheet } = useLastFile(device);
  return (
    <section class="u-stack">
      <h3>{t("devices.former.title")}</h3>
      <p>{t("devices.former.note")}</p>
      <FaultNote fault={fault.value} />
      {note.value !== undefined && <Banner tone="info" title={t(note.value)} />}
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
