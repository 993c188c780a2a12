import { useLayoutEffect } from "preact/hooks";

import { latestAttempt } from "../../../domain/refund/case.ts";
import { openQuestion, type Question } from "../../../domain/refund/open-question.ts";
import { tillKeyCard } from "../../../usecases/own-key-card.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { AmountHead } from "../../components/amount.tsx";
import { CaseBadge } from "../../components/badge.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Facts } from "../../components/facts.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { CasePage } from "../refund/case-page.tsx";
import { nameOf, reasonText, typeText } from "../refund/case-words.ts";
import { useCaseFile } from "../refund/use-case-file.ts";
import { CodeOrCard } from "../scan/code-or-card.tsx";
import { CodeReader } from "../scan/code-reader.tsx";
import { GroundPart, useGround } from "./ground-part.tsx";
import { useAnswer, type Answering } from "./use-answer.ts";
import { useRequest } from "./use-request.ts";

const Terms = ({ file: { refundCase, people } }: { readonly file: CaseFile }) => (
  <div class="case-head">
    <AmountHead money={latestAttempt(refundCase).amount}>
      <Facts facts={[typeText(refundCase), reasonText(refundCase.reason)]} />
      <Facts
        facts={[
          t(`records.destination.${refundCase.destination}`),
          nameOf(people, refundCase.requestedBy),
        ]}
      />
    </AmountHead>
    <CaseBadge refundCase={refundCase} />
  </div>
);

/** Waits for the phone's answer, and for its key card first where the phone is new here. */
const BackSheet = ({ answering }: { readonly answering: Answering }) => {
  const { fault, met, needsCard, take, close } = answering;
  const card = needsCard.value;
  return (
    <Sheet title={t(card ? "phone.card" : "phone.back")} onClose={close}>
      <FaultNote fault={fault.value} />
      {met.value !== undefined && <p>{t("phone.card.met", { label: met.value })}</p>}
      <CodeReader hint={t(card ? "phone.card.hint" : "phone.back.hint")} onText={take} />
    </Sheet>
  );
};

type AskingProps = {
  readonly file: CaseFile;
  readonly question: Question;
  readonly scanned: string | undefined;
};

/** The code, and the way back for the answer. */
const Exchange = ({
  file,
  answering,
}: Pick<AskingProps, "file"> & { readonly answering: Answering }) => {
  const deps = useDeps();
  const request = useRequest(file.refundCase);
  return (
    <>
      {request !== undefined && (
        <CodeOrCard
          text={request.text}
          what={t("phone.request")}
          short={request.short}
          findCard={() => tillKeyCard(deps)}
        />
      )}
      <p>{t("phone.lead")}</p>
      <BottomBar>
        <Button kind="primary" icon="scan-line" onClick={answering.show}>
          {t("phone.back")}
        </Button>
      </BottomBar>
    </>
  );
};

const Asking = ({ file, question, scanned }: AskingProps) => {
  const grounds = useGround(file.refundCase, question);
  const answering = useAnswer(file.refundCase, question, grounds.ground);
  useLayoutEffect(() => {
    if (scanned !== undefined) answering.take(scanned);
  }, [scanned]);
  return (
    <>
      <Terms file={file} />
      <GroundPart question={question} grounds={grounds} />
      {!answering.open.value && <FaultNote fault={answering.fault.value} />}
      {grounds.enough && <Exchange file={file} answering={answering} />}
      {answering.open.value && <BackSheet answering={answering} />}
      {answering.asking}
    </>
  );
};

const Over = ({ id }: { readonly id: string }) => (
  <Empty icon="user-check" text={t("phone.over")}>
    <ButtonLink icon="receipt-text" href={linkTo("refund", { id })}>
      {t("records.detail.title")}
    </ButtonLink>
  </Empty>
);

/** R4a at the till: what a second phone is asked, and its answer. */
export const ApprovePhoneScreen = ({ route }: { readonly route: RouteOf<"approve_phone"> }) => {
  const { id, c } = route.args;
  const live = useCaseFile(id);
  return (
    <>
      <PageHeader title={t("phone.title")} back={linkTo("approval", { id })} />
      <CasePage live={live}>
        {(file) => {
          const question = openQuestion(file.refundCase);
          return question === undefined ? (
            <Over id={id} />
          ) : (
            <Asking key={`${id} ${question}`} file={file} question={question} scanned={c} />
          );
        }}
      </CasePage>
    </>
  );
};
