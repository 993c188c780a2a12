import { useSignal } from "@preact/signals";

import { newestStatusList, statusFile } from "../../../usecases/revoke-key.ts";
import { takeStatusList } from "../../../usecases/status-lists.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { CodeReader } from "../scan/code-reader.tsx";
import { CodeCard } from "./code-card.tsx";

const Taking = () => {
  const deps = useDeps();
  const { fault, run } = useJob();
  const taken = useSignal<number | undefined>(undefined);
  const take = async (text: string): Promise<void> => {
    await run(async () => {
      const list = await takeStatusList(deps, text.trim());
      if (!list.ok) return list.fault;
      taken.value = list.value.list.length;
      announce(t("devices.status.taken", { n: list.value.list.length }));
      return undefined;
    });
  };
  return (
    <>
      <CodeReader hint={t("devices.status.hint")} onText={(text) => void take(text)} />
      <FaultNote fault={fault.value} />
      {taken.value !== undefined && fault.value === undefined && (
        <p>{t("devices.status.taken", { n: taken.value })}</p>
      )}
    </>
  );
};

const Giving = ({ token }: { readonly token: string }) => {
  const deps = useDeps();
  const { deliver } = useAbilities();
  const send = async (): Promise<void> => {
    await deliver(await statusFile(deps), t("devices.status.title"));
  };
  return (
    <section class="u-stack">
      <h2>{t("devices.status.title")}</h2>
      <p>{t("devices.status.lead")}</p>
      <CodeCard text={token} what={t("devices.status.title")} />
      <Button icon="share-2" onClick={() => void send()}>
        {t("devices.status.file")}
      </Button>
    </section>
  );
};

/** Which keys no longer count, told to the other devices and heard from them. */
export const StatusPart = () => {
  const deps = useDeps();
  const token = readyValue(useLive(() => deps, newestStatusList).value);
  const open = useSignal(false);
  return (
    <>
      {token !== undefined && <Giving token={token} />}
      {open.value ? (
        <Taking />
      ) : (
        <Button
          icon="scan-line"
          onClick={() => {
            open.value = true;
          }}
        >
          {t("devices.status.take")}
        </Button>
      )}
    </>
  );
};
