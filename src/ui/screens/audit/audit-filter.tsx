import { parseBusinessDate } from "../../../domain/instant.ts";
import type { ChainHere } from "../../../usecases/list-chains.ts";
import type { JournalFilter } from "../../../usecases/read-journal.ts";
import { SelectField, TextField } from "../../components/field.tsx";
import { textIn } from "../../form-text.ts";
import { t } from "../../language.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import { nameOf } from "../refund/case-words.ts";
import { kindGroups, type KindGroup } from "./audit-words.ts";

const groups = Object.keys(kindGroups) as readonly KindGroup[];

const groupText = (group: KindGroup): string =>
  t(group === "all" ? "audit.all" : `audit.group.${group}`);

/** The filter that a form says; a day that is none is left out. */
const filterIn = (form: FormData, chains: readonly ChainHere[]): JournalFilter | undefined => {
  const chain = chains.find(({ device }) => device === textIn(form, "chain")) ?? chains[0];
  const day = parseBusinessDate(textIn(form, "day"));
  const group = groups.find((one) => one === textIn(form, "kind")) ?? "all";
  return (
    chain && {
      device: chain.device,
      kinds: kindGroups[group],
      staff: chain.people.some(({ staff }) => staff === textIn(form, "person"))
        ? textIn(form, "person")
        : "",
      day: day.ok ? day.value : undefined,
      refundNo: textIn(form, "number").trim(),
    }
  );
};

/** Which records are shown: of which device, about what, by whom, when, of which refund. */
export const AuditFilter = ({
  chains,
  chain,
  onFilter,
}: {
  readonly chains: readonly ChainHere[];
  readonly chain: ChainHere;
  readonly onFilter: (filter: JournalFilter) => void;
}) => {
  const read = (form: HTMLFormElement): void => {
    const filter = filterIn(new FormData(form), chains);
    if (filter !== undefined) onFilter(filter);
  };
  return (
    <form
      class="u-stack"
      onChange={(event) => read(event.currentTarget)}
      onSubmit={(event) => {
        event.preventDefault();
        read(event.currentTarget);
      }}
    >
      {chains.length > 1 && (
        <SelectField
          name="chain"
          label={t("audit.chain")}
          choices={chains.map(({ device, label }) => ({
            value: device,
            label: visibleText(label).text,
          }))}
        />
      )}
      <SelectField
        name="kind"
        label={t("audit.kind")}
        choices={groups.map((value) => ({ value, label: groupText(value) }))}
      />
      <SelectField
        name="person"
        label={t("audit.person")}
        choices={[
          { value: "", label: t("audit.everyone") },
          ...chain.people.map(({ staff }) => ({
            value: staff as string,
            label: nameOf(chain.people, staff),
          })),
        ]}
      />
      <TextField name="day" label={t("audit.day")} type="date" optional />
      <TextField name="number" label={t("audit.number")} look="mono" optional />
    </form>
  );
};
