import type { CaseId } from "../../../domain/ids.ts";
import type { WithdrawCause } from "../../../domain/journal-event.ts";
import { FaultNote } from "../../components/fault-note.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { t } from "../../language.ts";
import { useWithdraw } from "./use-withdraw.ts";

const causes = ["customer", "mistake", "duplicate", "other"] as const satisfies WithdrawCause[];

/** Undo of a record that has not left yet: the tap on the cause does it. */
export const WithdrawSheet = ({
  caseId,
  onClose,
}: {
  readonly caseId: CaseId;
  readonly onClose: () => void;
}) => {
  const { fault, withdraw, asking } = useWithdraw(caseId, onClose);
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
      {asking}
    </Sheet>
  );
};
