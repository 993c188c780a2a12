import { evidenceKinds } from "../../../domain/evidence.ts";
import type { EvidenceFile } from "../../../domain/journal-event.ts";
import { IconButton } from "../../components/button.tsx";
import { SelectField } from "../../components/field.tsx";
import { t } from "../../language.ts";
import { Thumb } from "./stored-file.tsx";
import type { AddFile } from "./use-adding.ts";

type Props = {
  readonly file: EvidenceFile;
  readonly onAdd: AddFile;
  readonly onRemove: (file: EvidenceFile) => void;
};

const Item = ({ file, onAdd, onRemove }: Props) => (
  <li class="ev-item">
    <Thumb file={file} />
    <SelectField
      name={`kind-${file.sha256}`}
      label={t("evidence.kind")}
      choices={evidenceKinds.map((value) => ({ value, label: t(`evidence.kind.${value}`) }))}
      value={evidenceKinds.find((kind) => kind === file.kind) ?? "other"}
      onPick={(kind) => onAdd({ ...file, kind })}
    />
    <IconButton
      icon="trash"
      label={t("evidence.remove", { kind: t(`evidence.kind.${file.kind}`) })}
      onClick={() => onRemove(file)}
    />
  </li>
);

/** What was added, each with what it is; another kind is the same bytes under another word. */
export const EvidenceItems = ({
  files,
  ...tell
}: Omit<Props, "file"> & { readonly files: readonly EvidenceFile[] }) => (
  <ul class="rows" aria-label={t("evidence.list")}>
    {files.map((file) => (
      <Item key={file.sha256} file={file} {...tell} />
    ))}
  </ul>
);
