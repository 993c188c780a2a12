import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { practicePin } from "../../domain/practice-pin.ts";
import type { Staff } from "../../domain/staff.ts";
import type { UnlockFault } from "../../usecases/unlock.ts";
import { t } from "../language.ts";
import { useMedia } from "../media.ts";
import { useShell } from "../shell-context.tsx";
import { waitText } from "./wait-text.ts";
import { PersonTile } from "./person-tile.tsx";
import { PinPad } from "./pin-pad.tsx";

/** What a PIN pad says of a refused try. */
export const pinFaultText = (fault: UnlockFault | undefined): string | undefined => {
  switch (fault?.kind) {
    case undefined:
      return undefined;
    case "wrong_pin":
      return fault.next.kind === "open"
        ? t("unlock.wrong", { n: fault.next.left })
        : pinFaultText(fault.next.kind === "wait" ? fault.next : { kind: "pin_disabled" });
    case "wait":
      return t("unlock.wait", { time: waitText(fault.seconds) });
    case "pin_disabled":
      return t("fault.pin_disabled");
    case "person_unknown":
      return t("fault.person_unknown");
    case "pin_missing":
      return t("people.pin_missing");
  }
};

const Tiles = ({
  people,
  current,
  onPick,
}: {
  readonly people: readonly Staff[];
  readonly current: Staff | undefined;
  readonly onPick: (person: Staff) => void;
}) => (
  <div class="u-grid-2">
    {people.map((one) => (
      <PersonTile
        key={one.staff}
        name={one.name}
        role={t(`role.${one.role}`)}
        current={one.staff === current?.staff}
        onPick={() => onPick(one)}
      />
    ))}
  </div>
);

/** In practice nobody has to remember a PIN. */
const PracticePin = () =>
  useShell().training ? (
    <p class="u-small u-center">{t("people.practice_pin", { pin: practicePin })}</p>
  ) : undefined;

/** The pad comes into sight when somebody was picked; with a keyboard at hand the digits can be typed at once. */
const usePadInSight = (person: Staff | undefined, picked: boolean) => {
  const pad = useRef<HTMLDivElement>(null);
  const atDesk = useMedia("(hover: hover)");
  useLayoutEffect(() => {
    if (person === undefined || !picked) return;
    pad.current?.scrollIntoView({ block: "nearest" });
    if (atDesk) pad.current?.querySelector("input")?.focus({ preventScroll: true });
  }, [person?.staff]);
  return pad;
};

/**
 * First who, then the PIN, told at its last digit. With one person the PIN is asked for at once; `onPin` answers with
 * the fault, or nothing when it was right.
 */
export const PersonPin = ({
  people,
  none,
  onPin,
}: {
  readonly people: readonly Staff[];
  /** Said when nobody here is entitled. */
  readonly none: string;
  readonly onPin: (person: Staff, pin: string) => Promise<UnlockFault | undefined>;
}) => {
  const picked = useSignal<Staff | undefined>(people.length === 1 ? people[0] : undefined);
  const fault = useSignal<UnlockFault | undefined>(undefined);
  const checking = useSignal(false);
  const person = picked.value;
  const pad = usePadInSight(person, people.length > 1);
  const take = async (pin: string): Promise<void> => {
    if (person === undefined) return;
    checking.value = true;
    fault.value = undefined;
    try {
      fault.value = await onPin(person, pin);
    } finally {
      checking.value = false;
    }
  };
  if (people.length === 0) return <p>{none}</p>;
  return (
    <div class="u-stack">
      {people.length > 1 && (
        <Tiles
          people={people}
          current={person}
          onPick={(one) => {
            picked.value = one;
            fault.value = undefined;
          }}
        />
      )}
      {person !== undefined && (
        <div class="u-stack" ref={pad}>
          {people.length === 1 && (
            <p class="u-center">
              <bdi>{person.name}</bdi> <span class="u-small">{t(`role.${person.role}`)}</span>
            </p>
          )}
          <PracticePin />
          <PinPad
            key={person.staff}
            onComplete={(pin) => void take(pin)}
            fault={checking.value ? undefined : pinFaultText(fault.value)}
            locked={checking.value}
          />
          <output class="u-small u-center">{checking.value && t("unlock.checking")}</output>
        </div>
      )}
    </div>
  );
};
