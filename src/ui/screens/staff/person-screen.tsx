import { listPeople } from "../../../usecases/change-staff.ts";
import { Empty } from "../../components/empty.tsx";
import { Facts } from "../../components/facts.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { useLive } from "../../live.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { PersonForm, type PersonParts } from "./person-form.tsx";
import { limitText } from "./person-words.ts";

const PersonPage = ({ person, limits }: PersonParts) => {
  const format = useFormat();
  const { currency } = useShell().shop;
  const { staff } = person;
  const isSelf = useDeps().staff()?.staff === staff.staff;
  return (
    <>
      <p>
        <Facts
          facts={[
            t(`role.${staff.role}`),
            limitText(staff, limits, { format, currency }),
            isSelf && t("people.you"),
          ]}
        />
      </p>
      <PersonForm key={staff.staff} person={person} limits={limits} />
    </>
  );
};

/** P2: one person, what they may do, their PIN, on and off. */
export const PersonScreen = ({ route }: { readonly route: RouteOf<"person"> }) => {
  const deps = useDeps();
  const live = useLive(
    () => deps,
    (open) => listPeople(open),
  ).value;
  if (live.status !== "ready")
    return <PageHeader title={t("people.title")} back={linkTo("staff")} />;
  const { people, limits } = live.value;
  const person = people.find(({ staff }) => staff.staff === route.args.id);
  return (
    <>
      <PageHeader title={person?.staff.name ?? t("people.title")} back={linkTo("staff")} />
      {person === undefined ? (
        <Empty icon="users" text={t("people.missing")} />
      ) : (
        <PersonPage person={person} limits={limits} />
      )}
    </>
  );
};
