import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import {
  inviteDevice,
  readRequest,
  type EnrolAnswer,
  type OpenInvitation,
  type ReadRequest,
} from "../../../usecases/enrol-device.ts";
import { Banner } from "../../components/banner.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Card } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Segments } from "../../components/segments.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { CodeReader } from "../scan/code-reader.tsx";
import { CodeCard } from "./code-card.tsx";
import { CompareForm } from "./compare-form.tsx";
import { Fingerprint } from "./fingerprint.tsx";

type Step =
  | { readonly state: "opening" }
  | { readonly state: "inviting"; readonly invitation: OpenInvitation }
  | { readonly state: "comparing"; readonly label: string; readonly request: ReadRequest }
  | { readonly state: "answering"; readonly label: string; readonly answer: EnrolAnswer }
  | { readonly state: "differs" };

const Inviting = ({
  invitation,
  onRequest,
}: {
  readonly invitation: OpenInvitation;
  readonly onRequest: (request: ReadRequest) => void;
}) => {
  const deps = useDeps();
  const { fault, run } = useJob();
  const take = async (text: string): Promise<void> => {
    await run(async () => {
      const request = await readRequest(deps, invitation, text);
      if (!request.ok) return request.fault;
      onRequest(request.value);
      return undefined;
    });
  };
  return (
    <>
      <h2>{t("devices.add.step_show")}</h2>
      <CodeCard text={invitation.text} what={t("devices.add.invitation")} />
      <h2>{t("devices.add.step_scan")}</h2>
      <CodeReader hint={t("devices.add.hint")} onText={(text) => void take(text)} />
      <FaultNote fault={fault.value} />
    </>
  );
};

/** One code at a time, or the other camera takes the wrong one. */
const AnswerCode = ({ answer }: { readonly answer: EnrolAnswer }) => {
  const which = useSignal<"card" | "root">("card");
  const { card, rootCopy } = answer;
  if (rootCopy === undefined) return <CodeCard text={card} what={t("devices.answer.card")} />;
  const isRoot = which.value === "root";
  return (
    <>
      <Segments
        label={t("devices.answer.which")}
        name="answer"
        choices={[
          { value: "card", label: t("devices.answer.card") },
          { value: "root", label: t("devices.answer.root") },
        ]}
        value={which.value}
        onPick={(picked) => {
          which.value = picked;
        }}
      />
      {isRoot && <p class="u-small">{t("devices.answer.root_note")}</p>}
      <CodeCard
        text={isRoot ? rootCopy : card}
        what={t(isRoot ? "devices.answer.root" : "devices.answer.card")}
      />
    </>
  );
};

const Answering = ({ answer, label }: { readonly answer: EnrolAnswer; readonly label: string }) => (
  <>
    <h2>{t("devices.answer.title")}</h2>
    <p>{t("devices.answer.lead")}</p>
    <AnswerCode answer={answer} />
    <Card>
      <Fingerprint label={t("devices.root_fingerprint")} text={answer.rootFingerprint} />
    </Card>
    <ButtonLink kind="primary" href={linkTo("devices")}>
      {t("devices.answer.done", { label })}
    </ButtonLink>
  </>
);

const useSteps = () => {
  const { run, sheet } = useEntitled();
  const job = useJob();
  const step = useSignal<Step>({ state: "opening" });
  const begin = async (): Promise<void> => {
    step.value = { state: "opening" };
    await job.run(async () => {
      const invited = await run(inviteDevice);
      if (!invited.ok) return invited.fault;
      step.value = { state: "inviting", invitation: invited.value };
      return undefined;
    });
  };
  return { step, begin, fault: job.fault, sheet };
};

const Shown = ({ steps }: { readonly steps: ReturnType<typeof useSteps> }) => {
  const { step, begin, fault } = steps;
  const now = step.value;
  switch (now.state) {
    case "opening":
      return <FaultNote fault={fault.value} />;
    case "inviting":
      return (
        <Inviting
          invitation={now.invitation}
          onRequest={(request) => {
            step.value = { state: "comparing", label: now.invitation.label, request };
          }}
        />
      );
    case "comparing":
      return (
        <CompareForm
          request={now.request}
          label={now.label}
          onAnswer={(answer, label) => {
            step.value = { state: "answering", answer, label };
          }}
          onDiffers={() => {
            step.value = { state: "differs" };
          }}
        />
      );
    case "answering":
      return <Answering answer={now.answer} label={now.label} />;
    case "differs":
      return (
        <>
          <Banner tone="danger" title={t("devices.differs")}>
            <p>{t("devices.differs_more")}</p>
          </Banner>
          <Button icon="refresh-cw" onClick={() => void begin()}>
            {t("devices.add.again")}
          </Button>
        </>
      );
  }
};

/** P10a: takes another device into the shop, code by code; each step stands alone until the person goes on. */
export const AddDeviceScreen = () => {
  const steps = useSteps();
  const { markDraftOpen } = useAbilities();
  const { training } = useDeps();
  useLayoutEffect(() => markDraftOpen(), []);
  useLayoutEffect(() => {
    if (!training) void steps.begin();
  }, []);
  return (
    <>
      <PageHeader title={t("devices.add")} back={linkTo("devices")} />
      <div class="u-stack">
        {training ? (
          <Banner tone="info" title={t("devices.add_practice")} />
        ) : (
          <Shown steps={steps} />
        )}
      </div>
      {steps.sheet}
    </>
  );
};
