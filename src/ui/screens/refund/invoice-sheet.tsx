import { useSignal } from "@preact/signals";

import type { RefundCase } from "../../../domain/refund/case.ts";
import { recordInvoice, type InvoiceDraft } from "../../../usecases/log-contact.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { Segments } from "../../components/segments.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

const answers = ["yes", "no"] as const satisfies readonly InvoiceDraft["issued"][];
const decisions = ["needed", "done", "not_needed"] as const;

type Decision = (typeof decisions)[number];

const useInvoice = ({ caseId, invoice = {} }: RefundCase, onClose: () => void) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const issued = useSignal<InvoiceDraft["issued"]>(invoice["issued"] === "no" ? "no" : "yes");
  const red = useSignal<Decision | undefined>(decisions.find((one) => one === invoice["red"]));
  const draftOf = (data: FormData): InvoiceDraft => {
    const decided = red.peek();
    return {
      issued: issued.peek(),
      no: textIn(data, "no"),
      red_no: textIn(data, "red_no"),
      at: textIn(data, "at"),
      ...(decided === undefined ? {} : { red: decided }),
    };
  };
  const save = async (form: HTMLFormElement): Promise<void> => {
    const draft = draftOf(new FormData(form));
    const done = await run(async () => {
      const saved = await entitled.run((deps) => recordInvoice(deps, caseId, draft));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("todo.invoice.saved"));
    onClose();
  };
  return { issued, red, busy, fault, save, asking: entitled.sheet };
};

const RedPart = ({ refundCase: { invoice = {} } }: { readonly refundCase: RefundCase }) => (
  <>
    <TextField
      name="red_no"
      look="mono"
      label={t("todo.invoice.red_no")}
      help={t("todo.invoice.red_no_help")}
      defaultValue={invoice["red_no"] ?? ""}
      maxLength={64}
      required
    />
    <TextField
      name="at"
      type="date"
      label={t("todo.invoice.at")}
      defaultValue={invoice["at"] ?? ""}
      optional
    />
  </>
);

const IssuedPart = ({
  refundCase,
  red,
}: {
  readonly refundCase: RefundCase;
  readonly red: ReturnType<typeof useInvoice>["red"];
}) => (
  <>
    <TextField
      name="no"
      look="mono"
      label={t("todo.invoice.no")}
      help={t("todo.invoice.no_help")}
      defaultValue={refundCase.invoice?.["no"] ?? ""}
      maxLength={64}
      optional
    />
    <ChipGroup
      legend={t("todo.invoice.red")}
      name="invoice-red"
      choices={decisions.map((value) => ({ value, label: t(`todo.invoice.red.${value}`) }))}
      value={red.value}
      onPick={(picked) => {
        red.value = picked;
      }}
    />
    {red.value === "done" && <RedPart refundCase={refundCase} />}
  </>
);

/** Whether the payment had an invoice, its number, and what becomes of it; it stays a task until that is decided. */
export const InvoiceSheet = ({
  refundCase,
  onClose,
}: {
  readonly refundCase: RefundCase;
  readonly onClose: () => void;
}) => {
  const { issued, red, busy, fault, save, asking } = useInvoice(refundCase, onClose);
  return (
    <Sheet title={t("todo.invoice.title")} onClose={onClose}>
      <form
        class="u-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(event.currentTarget);
        }}
      >
        <p>{t("todo.invoice.open")}</p>
        <Segments
          label={t("todo.invoice.issued")}
          name="invoice-issued"
          choices={answers.map((value) => ({ value, label: t(`todo.invoice.issued.${value}`) }))}
          value={issued.value}
          onPick={(picked) => {
            issued.value = picked;
          }}
        />
        {issued.value === "yes" && <IssuedPart refundCase={refundCase} red={red} />}
        <FaultNote fault={fault.value} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("todo.invoice.save")}
        </Button>
      </form>
      {asking}
    </Sheet>
  );
};
