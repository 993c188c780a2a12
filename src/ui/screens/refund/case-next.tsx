import { useSignal } from "@preact/signals";

import { latestAttempt } from "../../../domain/refund/case.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { nextStep, type NextStep } from "./next-step.ts";
import { PayOutSheet } from "./pay-out-sheet.tsx";
import { RetrySheet } from "./retry-sheet.tsx";

type Linked = Exclude<NextStep, "none" | "pay_out" | "retry">;

const placeOf = (step: Linked, { refundCase }: CaseFile): string => {
  const id = refundCase.caseId;
  switch (step) {
    case "approve":
    case "reopen":
      return linkTo("approval", { id });
    case "goods":
      return linkTo("goods", { id });
    case "terminal":
      return linkTo("terminal", { id });
    case "export":
      return linkTo("export");
    case "prove":
      return linkTo("import_statement");
    case "upload":
      return linkTo("upload", { batch: latestAttempt(refundCase).batchId ?? "" });
    case "result":
      return linkTo("result", { id });
    case "again":
      return linkTo("new_refund", { p: refundCase.paymentId ?? "" });
  }
};

const icons = {
  approve: "user-check",
  goods: "package-check",
  terminal: "hand",
  export: "file-up",
  prove: "scale",
  upload: "send",
  result: "pencil",
  again: "plus",
  reopen: "user-check",
} as const;

const StepLink = ({ step, file }: { readonly step: Linked; readonly file: CaseFile }) => {
  const format = useFormat();
  const amount = format.money(latestAttempt(file.refundCase).amount);
  if (step === "goods" && file.refundCase.goods !== "awaiting")
    return (
      <ButtonLink kind="primary" icon="repeat-2" href={placeOf(step, file)}>
        {t("records.next.give")}
      </ButtonLink>
    );
  return (
    <ButtonLink kind="primary" icon={icons[step]} href={placeOf(step, file)}>
      {t(`records.next.${step}`, { amount })}
    </ButtonLink>
  );
};

/** The next step as the one filled button. */
export const CaseNext = ({ file }: { readonly file: CaseFile }) => {
  const format = useFormat();
  const open = useSignal(false);
  const step = nextStep(file);
  const { refundCase } = file;
  const amount = format.money(latestAttempt(refundCase).amount);
  const close = (): void => {
    open.value = false;
  };
  if (step === "none") return undefined;
  return (
    <BottomBar>
      {step === "pay_out" || step === "retry" ? (
        <Button
          kind="primary"
          icon={step === "retry" ? "refresh-cw" : "hand"}
          onClick={() => (open.value = true)}
        >
          {t(`records.next.${step}`, { amount })}
        </Button>
      ) : (
        <StepLink step={step} file={file} />
      )}
      {open.value && step === "pay_out" && <PayOutSheet refundCase={refundCase} onClose={close} />}
      {open.value && step === "retry" && <RetrySheet file={file} onClose={close} />}
    </BottomBar>
  );
};
