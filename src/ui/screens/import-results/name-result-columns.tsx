import { useSignal } from "@preact/signals";

import {
  guessResultMapping,
  parseTypedResultMapping,
  resultRoles,
  type ResultMapping,
  type ResultMappingFault,
} from "../../../domain/results/result-mapping.ts";
import { mappableMeanings } from "../../../domain/results/status-word.ts";
import { headerMark, mappingUnits, writeWords } from "../../../domain/statements/mapping.ts";
import type { StatementTable } from "../../../domain/statements/mapped-table.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultLine, SelectField, TextField } from "../../components/field.tsx";
import { textIn } from "../../form-text.ts";
import { t } from "../../language.ts";

const faultText = (fault: ResultMappingFault): string =>
  fault.kind === "acceptance_is_no_arrival"
    ? t("export.result.fault.acceptance_is_no_arrival", { word: fault.word })
    : t(`export.result.fault.${fault.kind}`);

type Props = {
  readonly table: StatementTable;
  readonly before: ResultMapping | undefined;
  readonly fault: ResultMappingFault | undefined;
  /** Status words that nobody has explained. */
  readonly unknown: readonly string[];
  readonly onNamed: (mapping: ResultMapping) => void;
  readonly onCancel: () => void;
};

const Fields = ({ table, before }: Pick<Props, "table" | "before">) => {
  const start = before ?? guessResultMapping(table);
  const columns = table.words.filter((word) => word !== "");
  return (
    <>
      {resultRoles.map((role) => (
        <SelectField
          key={role}
          name={role}
          label={t(`export.result.role.${role}`)}
          choices={[
            { value: "", label: t("recon.map.none") },
            ...columns.map((word) => ({ value: word, label: word })),
          ]}
          value={start.columns[role] ?? ""}
        />
      ))}
      <SelectField
        name="unit"
        label={t("recon.map.unit")}
        choices={mappingUnits.map((value) => ({ value, label: t(`recon.map.unit.${value}`) }))}
        value={start.unit}
      />
      <p class="u-small">{t("export.result.words_help")}</p>
      {mappableMeanings.map((meaning) => (
        <TextField
          key={meaning}
          name={`${meaning}_words`}
          label={t("export.result.words", { state: t(`state.${meaning}`) })}
          defaultValue={writeWords(start.words[meaning] ?? [])}
          maxLength={400}
          optional
        />
      ))}
    </>
  );
};

/** Says which column of a portal's answer is what, and what its status words mean; kept once its results are. */
export const NameResultColumns = ({ table, before, fault, unknown, onNamed, onCancel }: Props) => {
  const wrong = useSignal(fault);
  const submit = (form: FormData): void => {
    const mapping = parseTypedResultMapping(headerMark(table.words), (name) => textIn(form, name));
    wrong.value = mapping.ok ? undefined : mapping.fault;
    if (mapping.ok) onNamed(mapping.value);
  };
  return (
    <form
      class="screen"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <Banner tone="info" icon="table" title={t("export.result.naming")}>
        {unknown.length > 0 && t("export.result.unknown_words", { words: writeWords(unknown) })}
      </Banner>
      <Fields table={table} before={before} />
      <Button onClick={onCancel}>{t("action.cancel")}</Button>
      <BottomBar policy={t("export.result.owner_names")}>
        {wrong.value !== undefined && <FaultLine>{faultText(wrong.value)}</FaultLine>}
        <Button kind="primary" icon="table" type="submit">
          {t("recon.map.read")}
        </Button>
      </BottomBar>
    </form>
  );
};
