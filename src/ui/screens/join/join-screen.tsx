import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import {
  giveUpJoining,
  readAnswer,
  requestToJoin,
  type JoinAnswer,
  type Joining,
} from "../../../usecases/join-shop.ts";
import { Banner } from "../../components/banner.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { useAbilities, useMaybeDeps, useStart } from "../../deps.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { CodeCard } from "../devices/code-card.tsx";
import { Fingerprint } from "../devices/fingerprint.tsx";
import { CodeReader } from "../scan/code-reader.tsx";
import { ConfirmForm } from "./confirm-form.tsx";

type Step =
  | { readonly state: "invited" }
  | { readonly state: "asking"; readonly joining: Joining }
  | { readonly state: "confirming"; readonly joining: Joining; readonly answer: JoinAnswer }
  | { readonly state: "approver" }
  | { readonly state: "differs" };

const Invited = ({ onJoining }: { readonly onJoining: (joining: Joining) => void }) => {
  const { setUp } = useStart();
  const { busy, fault, run } = useJob();
  const take = async (text: string): Promise<void> => {
    await run(async () => {
      const joining = await requestToJoin(setUp, text);
      if (!joining.ok) return joining.fault;
      onJoining(joining.value);
      return undefined;
    });
  };
  return (
    <>
      <h2>{t("devices.join.step_scan")}</h2>
      <CodeReader hint={t("devices.join.hint")} onText={(text) => void take(text)} />
      {busy.value && <Progress label={t("devices.join.making")} />}
      <FaultNote fault={fault.value} />
    </>
  );
};

const Asking = ({
  joining,
  onAnswer,
}: {
  readonly joining: Joining;
  readonly onAnswer: (answer: JoinAnswer) => void;
}) => {
  const { setUp } = useStart();
  const till = useMaybeDeps();
  const { fault, run } = useJob();
  const take = async (text: string): Promise<void> => {
    await run(async () => {
      const answer = await readAnswer(setUp, joining, text);
      if (!answer.ok) return answer.fault;
      if (till !== undefined && answer.value.role === "device") return { kind: "till_already" };
      onAnswer(answer.value);
      return undefined;
    });
  };
  const { shop } = joining.invitation;
  return (
    <>
      <Card>
        <KeyValues pairs={[[t("devices.join.shop"), <bdi key="shop">{shop.name}</bdi>]]} />
      </Card>
      <h2>{t("devices.join.step_show")}</h2>
      <CodeCard text={joining.request} what={t("devices.join.request")} />
      <Card>
        <Fingerprint label={t("devices.own_fingerprint")} text={joining.fingerprint} />
      </Card>
      <p class="u-small">{t("devices.compare.lead")}</p>
      <h2>{t("devices.join.step_answer")}</h2>
      <CodeReader hint={t("devices.join.answer_hint")} onText={(text) => void take(text)} />
      <FaultNote fault={fault.value} />
    </>
  );
};

const Approver = () => (
  <>
    <Banner tone="arrived" title={t("devices.join.approver")}>
      <p>{t("devices.join.approver_more")}</p>
    </Banner>
    <ButtonLink kind="primary" icon="user-check" href={linkTo("answer_approval")}>
      {t("devices.join.to_approve")}
    </ButtonLink>
  </>
);

const useSteps = () => {
  const { setUp } = useStart();
  const step = useSignal<Step>({ state: "invited" });
  const differ = async (joining: Joining): Promise<void> => {
    await giveUpJoining(setUp, joining);
    step.value = { state: "differs" };
  };
  return { step, differ };
};

const Shown = () => {
  const { step, differ } = useSteps();
  const now = step.value;
  switch (now.state) {
    case "invited":
      return (
        <Invited
          onJoining={(joining) => {
            step.value = { state: "asking", joining };
          }}
        />
      );
    case "asking":
      return (
        <Asking
          joining={now.joining}
          onAnswer={(answer) => {
            step.value = { state: "confirming", joining: now.joining, answer };
          }}
        />
      );
    case "confirming":
      return (
        <ConfirmForm
          joining={now.joining}
          answer={now.answer}
          onApprover={() => {
            step.value = { state: "approver" };
          }}
          onDiffers={() => void differ(now.joining)}
        />
      );
    case "approver":
      return <Approver />;
    case "differs":
      return (
        <>
          <Banner tone="danger" title={t("devices.differs")}>
            <p>{t("devices.differs_more")}</p>
          </Banner>
          <Button
            icon="refresh-cw"
            onClick={() => {
              step.value = { state: "invited" };
            }}
          >
            {t("devices.add.again")}
          </Button>
        </>
      );
  }
};

/** S0a: a new device joins a shop by codes; nothing is kept before a person has compared the shop's fingerprint. */
export const JoinScreen = () => {
  const { markDraftOpen } = useAbilities();
  const deps = useMaybeDeps();
  useLayoutEffect(() => markDraftOpen(), []);
  return (
    <>
      <PageHeader
        title={t("devices.join.title")}
        back={linkTo(deps === undefined ? "welcome" : "devices")}
      />
      <div class="u-stack first-form">
        <Shown />
      </div>
    </>
  );
};
