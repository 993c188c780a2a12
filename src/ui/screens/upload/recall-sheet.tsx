import { useSignal } from "@preact/signals";

import type { Batch } from "../../../domain/batch.ts";
import { openQuestion } from "../../../domain/refund/open-question.ts";
import type { Staff } from "../../../domain/staff.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { listRecallers, recallLeftBatch } from "../../../usecases/recall-left-batch.ts";
import type { UnlockFault } from "../../../usecases/unlock.ts";
import { announce } from "../../components/announce.ts";
import { FaultNote } from "../../components/fault-note.tsx";
import { NoteField } from "../../components/field.tsx";
import { PersonPin } from "../../components/person-pin.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { goBack } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { isPinFault } from "../approval/use-approvers.ts";
import { PhoneLink } from "../approve-phone/phone-link.tsx";
import type { LoadedBatch } from "./use-batch.ts";

const useRecall = ({ batchId }: Batch, onClose: () => void) => {
  const deps = useDeps();
  const proof = useSignal("");
  const fault = useSignal<KnownFault | undefined>(undefined);
  const onPin = async (person: Staff, pin: string): Promise<UnlockFault | undefined> => {
    fault.value = undefined;
    const entry = { approver: person.staff, pin, proof: proof.peek() };
    const saved = await recallLeftBatch(deps, batchId, entry);
    if (saved.ok) {
      announce(t("export.upload.recalled"));
      onClose();
      goBack(linkTo("export"));
      return undefined;
    }
    if (isPinFault(saved.fault)) return saved.fault;
    fault.value = saved.fault;
    return undefined;
  };
  return { proof, fault, onPin };
};

/**
 * The file may have left: another person says how it is known that it was never uploaded, and allows it (M9), here or on
 * a second phone.
 */
export const RecallSheet = ({
  loaded: { batch, cases },
  onClose,
}: {
  readonly loaded: LoadedBatch;
  readonly onClose: () => void;
}) => {
  const deps = useDeps();
  const { proof, fault, onPin } = useRecall(batch, onClose);
  const recallers = readyValue(
    useLive(
      () => batch,
      (about) => listRecallers(deps, about),
    ).value,
  );
  const alone = recallers?.some((one) => one.alone === true) ?? false;
  const first = cases.find((refundCase) => openQuestion(refundCase) === "recall");
  return (
    <Sheet title={t("export.upload.recall")} onClose={onClose}>
      <p>{t(alone ? "workflow.recall.alone" : "workflow.recall.text")}</p>
      <NoteField
        name="proof"
        label={t("workflow.recall.proof")}
        help={t("workflow.recall.proof_help")}
        maxLength={500}
        required
        onInput={(event) => {
          proof.value = event.currentTarget.value;
        }}
      />
      <FaultNote fault={fault.value} />
      {recallers !== undefined && (
        <PersonPin
          people={recallers.map(({ staff }) => staff)}
          none={t("workflow.recall.none")}
          onPin={onPin}
        />
      )}
      {first !== undefined && <PhoneLink caseId={first.caseId} />}
    </Sheet>
  );
};
