import { useSignal } from "@preact/signals";

import { handValues, type HandValue } from "../../../domain/batches/hand-sheet.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import { instantFromMs } from "../../../domain/instant.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import { voidUntil } from "../../../domain/refund/void-rule.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { refundInstead } from "../../../usecases/fail-void.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { recordResult } from "../../../usecases/record-result.ts";
import { announce } from "../../components/announce.ts";
import { AmountHead } from "../../components/amount.tsx";
import { CaseBadge } from "../../components/badge.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { NoteField, TextField } from "../../components/field.tsx";
import { CopyNumber } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { goBack, replaceWith } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { findCopies } from "../recorded/fresh-records.ts";
import { CasePage } from "../refund/case-page.tsx";
import { reasonText } from "../refund/case-words.ts";
import { useCaseFile } from "../refund/use-case-file.ts";

const steps = ["menu", "password", "slip", "check"] as const;

/** Until when the terminal can still do it; later only a refund is left (X15). */
const Until = ({ file }: { readonly file: CaseFile }) => {
  const deps = useDeps();
  const format = useFormat();
  const { payment, profile, refundCase } = file;
  if (payment === undefined) return undefined;
  const now = instantFromMs(deps.now());
  const claims = payment.claims.filter(({ caseId }) => caseId !== refundCase.caseId);
  const until = voidUntil({
    payment: { ...payment, claims },
    profile,
    calendar: deps.calendar,
    now,
  });
  return until === undefined ? (
    <Banner tone="danger" title={t("workflow.terminal.over")} />
  ) : (
    <Banner tone="info" title={t("workflow.terminal.until", { time: format.deadline(until) })}>
      {t("workflow.terminal.until_more")}
    </Banner>
  );
};

const shownValue = ({ field, value }: HandValue): string => {
  if (field === "reason") return reasonText(value);
  return visibleText(value).text;
};

const HandSheet = ({ file }: { readonly file: CaseFile }) => {
  const deps = useDeps();
  const { refundCase, payment, profile } = file;
  const { zone } = deps.calendar;
  const values = handValues(profile, { refundCase, payment, zone }).filter(
    ({ field }) => field !== "channel" && field !== "operator_id",
  );
  return (
    <div class="case-numbers">
      {values.map((value) => (
        <CopyNumber
          key={value.field}
          label={t(`workflow.hand.${value.field}`)}
          number={shownValue(value)}
        />
      ))}
    </div>
  );
};

/** A void that was recorded just now goes on to its page; from there, or from a list, one comes back. */
const leave = (id: string): void => {
  const page = linkTo("refund", { id });
  if (findCopies(id) === undefined) goBack(page);
  else replaceWith(page);
};

/** Runs a step in the right person's name and goes to the refund. */
const useStep = (id: string) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const take = async (
    work: (
      deps: Deps,
    ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly fault: KnownFault }>,
  ): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run(async (deps) => {
        const told = await work(deps);
        return told.ok ? { ok: true, value: undefined } : told;
      });
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("action.saved"));
    leave(id);
  };
  return { busy, fault, take, sheet: entitled.sheet };
};

/** The slip of the void proves it: its reference number. */
const DoneSheet = ({
  file,
  onClose,
}: {
  readonly file: CaseFile;
  readonly onClose: () => void;
}) => {
  const { caseId } = file.refundCase;
  const { busy, fault, take, sheet } = useStep(caseId);
  const save = (form: HTMLFormElement): Promise<void> =>
    take((deps) =>
      recordResult(deps, caseId, {
        result: "succeeded",
        by: "slip",
        at: instantFromMs(deps.now()),
        reference: textIn(new FormData(form), "reference"),
        evidence: [],
      }),
    );
  return (
    <Sheet title={t("workflow.terminal.done")} onClose={onClose}>
      <form
        class="u-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(event.currentTarget);
        }}
      >
        <TextField
          name="reference"
          look="mono"
          label={t("records.result.reference.slip")}
          help={t("workflow.terminal.reference_help")}
          maxLength={64}
          required
        />
        <FaultNote fault={fault.value} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("workflow.terminal.done")}
        </Button>
      </form>
      {sheet}
    </Sheet>
  );
};

/** What the terminal said frees the money, and a refund is asked for in its place. */
const FailedSheet = ({
  file,
  onClose,
}: {
  readonly file: CaseFile;
  readonly onClose: () => void;
}) => {
  const format = useFormat();
  const { caseId, amount } = file.refundCase;
  const { busy, fault, take, sheet } = useStep(caseId);
  const save = (form: HTMLFormElement): Promise<void> => {
    const answer = textIn(new FormData(form), "answer");
    return take((deps) => refundInstead(deps, caseId, answer));
  };
  return (
    <Sheet title={t("workflow.terminal.failed")} onClose={onClose}>
      <form
        class="u-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(event.currentTarget);
        }}
      >
        <p>{t("workflow.terminal.failed_text")}</p>
        <NoteField
          name="answer"
          label={t("workflow.terminal.answer")}
          help={t("workflow.terminal.answer_help")}
          maxLength={200}
          required
        />
        <FaultNote fault={fault.value} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("workflow.terminal.refund", { amount: format.money(amount) })}
        </Button>
      </form>
      {sheet}
    </Sheet>
  );
};

const TerminalView = ({ file }: { readonly file: CaseFile }) => {
  const format = useFormat();
  const { shop } = useShell();
  const open = useSignal<"done" | "failed" | undefined>(undefined);
  const { refundCase } = file;
  const attempt = latestAttempt(refundCase);
  const close = (): void => {
    open.value = undefined;
  };
  if (attempt.mode !== "void" || attempt.money !== "ready")
    return (
      <Empty icon="hand" text={t("workflow.terminal.nothing")}>
        <ButtonLink icon="receipt-text" href={linkTo("refund", { id: refundCase.caseId })}>
          {t("records.detail.title")}
        </ButtonLink>
      </Empty>
    );
  return (
    <>
      <div class="case-head">
        <AmountHead money={attempt.amount}>{shop.name}</AmountHead>
        <CaseBadge refundCase={refundCase} />
      </div>
      <Until file={file} />
      <ol class="upload-steps">
        {steps.map((step) => (
          <li key={step}>{t(`workflow.terminal.step.${step}`)}</li>
        ))}
      </ol>
      <HandSheet file={file} />
      <BottomBar policy={t("workflow.terminal.once")}>
        <Button onClick={() => (open.value = "failed")}>{t("workflow.terminal.failed")}</Button>
        <Button kind="primary" icon="check" onClick={() => (open.value = "done")}>
          {t("workflow.terminal.done_amount", { amount: format.money(attempt.amount) })}
        </Button>
      </BottomBar>
      {open.value === "done" && <DoneSheet file={file} onClose={close} />}
      {open.value === "failed" && <FailedSheet file={file} onClose={close} />}
    </>
  );
};

/** R10: the payment is taken back whole at the terminal; here is what to do there, and what it said. */
export const TerminalScreen = ({ route }: { readonly route: RouteOf<"terminal"> }) => {
  const { id } = route.args;
  const live = useCaseFile(id);
  return (
    <>
      <PageHeader title={t("workflow.terminal.title")} back={linkTo("refund", { id })} />
      <CasePage live={live}>{(file) => <TerminalView file={file} />}</CasePage>
    </>
  );
};
