import { instantFromMs } from "../../../domain/instant.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import { recordResult } from "../../../usecases/record-result.ts";
import { announce } from "../../components/announce.ts";
import { AmountHead } from "../../components/amount.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

/** Cash or credit is handed over at the counter: the customer says that they have it, and only then it counts. */
export const PayOutSheet = ({
  refundCase,
  onClose,
}: {
  readonly refundCase: RefundCase;
  readonly onClose: () => void;
}) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const { caseId, destination, amount } = refundCase;
  const confirm = async (): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) => {
        const at = instantFromMs(deps.now());
        return recordResult(deps, caseId, { result: "succeeded", by: "cust", at, evidence: [] });
      });
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("action.saved"));
    onClose();
  };
  return (
    <Sheet title={t("workflow.pay_out.title")} onClose={onClose}>
      <AmountHead money={amount}>{t(`records.destination.${destination}`)}</AmountHead>
      <p>{t("workflow.pay_out.text")}</p>
      <FaultNote fault={fault.value} />
      <Button kind="primary" icon="check" busy={busy.value} onClick={() => void confirm()}>
        {t("workflow.pay_out.confirm")}
      </Button>
      {entitled.sheet}
    </Sheet>
  );
};
