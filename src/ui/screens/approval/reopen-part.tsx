import { useSignal } from "@preact/signals";

import type { EvidenceFile } from "../../../domain/journal-event.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import type { Staff } from "../../../domain/staff.ts";
import { reopenRefund } from "../../../usecases/approve-refund.ts";
import type { UnlockFault } from "../../../usecases/unlock.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { announce } from "../../components/announce.ts";
import { FaultNote } from "../../components/fault-note.tsx";
import { PersonPin } from "../../components/person-pin.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { PhoneLink } from "../approve-phone/phone-link.tsx";
import { FilesRow } from "../evidence/files-row.tsx";
import { isPinFault, useApprovers } from "./use-approvers.ts";

const useReopen = ({ caseId }: RefundCase) => {
  const deps = useDeps();
  const files = useSignal<readonly EvidenceFile[]>([]);
  const fault = useSignal<KnownFault | undefined>(undefined);
  const onPin = async (person: Staff, pin: string): Promise<UnlockFault | undefined> => {
    fault.value = undefined;
    const evidence = files.peek();
    const saved = await reopenRefund(deps, caseId, { approver: person.staff, pin, evidence });
    if (saved.ok) announce(t("workflow.reopen.done"));
    else if (isPinFault(saved.fault)) return saved.fault;
    else fault.value = saved.fault;
    return undefined;
  };
  return { files, fault, onPin };
};

/** A rejected refund is opened once more when there is new evidence (M5). */
export const ReopenPart = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const approvers = useApprovers(refundCase);
  const { files, fault, onPin } = useReopen(refundCase);
  if (approvers === undefined) return undefined;
  return (
    <section class="u-stack">
      <h2>{t("workflow.reopen.title")}</h2>
      <p>{t("workflow.reopen.text")}</p>
      <FilesRow files={files} required />
      <FaultNote fault={fault.value} />
      {files.value.length > 0 && (
        <PersonPin people={approvers} none={t("workflow.approval.none")} onPin={onPin} />
      )}
      <PhoneLink caseId={refundCase.caseId} />
    </section>
  );
};
