import { goOnWithOneCopy } from "../../../usecases/accept-one-copy.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

/** Nothing is recorded because the copy takes nothing: the owner may go on with one. */
export const Stopped = ({ onDone }: { readonly onDone: () => void }) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const goOn = async (): Promise<void> => {
    const done = await run(async () => {
      const accepted = await entitled.run(goOnWithOneCopy);
      return accepted.ok ? undefined : accepted.fault;
    });
    if (done) onDone();
  };
  return (
    <>
      <Banner tone="danger" title={t("storage.stopped")}>
        {t("storage.stopped_text")}
      </Banner>
      <FaultNote fault={fault.value} />
      <Button busy={busy.value} onClick={() => void goOn()}>
        {t("storage.go_on_once")}
      </Button>
      {entitled.sheet}
    </>
  );
};
