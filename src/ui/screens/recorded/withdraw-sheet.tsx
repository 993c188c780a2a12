import { useSignal } from "@preact/signals";

import type { CaseId } from "../../../domain/ids.ts";
import type { WithdrawCause } from "../../../domain/journal-event.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { withdrawRefund } from "../../../usecases/withdraw-refund.ts";
import { announce } from "../../components/announce.ts";
import { FaultNote } from "../../components/fault-note.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
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
  const deps = useDeps();
  const busy = useSignal(false);
  const fault = useSignal<KnownFault | undefined>(undefined);
  const withdraw = async (cause: WithdrawCause): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    const saved = await withdrawRefund(deps, caseId, cause);
    busy.value = false;
    fault.value = saved.ok ? undefined : saved.fault;
    if (!saved.ok) return;
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
    </Sheet>
  );
};
