import { useSignal } from "@preact/signals";

import type { EvidenceFile } from "../../../domain/journal-event.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { findEvidence } from "../../../usecases/keep-evidence.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { Facts } from "../../components/facts.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { FaultLine } from "../../components/field.tsx";
import { Rows } from "../../components/row.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { Picture } from "./picture.tsx";
import { isPicture, Thumb, useStored } from "./stored-file.tsx";

const endings: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "text/plain": "txt",
  "message/rfc822": "eml",
  "application/pdf": "pdf",
  "audio/wav": "wav",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
  "audio/webm": "webm",
};

const nameOf = ({ kind, sha256, type }: EvidenceFile): string =>
  `${t(`evidence.kind.${kind}`)}-${sha256.slice(0, 8)}.${endings[type] ?? "bin"}`;

/** Saves the very bytes that were recorded, or says that they are not here. */
const useSaving = () => {
  const deps = useDeps();
  const { save } = useAbilities();
  const job = useJob();
  const refused = useSignal(false);
  const run = (file: EvidenceFile): Promise<boolean> =>
    job.run(async (): Promise<KnownFault | undefined> => {
      const stored = await findEvidence(deps, file.sha256);
      if (!stored.ok) return stored.fault;
      const out = await save({ name: nameOf(file), type: file.type, bytes: stored.value });
      refused.value = out === "blocked";
      if (out === "saved") announce(t("evidence.saved"));
      return undefined;
    });
  return { run, refused, fault: job.fault, busy: job.busy };
};

type Saving = ReturnType<typeof useSaving>;

const SavingNotes = ({ saving }: { readonly saving: Saving }) => (
  <>
    <FaultNote fault={saving.fault.value} />
    {saving.refused.value && <FaultLine>{t("evidence.save_refused")}</FaultLine>}
  </>
);

const Viewer = ({
  file,
  onClose,
}: {
  readonly file: EvidenceFile;
  readonly onClose: () => void;
}) => {
  const stored = useStored(file);
  const saving = useSaving();
  const label = t(`evidence.kind.${file.kind}`);
  return (
    <Sheet title={label} onClose={onClose}>
      {stored === undefined && <p>{t("evidence.opening")}</p>}
      {stored?.ok === true && <Picture whole bytes={stored.value} label={label} />}
      <FaultNote fault={stored?.ok === false ? stored.fault : undefined} />
      <SavingNotes saving={saving} />
      {stored?.ok === true && (
        <Button icon="download" busy={saving.busy.value} onClick={() => void saving.run(file)}>
          {t("evidence.save")}
        </Button>
      )}
    </Sheet>
  );
};

/** The files of a record: a photo opens over the page, anything else is saved as it was recorded. */
export const EvidenceList = ({ files }: { readonly files: readonly EvidenceFile[] }) => {
  const format = useFormat();
  const saving = useSaving();
  const open = useSignal<EvidenceFile | undefined>(undefined);
  const tap = (file: EvidenceFile): void => {
    if (isPicture(file)) open.value = file;
    else void saving.run(file);
  };
  return (
    <>
      <Rows>
        {files.map((file) => (
          <li key={file.sha256}>
            <button type="button" class="row" onClick={() => tap(file)}>
              <Thumb file={file} />
              <span class="row-what">
                {t(`evidence.kind.${file.kind}`)}
                <Facts
                  facts={[
                    t("evidence.size", { kb: format.number(Math.ceil(file.size / 1024)) }),
                    isPicture(file) ? undefined : t("evidence.save"),
                  ]}
                />
              </span>
            </button>
          </li>
        ))}
      </Rows>
      <SavingNotes saving={saving} />
      {open.value !== undefined && (
        <Viewer
          file={open.value}
          onClose={() => {
            open.value = undefined;
          }}
        />
      )}
    </>
  );
};
