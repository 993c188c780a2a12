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
import { Row, Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { FilesSheet } from "../evidence/files-sheet.tsx";
import { isPinFault, useApprovers } from "./use-approvers.ts";

const useReopen = ({ caseId }: RefundCase) => {
  const deps = useDeps();
  const files = useSignal<readonly EvidenceFile[]>([]);
  const adding = useSignal(false);
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
  return { files, adding, fault, onPin };
};

/** A rejected refund is opened once more when there is new evidence (M5). */
export const ReopenPart = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const approvers = useApprovers(refundCase);
  const { files, adding, fault, onPin } = useReopen(refundCase);
  if (approvers === undefined) return undefined;
  return (
    <section class="u-stack">
      <h2>{t("workflow.reopen.title")}</h2>
      <p>{t("workflow.reopen.text")}</p>
      <Rows>
        <Row
          icon="camera"
          title={t("refund.papers")}
          end={
            files.value.length === 0
              ? t("word.required")
              : t("refund.papers.files", { n: files.value.length })
          }
          chevron
          onClick={() => {
            adding.value = true;
          }}
        />
      </Rows>
      <FaultNote fault={fault.value} />
      {files.value.length > 0 && (
        <PersonPin people={approvers} none={t("workflow.approval.none")} onPin={onPin} />
      )}
      {adding.value && (
        <FilesSheet
          files={files}
          onClose={() => {
            adding.value = false;
          }}
        />
      )}
    </section>
  );
};
