import { useSignal } from "@preact/signals";

import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import {
  findTable,
  headerLines,
  type StatementTable,
} from "../../../domain/statements/mapped-table.ts";
import {
  headerMark,
  parseTypedMapping,
  savedMapping,
  type MappingFault,
  type SavedMapping,
} from "../../../domain/statements/mapping.ts";
import { guessMapping } from "../../../domain/statements/mapping-guess.ts";
import { listProfiles } from "../../../usecases/change-profile.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { SelectField } from "../../components/field.tsx";
import { useDeps } from "../../deps.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { profileName } from "../acquirers/acquirer-words.ts";
import { ColumnFields } from "./column-fields.tsx";

const mostShown = 5;

/** The header and the first rows as they stand in the file, to look at while its columns are named. */
const FileTable = ({ words, rows }: StatementTable) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- wide tables scroll with the keyboard too
  <section class="map-table" aria-label={t("recon.map.table")} tabIndex={0}>
    <table>
      <thead>
        <tr>
          {words.map((word, at) => (
            <th key={at}>
              <bdi>{word}</bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, mostShown).map((cells, at) => (
          <tr key={at}>
            {words.map((_, column) => (
              <td key={column}>
                <bdi>{cells[column]}</bdi>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** How a file nobody knows is to be read, for one of the shop's acquirers. */
type NameColumnsProps = {
  /** The first of the file. */
  readonly lines: readonly string[];
  /** How it was read so far. */
  readonly before: Pick<SavedMapping, "acquirer" | "mapping"> | undefined;
  readonly onNamed: (mapping: SavedMapping) => void;
  readonly onCancel: () => void;
};

const useProfiles = (): readonly AcquirerProfile[] | undefined => {
  const deps = useDeps();
  const live = useLive(
    () => undefined,
    () => listProfiles(deps),
  );
  return readyValue(live.value);
};

const ColumnsForm = ({
  table,
  profiles,
  before,
  onNamed,
  onCancel,
}: Omit<NameColumnsProps, "lines"> & {
  readonly table: StatementTable;
  readonly profiles: readonly AcquirerProfile[];
}) => {
  const fault = useSignal<MappingFault | undefined>(undefined);
  const header = headerMark(table.words);
  const isSame = before?.mapping.header === header;
  const submit = (form: FormData): void => {
    const mapping = parseTypedMapping(header, (name) => textIn(form, name));
    const profile = profiles.find(({ id }) => id === textIn(form, "acquirer"));
    fault.value = mapping.ok ? undefined : mapping.fault;
    if (mapping.ok && profile !== undefined) onNamed(savedMapping(profile, mapping.value));
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
      <SelectField
        name="acquirer"
        label={t("recon.map.acquirer")}
        choices={profiles.map((one) => ({ value: one.id, label: profileName(one) }))}
        value={before?.acquirer ?? "custom"}
      />
      <ColumnFields
        table={table}
        start={isSame ? before.mapping : guessMapping(table)}
        fault={fault.value}
      />
      <Button onClick={onCancel}>{t("action.cancel")}</Button>
      <BottomBar policy={t("recon.map.kept")}>
        <Button kind="primary" icon="table" type="submit">
          {t("recon.map.read")}
        </Button>
      </BottomBar>
    </form>
  );
};

/** Says which column of an unknown statement is what; nothing is kept before its rows are. */
export const NameColumns = ({ lines, ...form }: NameColumnsProps) => {
  const format = useFormat();
  const profiles = useProfiles();
  const chosen = useSignal<number | undefined>(undefined);
  const table = findTable(lines, chosen.value);
  const choices = headerLines(lines);
  return (
    <>
      <Banner tone="info" icon="table" title={t("recon.map.title")}>
        {t("recon.map.text")}
      </Banner>
      {choices.length > 1 && (
        <SelectField
          name="header"
          label={t("recon.map.header")}
          choices={choices.map((at) => ({
            value: String(at),
            label: t("recon.import.problem_line", { line: format.number(at + 1) }),
          }))}
          value={String(table?.at)}
          onPick={(at) => {
            chosen.value = Number(at);
          }}
        />
      )}
      {table !== undefined && <FileTable {...table} />}
      {table !== undefined && profiles !== undefined && (
        <ColumnsForm key={table.at} {...form} table={table} profiles={profiles} />
      )}
    </>
  );
};
