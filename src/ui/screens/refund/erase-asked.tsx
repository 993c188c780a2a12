import { countAsked, eraseAsAsked } from "../../../usecases/erase-as-asked.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";

/** What another device erased of this one's records, until somebody who may has erased it here as well (X41). */
export const EraseAsked = () => {
  const deps = useDeps();
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const count = readyValue(useLive(() => deps, countAsked).value) ?? 0;
  const erase = async (): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run(eraseAsAsked);
      return saved.ok ? undefined : saved.fault;
    });
    if (done) announce(t("erasure.done"));
  };
  return (
    <>
      {count > 0 && (
        <Banner tone="warn" icon="trash" title={t("erasure.asked", { n: count })}>
          <p>{t("erasure.asked.text")}</p>
          <FaultNote fault={fault.value} />
          <Button busy={busy.value} onClick={() => void erase()}>
            {t("erasure.asked.do")}
          </Button>
        </Banner>
      )}
      {entitled.sheet}
    </>
  );
};
