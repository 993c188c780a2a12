import { useSignal, type Signal } from "@preact/signals";

import type { EvidenceFile } from "../../../domain/journal-event.ts";
import { Row, Rows } from "../../components/row.tsx";
import { t } from "../../language.ts";
import { FilesSheet } from "./files-sheet.tsx";

/** How many files there are, and a tap away their sheet. */
export const FilesRow = ({
  files,
  required = false,
}: {
  readonly files: Signal<readonly EvidenceFile[]>;
  readonly required?: boolean;
}) => {
  const open = useSignal(false);
  const n = files.value.length;
  const none = t(required ? "word.required" : "word.optional");
  return (
    <>
      <Rows>
        <Row
          icon="camera"
          title={t("refund.papers")}
          end={n === 0 ? none : t("refund.papers.files", { n })}
          chevron
          onClick={() => (open.value = true)}
        />
      </Rows>
      {open.value && <FilesSheet files={files} onClose={() => (open.value = false)} />}
    </>
  );
};
