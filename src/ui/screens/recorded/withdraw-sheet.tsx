import type { CaseId } from "../../../domain/ids.ts";
import type { WithdrawCause } from "../../../domain/journal-event.ts";
import { withdrawRefund } from "../../../usecases/withdraw-refund.ts";
import { announce } from "../../components/announce.ts";
import { FaultNote } from "../../components/fault-note.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

const causes = ["customer", "mistake", "duplicate", "other"] as const satisfies WithdrawCause[];

/** Undo of a record that has not left yet: the tap on the cause does it. */
export const WithdrawSheet = ({
  caseId,
  onClose,
}: {
  readonly caseId: CaseId;
  readonly onClose: () => void;
}) => {
  const entitled = useEntitled();
  const { fault, run } = useJob();
  const withdraw = async (cause: WithdrawCause): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) => withdrawRefund(deps, caseId, cause));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("refund.withdraw.done"));
    onClose();
  };
  return (
    <Sheet title={t("refund.withdraw.title")} onClose={onClose}>
      <p>{t("refund.withdraw.text")}</p>
      <Rows>
        {causes.map((cause) => (
          <Row
            key={cause}
            title={t(`refund.withdraw.${cause}`)}
            onClick={() => void withdraw(cause)}
          />
        ))}
      </Rows>
      <FaultNote fault={fault.value} />
      {entitled.sheet}
    </Sheet>
  );
};
