import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { StaffId } from "../../../domain/ids.ts";
import type { Staff } from "../../../domain/staff.ts";
import { alertNow, announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PersonTile } from "../../components/person-tile.tsx";
import { useStart } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { useShell } from "../../shell-context.tsx";
import { OtherLanguages } from "../look/language-choice.tsx";
import { PinEntry } from "./pin-entry.tsx";
import { ResetForm } from "./reset-form.tsx";

const People = ({
  people,
  again,
  onPick,
}: {
  readonly people: readonly Staff[];
  /** Somebody was picked before: the question takes the focus that the pad had. */
  readonly again: boolean;
  readonly onPick: (person: Staff) => void;
}) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (again) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section class="u-tight">
      <h2 tabIndex={-1} ref={heading}>
        {t("unlock.who")}
      </h2>
      <div class="u-grid-2">
        {people.map((person) => (
          <PersonTile
            key={person.staff}
            name={person.name}
            role={t(`role.${person.role}`)}
            onPick={() => onPick(person)}
          />
        ))}
      </div>
    </section>
  );
};

/** What was read out before the lock is data too: it leaves the page (rel-X6). */
const useLockedRegions = (): void =>
  useLayoutEffect(() => {
    alertNow("");
    announce(t("people.locked"));
  }, []);

const Entry = ({
  person,
  onSwitch,
}: {
  readonly person: Staff;
  /** Undefined in a shop of one person. */
  readonly onSwitch: (() => void) | undefined;
}) => {
  const resetting = useSignal(false);
  const done = useSignal(false);
  const close = (): void => {
    resetting.value = false;
  };
  const onDone = (): void => {
    close();
    done.value = true;
    announce(t("reset.done"));
  };
  if (resetting.value)
    return (
      <>
        <h2>{t("reset.title")}</h2>
        <ResetForm person={person} onDone={onDone} onCancel={close} />
      </>
    );
  return (
    <>
      {done.value && <Banner tone="info" icon="check" title={t("reset.done")} />}
      <PinEntry
        person={person}
        onSwitch={onSwitch}
        onForgot={() => {
          resetting.value = true;
        }}
      />
    </>
  );
};

/** S1: first who, then the PIN; a shop of one person goes to the PIN at once. */
export const UnlockScreen = () => {
  const { people } = useStart();
  const { shop } = useShell();
  const list = useLive(
    () => people,
    (read) => read(),
  );
  const picked = useSignal<StaffId | undefined>(undefined);
  const switched = useRef(false);
  useLockedRegions();
  const all = readyValue(list.value) ?? [];
  const person = all.length === 1 ? all[0] : all.find((one) => one.staff === picked.value);
  const pick = (staff: StaffId | undefined): void => {
    switched.current = staff === undefined;
    picked.value = staff;
  };
  return (
    <div class="screen unlock">
      <PageHeader title={t("unlock.title")}>
        <OtherLanguages />
      </PageHeader>
      {shop.name !== "" && (
        <p class="unlock-shop">
          <bdi>{shop.name}</bdi>
        </p>
      )}
      {person === undefined && all.length > 0 && (
        <People people={all} again={switched.current} onPick={(one) => pick(one.staff)} />
      )}
      {person !== undefined && (
        <Entry
          key={person.staff}
          person={person}
          onSwitch={all.length > 1 ? () => pick(undefined) : undefined}
        />
      )}
    </div>
  );
};
