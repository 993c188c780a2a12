import type { CaseId } from "../../../domain/ids.ts";
import type { WithdrawCause } from "../../../domain/journal-event.ts";
import { withdrawRefund } from "../../../usecases/withdraw-refund.ts";
import { announce } from "../../components/announce.ts";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

/** Takes a refund back that has not left yet, in the right person's name, and says that it is done. */
export const useWithdraw = (caseId: CaseId, onDone: () => void) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const withdraw = async (cause: WithdrawCause): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) => withdrawRefund(deps, caseId, cause));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("refund.withdraw.done"));
    onDone();
  };
  return { busy, fault, withdraw, asking: entitled.sheet };
};
