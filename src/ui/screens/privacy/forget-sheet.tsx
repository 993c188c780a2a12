import type { RetentionMonths } from "../../../domain/retention.ts";
import { forgetOld } from "../../../usecases/forget-old.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

/** Asks once more, with what goes before the eyes; nothing brings it back. */
export const ForgetSheet = ({
  goes,
  months,
  onClose,
}: {
  readonly goes: readonly string[];
  readonly months: RetentionMonths;
  readonly onClose: () => void;
}) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const forget = async (): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) => forgetOld(deps, months));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("audit.keep.done"));
    onClose();
  };
  return (
    <Sheet title={t("audit.keep.old")} onClose={onClose}>
      <ul>
        {goes.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{t("audit.keep.sure")}</p>
      <p>{t("erasure.outside")}</p>
      <FaultNote fault={fault.value} />
      <Button kind="danger" busy={busy.value} onClick={() => void forget()}>
        {t("audit.keep.confirm")}
      </Button>
      {entitled.sheet}
    </Sheet>
  );
};
