import { useSignal } from "@preact/signals";

import type { CaseId } from "../../../domain/ids.ts";
import { longestText } from "../../../domain/typed-text.ts";
import { logContact, type ContactDraft } from "../../../usecases/log-contact.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote, FaultSentence } from "../../components/fault-note.tsx";
import { NoteField, TextField } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

const people = [
  "customer",
  "acquirer",
  "support",
  "platform",
  "other",
] as const satisfies readonly ContactDraft["with"][];

const ways = [
  "phone",
  "chat",
  "email",
  "counter",
  "portal",
  "other",
] as const satisfies readonly ContactDraft["via"][];

const useContact = (caseId: CaseId, onClose: () => void) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const who = useSignal<ContactDraft["with"] | undefined>(undefined);
  const via = useSignal<ContactDraft["via"] | undefined>(undefined);
  const missing = useSignal(false);
  const save = async (form: HTMLFormElement): Promise<void> => {
    const [person, way] = [who.peek(), via.peek()];
    missing.value = person === undefined || way === undefined;
    if (person === undefined || way === undefined) return;
    const data = new FormData(form);
    const draft = {
      with: person,
      via: way,
      ticket: textIn(data, "ticket"),
      text: textIn(data, "text"),
      reach: textIn(data, "reach"),
      next: textIn(data, "next"),
    };
    const done = await run(async () => {
      const saved = await entitled.run((deps) => logContact(deps, caseId, draft));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("todo.contact.saved"));
    onClose();
  };
  return { who, via, missing, busy, fault, save, asking: entitled.sheet };
};

const WhoAndHow = ({ who, via }: Pick<ReturnType<typeof useContact>, "who" | "via">) => (
  <>
    <ChipGroup
      legend={t("todo.contact.with")}
      name="contact-with"
      choices={people.map((value) => ({ value, label: t(`todo.contact.with.${value}`) }))}
      value={who.value}
      required
      onPick={(picked) => {
        who.value = picked;
      }}
    />
    <ChipGroup
      legend={t("todo.contact.via")}
      name="contact-via"
      choices={ways.map((value) => ({ value, label: t(`todo.contact.via.${value}`) }))}
      value={via.value}
      required
      onPick={(picked) => {
        via.value = picked;
      }}
    />
  </>
);

/** D6: who was spoken to about a refund, how, under which ticket, and what was said. */
export const ContactSheet = ({
  caseId,
  onClose,
}: {
  readonly caseId: CaseId;
  readonly onClose: () => void;
}) => {
  const { who, via, missing, busy, fault, save, asking } = useContact(caseId, onClose);
  return (
    <Sheet title={t("todo.contact.title")} onClose={onClose}>
      <form
        class="u-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(event.currentTarget);
        }}
      >
        <WhoAndHow who={who} via={via} />
        <FaultSentence sentence={missing.value ? t("todo.contact.missing") : undefined} />
        <TextField
          name="ticket"
          look="mono"
          label={t("todo.contact.ticket")}
          help={t("todo.contact.ticket_help")}
          maxLength={64}
          optional
        />
        {who.value === "customer" && (
          <TextField
            name="reach"
            label={t("todo.contact.reach")}
            help={t("todo.contact.reach_help")}
            maxLength={100}
            optional
          />
        )}
        <NoteField
          name="text"
          label={t("todo.contact.note")}
          help={t("todo.contact.note_help")}
          maxLength={longestText}
          optional
        />
        <TextField
          name="next"
          type="datetime-local"
          label={t("todo.contact.next")}
          help={t("todo.contact.next_help")}
          optional
        />
        <FaultNote fault={fault.value} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("todo.contact.save")}
        </Button>
      </form>
      {asking}
    </Sheet>
  );
};
