import { useSignal } from "@preact/signals";

import { evidenceKinds } from "../../../domain/evidence.ts";
import type { EvidenceFile } from "../../../domain/journal-event.ts";
import { IconButton } from "../../components/button.tsx";
import { SelectField } from "../../components/field.tsx";
import { t } from "../../language.ts";
import { CoverSheet } from "./cover-sheet.tsx";
import { isPicture, Thumb } from "./stored-file.tsx";
import type { AddFile } from "./use-adding.ts";

type Props = {
  readonly file: EvidenceFile;
  readonly onAdd: AddFile;
  readonly onRemove: (file: EvidenceFile) => void;
};

type ItemProps = Props & { readonly onCover: (file: EvidenceFile) => void };

const Item = ({ file, onAdd, onRemove, onCover }: ItemProps) => (
  <li class="ev-item">
    <Thumb file={file} />
    <SelectField
      name={`kind-${file.sha256}`}
      label={t("evidence.kind")}
      choices={evidenceKinds.map((value) => ({ value, label: t(`evidence.kind.${value}`) }))}
      value={evidenceKinds.find((kind) => kind === file.kind) ?? "other"}
      onPick={(kind) => onAdd({ ...file, kind })}
    />
    {isPicture(file) && (
      <IconButton
        icon="pencil"
        label={t("evidence.cover_of", { kind: t(`evidence.kind.${file.kind}`) })}
        onClick={() => onCover(file)}
      />
    )}
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
  onAdd,
  onRemove,
}: Omit<Props, "file"> & { readonly files: readonly EvidenceFile[] }) => {
  const covering = useSignal<EvidenceFile | undefined>(undefined);
  const file = covering.value;
  return (
    <>
      <ul class="rows" aria-label={t("evidence.list")}>
        {files.map((one) => (
          <Item
            key={one.sha256}
            file={one}
            onAdd={onAdd}
            onRemove={onRemove}
            onCover={(picked) => {
              covering.value = picked;
            }}
          />
        ))}
      </ul>
      {file !== undefined && (
        <CoverSheet
          file={file}
          onCovered={(covered) => {
            onRemove(file);
            onAdd(covered);
          }}
          onClose={() => {
            covering.value = undefined;
          }}
        />
      )}
    </>
  );
};
