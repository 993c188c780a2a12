import type { AmountLimits } from "../../../domain/rights.ts";
import { listPeople, type Person } from "../../../usecases/change-staff.ts";
import { ButtonLink } from "../../components/button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { DayGroup, Row } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { limitText } from "./person-words.ts";

const PersonRow = ({
  person: { staff, pin },
  limits,
}: {
  readonly person: Person;
  readonly limits: AmountLimits;
}) => {
  const format = useFormat();
  const { currency } = useShell().shop;
  const limit = limitText(staff, limits, { format, currency });
  return (
    <Row
      href={linkTo("person", { id: staff.staff })}
      title={<bdi>{staff.name}</bdi>}
      facts={[
        t(`role.${staff.role}`),
        ...(limit === undefined ? [] : [limit]),
        ...(pin === "set" ? [] : [`${t("people.pin")}: ${t(`people.pin_state.${pin}`)}`]),
      ]}
      chevron
    />
  );
};

/** P2: who works here, who did, and what each may do. */
export const StaffScreen = () => {
  const deps = useDeps();
  const list = readyValue(
    useLive(
      () => deps,
      (open) => listPeople(open),
    ).value,
  );
  const groups = [
    ["working", true],
    ["left", false],
  ] as const;
  return (
    <>
      <PageHeader title={t("people.title")} back={linkTo("more")} />
      {list !== undefined &&
        groups.map(([group, active]) => {
          const people = list.people.filter(({ staff }) => staff.active === active);
          return (
            people.length > 0 && (
              <DayGroup key={group} title={t(`people.${group}`)}>
                {people.map((person) => (
                  <PersonRow key={person.staff.staff} person={person} limits={list.limits} />
                ))}
              </DayGroup>
            )
          );
        })}
      <ButtonLink icon="plus" href={linkTo("staff_new")}>
        {t("people.add")}
      </ButtonLink>
      <p class="u-small">{t("first.pin_truth")}</p>
    </>
  );
};
