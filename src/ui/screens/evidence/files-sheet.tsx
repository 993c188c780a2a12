import type { Signal } from "@preact/signals";

import { withFile, withoutFile } from "../../../domain/evidence.ts";
import type { EvidenceFile } from "../../../domain/journal-event.ts";
import { EvidenceSheet } from "./evidence-sheet.tsx";

/** Files for something that asks for no papers of its own. */
export const FilesSheet = ({
  files,
  onClose,
}: {
  readonly files: Signal<readonly EvidenceFile[]>;
  readonly onClose: () => void;
}) => (
  <EvidenceSheet
    files={files.value}
    wanted={[]}
    onAdd={(file) => {
      files.value = withFile(files.peek(), file);
    }}
    onRemove={({ sha256 }) => {
      files.value = withoutFile(files.peek(), sha256);
    }}
    onClose={onClose}
  />
);
