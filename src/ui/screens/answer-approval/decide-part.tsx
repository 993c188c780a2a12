import { useSignal } from "@preact/signals";

import type { KnownFault } from "../../../i18n/fault-messages.ts";
import {
  answerApprovalRequest,
  phoneReasons,
  type PhoneDecision,
} from "../../../usecases/answer-approval.ts";
import { approverKeyCard } from "../../../usecases/own-key-card.ts";
import type { OpenRequest } from "../../../usecases/read-approval-request.ts";
import type { UnlockFault } from "../../../usecases/unlock.ts";
import { announce } from "../../components/announce.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { pinFaultText } from "../../components/person-pin.tsx";
import { PinPad } from "../../components/pin-pad.tsx";
import { useMaybeDeps, useStart } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { isPinFault } from "../approval/use-approvers.ts";
import { CodeOrCard } from "../scan/code-or-card.tsx";

/** What a yes allows, in the words of its button. */
const approveText = ({ request: { about } }: OpenRequest, amount: string): string => {
  if (about === "recall") return t("phone.answer.approve_recall", { amount });
  return about === "reopen"
    ? t("phone.answer.approve_reopen", { amount })
    : t("phone.answer.approve", { amount });
};

type Asked = { readonly text: string; readonly request: OpenRequest };

const useSigning = ({ text }: Asked) => {
  const { approver } = useStart();
  const till = useMaybeDeps();
  const busy = useSignal(false);
  const pinFault = useSignal<UnlockFault | undefined>(undefined);
  const fault = useSignal<KnownFault | undefined>(undefined);
  const answer = useSignal<string | undefined>(undefined);
  const sign = async (decision: PhoneDecision, pin: string): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    const signed = await answerApprovalRequest(approver, text, { decision, pin, till });
    busy.value = false;
    answer.value = signed.ok ? signed.value : undefined;
    const refused = signed.ok ? undefined : signed.fault;
    pinFault.value = refused !== undefined && isPinFault(refused) ? refused : undefined;
    fault.value = refused === undefined || isPinFault(refused) ? undefined : refused;
    if (signed.ok) announce(t("phone.answer.signed.lead"));
  };
  return { busy, pinFault, fault, answer, sign };
};

const Signed = ({
  answer,
  decision,
  request,
}: Omit<Asked, "text"> & { readonly answer: string; readonly decision: PhoneDecision }) => {
  const { approver } = useStart();
  const amount = useFormat().money(request.facts.amount);
  return (
    <>
      <h2>{t(`phone.answer.signed.${decision.result}`, { amount })}</h2>
      <CodeOrCard
        text={answer}
        what={t("phone.answer.result")}
        short={request.facts.short}
        findCard={() => approverKeyCard(approver)}
      />
      <p>{t("phone.answer.signed.lead")}</p>
      <ButtonLink kind="primary" icon="scan-line" href={linkTo("answer_approval")}>
        {t("phone.answer.next")}
      </ButtonLink>
    </>
  );
};

const Choice = ({
  request,
  onPick,
}: Omit<Asked, "text"> & { readonly onPick: (decision: PhoneDecision) => void }) => {
  const amount = useFormat().money(request.facts.amount);
  const rejecting = useSignal(false);
  return (
    <>
      <Button kind="primary" icon="check" onClick={() => onPick({ result: "approve" })}>
        {approveText(request, amount)}
      </Button>
      {rejecting.value ? (
        <ChipGroup
          legend={t("phone.answer.why")}
          name="rejection"
          choices={phoneReasons.map((value) => ({ value, label: t(`refusal.${value}`) }))}
          value={undefined}
          onPick={(reason) => onPick({ result: "reject", reason })}
        />
      ) : (
        <Button
          icon="x"
          onClick={() => {
            rejecting.value = true;
          }}
        >
          {t("phone.answer.reject")}
        </Button>
      )}
    </>
  );
};

/** Yes or no, the phone's PIN, and the answer as a code for the till. */
export const DecidePart = (asked: Asked) => {
  const signing = useSigning(asked);
  const picked = useSignal<PhoneDecision | undefined>(undefined);
  const { request } = asked;
  const amount = useFormat().money(request.facts.amount);
  const decision = picked.value;
  const answer = signing.answer.value;
  if (decision === undefined)
    return (
      <Choice
        request={request}
        onPick={(one) => {
          picked.value = one;
        }}
      />
    );
  if (answer !== undefined) return <Signed answer={answer} decision={decision} request={request} />;
  return (
    <section class="u-stack">
      <h2>
        {decision.result === "approve" ? approveText(request, amount) : t("phone.answer.reject")}
      </h2>
      <p>{t("phone.answer.pin")}</p>
      <FaultNote fault={signing.fault.value} />
      <PinPad
        onComplete={(pin) => void signing.sign(decision, pin)}
        fault={signing.busy.value ? undefined : pinFaultText(signing.pinFault.value)}
        locked={signing.busy.value}
      />
      <Button
        onClick={() => {
          picked.value = undefined;
        }}
      >
        {t("phone.answer.back")}
      </Button>
    </section>
  );
};
