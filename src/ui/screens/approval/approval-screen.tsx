import { useSignal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { CaseId } from "../../../domain/ids.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import type { Decision } from "../../../domain/refund/decide-approval.ts";
import { refusalReasons } from "../../../domain/reasons.ts";
import type { Staff } from "../../../domain/staff.ts";
import { longestText } from "../../../domain/typed-text.ts";
import type { UnlockFault } from "../../../usecases/unlock.ts";
import { approveRefund } from "../../../usecases/approve-refund.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { announce } from "../../components/announce.ts";
import { AmountHead } from "../../components/amount.tsx";
import { Banner } from "../../components/banner.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { CaseBadge } from "../../components/badge.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { Empty } from "../../components/empty.tsx";
import { Facts } from "../../components/facts.tsx";
import { ForeignText } from "../../components/foreign-text.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { NoteField } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PersonPin } from "../../components/person-pin.tsx";
import { Segments } from "../../components/segments.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { goBack, replaceWith } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { PhoneLink } from "../approve-phone/phone-link.tsx";
import { channelText, goodsOf } from "../new-refund/order.tsx";
import { findCopies } from "../recorded/fresh-records.ts";
import { CaseFacts } from "../refund/case-facts.tsx";
import { CasePage } from "../refund/case-page.tsx";
import { nameOf, reasonText, typeText } from "../refund/case-words.ts";
import { useCaseFile } from "../refund/use-case-file.ts";
import { ReopenPart } from "./reopen-part.tsx";
import { isPinFault, useApprovers } from "./use-approvers.ts";
import { Why } from "./why.tsx";

const answers = ["approve", "reject"] as const;

/** A refund that was recorded just now goes on to its slip; from a list one comes back to the list. */
const leave = (caseId: CaseId): void => {
  if (findCopies(caseId) === undefined) goBack(linkTo("refund", { id: caseId }));
  else replaceWith(linkTo("recorded", { id: caseId }));
};

const useDecision = ({ caseId }: RefundCase) => {
  const deps = useDeps();
  const result = useSignal<(typeof answers)[number]>("approve");
  const reason = useSignal("");
  const note = useSignal("");
  const fault = useSignal<KnownFault | undefined>(undefined);
  const decisionOf = (): Decision =>
    result.peek() === "approve"
      ? { result: "approve" }
      : { result: "reject", reason: reason.peek(), note: note.peek() };
  const onPin = async (person: Staff, pin: string): Promise<UnlockFault | undefined> => {
    fault.value = undefined;
    const entry = { approver: person.staff, pin, decision: decisionOf() };
    const saved = await approveRefund(deps, caseId, entry);
    if (saved.ok) {
      announce(t(`workflow.approval.done.${result.peek()}`));
      leave(caseId);
      return undefined;
    }
    if (isPinFault(saved.fault)) return saved.fault;
    fault.value = saved.fault;
    return undefined;
  };
  return { result, reason, note, fault, onPin };
};

/** A fault that has its place beside the reason. */
const isOfReason = (fault: KnownFault | undefined): boolean =>
  fault?.kind === "reason_missing" || fault?.kind === "note_missing";

const RejectPart = ({ decision }: { readonly decision: ReturnType<typeof useDecision> }) => (
  <div class="u-stack">
    <ChipGroup
      legend={t("refund.decline.why")}
      name="rejection"
      choices={refusalReasons.map((value) => ({ value, label: t(`refusal.${value}`) }))}
      value={refusalReasons.find((one) => one === decision.reason.value)}
      required
      onPick={(picked) => {
        decision.reason.value = picked;
        decision.fault.value = undefined;
      }}
    />
    <FaultNote fault={isOfReason(decision.fault.value) ? decision.fault.value : undefined} />
    <NoteField
      name="note"
      label={t("refund.note")}
      help={t("refund.note.help")}
      maxLength={500}
      optional={decision.reason.value !== "other"}
      onInput={(event) => {
        decision.note.value = event.currentTarget.value;
      }}
    />
  </div>
);

/** 批准 or 驳回, then who, then the PIN: the very record is signed with the approver's own key. */
const DecidePart = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const approvers = useApprovers(refundCase);
  const decision = useDecision(refundCase);
  const { result, fault } = decision;
  if (approvers === undefined) return undefined;
  return (
    <>
      <Segments
        label={t("workflow.approval.decision")}
        name="decision"
        choices={answers.map((value) => ({ value, label: t(`workflow.approval.${value}`) }))}
        value={result.value}
        onPick={(picked) => {
          result.value = picked;
        }}
      />
      {result.value === "reject" && <RejectPart decision={decision} />}
      <section class="u-tight">
        <h2>{t("workflow.approval.who")}</h2>
        <FaultNote fault={isOfReason(fault.value) ? undefined : fault.value} />
        <PersonPin people={approvers} none={t("workflow.approval.none")} onPin={decision.onPin} />
      </section>
      <PhoneLink caseId={refundCase.caseId} />
      <Button onClick={() => leave(refundCase.caseId)}>{t("workflow.approval.later")}</Button>
    </>
  );
};

const ApprovalView = ({ file }: { readonly file: CaseFile }) => {
  const { refundCase, payment, people } = file;
  const attempt = latestAttempt(refundCase);
  const pending = attempt.money === "pending_approval";
  const rejected = refundCase.approval === "rejected" && !attempt.reopened;
  return (
    <>
      <div class="case-head">
        <AmountHead money={attempt.amount}>
          <Facts
            facts={[
              typeText(refundCase),
              payment?.lines && <bdi key="goods">{goodsOf(payment)}</bdi>,
              payment && channelText(payment.channel),
              reasonText(refundCase.reason),
            ]}
          />
          <Facts
            facts={[
              t(`records.destination.${refundCase.destination}`),
              nameOf(people, refundCase.requestedBy),
            ]}
          />
        </AmountHead>
        <CaseBadge refundCase={refundCase} />
      </div>
      {pending && (
        <Banner tone="warn" icon="user-check" title={t("workflow.approval.why")}>
          <Why refundCase={refundCase} />
          {refundCase.note !== undefined && (
            <ForeignText>{visibleText(refundCase.note, longestText).text}</ForeignText>
          )}
        </Banner>
      )}
      {pending && <DecidePart refundCase={refundCase} />}
      {rejected && <ReopenPart refundCase={refundCase} />}
      <CaseFacts file={file} />
      {!pending && !rejected && (
        <Empty icon="user-check" text={t("workflow.approval.over")}>
          <ButtonLink icon="receipt-text" href={linkTo("refund", { id: refundCase.caseId })}>
            {t("records.detail.title")}
          </ButtonLink>
        </Empty>
      )}
    </>
  );
};

/** R4: what somebody else has to allow, why, and their PIN. */
export const ApprovalScreen = ({ route }: { readonly route: RouteOf<"approval"> }) => {
  const { id } = route.args;
  const live = useCaseFile(id);
  return (
    <>
      <PageHeader title={t("workflow.approval.title")} back={linkTo("refund", { id })} />
      <CasePage live={live}>{(file) => <ApprovalView key={id} file={file} />}</CasePage>
    </>
  );
};
