import { useSignal } from "@preact/signals";

import type { RefundCase } from "../../../domain/refund/case.ts";
import { rightOf } from "../../../domain/rights.ts";
import type { Staff } from "../../../domain/staff.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { listStaff } from "../../../storage/queries.ts";
import { keepRefund } from "../../../usecases/approve-refund.ts";
import type { UnlockFault } from "../../../usecases/unlock.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PersonPin } from "../../components/person-pin.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { isPinFault } from "../approval/use-approvers.ts";
import { useWithdraw } from "../recorded/use-withdraw.ts";

type Props = { readonly refundCase: RefundCase; readonly onClose: () => void };

/** Somebody entitled lets this one go on; it is signed with their own key. */
export const KeepSheet = ({ refundCase, onClose }: Props) => {
  const deps = useDeps();
  const fault = useSignal<KnownFault | undefined>(undefined);
  const people = readyValue(useLive(() => deps.journal.db, listStaff).value);
  const onPin = async (person: Staff, pin: string): Promise<UnlockFault | undefined> => {
    fault.value = undefined;
    const saved = await keepRefund(deps, refundCase.caseId, { approver: person.staff, pin });
    if (saved.ok) {
      announce(t("merge.conflict.kept"));
      onClose();
      return undefined;
    }
    if (isPinFault(saved.fault)) return saved.fault;
    fault.value = saved.fault;
    return undefined;
  };
  const entitled = people?.filter((person) => rightOf(person, "decide_conflict") !== "no");
  return (
    <Sheet title={t("merge.conflict.keep_title")} onClose={onClose}>
      <p>{t("merge.conflict.keep_text")}</p>
      <FaultNote fault={fault.value} />
      {entitled !== undefined && (
        <PersonPin people={entitled} none={t("merge.conflict.none")} onPin={onPin} />
      )}
    </Sheet>
  );
};

/** The one that waits is taken back, because of the other device. */
export const WithdrawForConflict = ({ refundCase, onClose }: Props) => {
  const { busy, fault, withdraw, asking } = useWithdraw(refundCase.caseId, onClose);
  return (
    <Sheet title={t("merge.conflict.withdraw")} onClose={onClose}>
      <p>{t("refund.withdraw.text")}</p>
      <FaultNote fault={fault.value} />
      <Button
        kind="primary"
        icon="undo-2"
        busy={busy.value}
        onClick={() => void withdraw("conflict")}
      >
        {t("merge.conflict.withdraw")}
      </Button>
      {asking}
    </Sheet>
  );
};
