import type { Staff } from "../../../domain/staff.ts";
import { PersonTile } from "../../components/person-tile.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";

/** Practice: whoever is tapped is at the till, without a PIN. */
export const PracticePeople = ({
  people,
  current,
  onPick,
  onClose,
}: {
  readonly people: () => Promise<readonly Staff[]>;
  readonly current: Staff | undefined;
  readonly onPick: (person: Staff) => void;
  readonly onClose: () => void;
}) => {
  const list = useLive(
    () => people,
    (read) => read(),
  );
  return (
    <Sheet title={t("people.practice_switch")} onClose={onClose}>
      <p>{t("people.practice_note")}</p>
      <div class="u-grid-2">
        {(readyValue(list.value) ?? []).map((person) => (
          <PersonTile
            key={person.staff}
            name={person.name}
            role={t(`role.${person.role}`)}
            current={person.staff === current?.staff}
            onPick={() => onPick(person)}
          />
        ))}
      </div>
    </Sheet>
  );
};
